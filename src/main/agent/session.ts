// One chain over the pool: a turn at a time, each ending answered or undone, whatever happens to the sockets. What follows from
// a failure is decided in core/agent/failure.ts; what a turn's calls do is run.ts's.
import {
  adoptWarm,
  answer,
  compactable,
  compacted,
  compactionDue,
  evict,
  give,
  undo,
  unknownOutcome,
  type Chain,
} from '../../core/agent/chain.ts'
import type { TurnEnd } from '../../core/agent/exchange.ts'
import { afterFailure, type Tries } from '../../core/agent/failure.ts'
import type { Item } from '../../core/agent/item.ts'
import { createRequest, largestRequestBytes, type AgentConfig } from '../../core/agent/request.ts'
import type { TaskEntry } from '../../core/agent/task-entry.ts'
import type { EndedResponse, TurnUsage } from '../../core/agent/wire-events.ts'
import type { FunctionTool } from '../../core/realtime/events.ts'
import { fillItem } from '../fill-pictures.ts'
import type { Clock, PictureBytes, Random } from '../ports.ts'
import type { ResponsesHttp } from './http.ts'
import type { Pool, Seat } from './pool.ts'

export interface SessionOpts {
  clock: Clock
  random: Random
  pool: Pool
  http: ResponsesHttp
  config: () => AgentConfig
  tools: () => readonly FunctionTool[]
  pictures: Pick<PictureBytes, 'dataUrl'>
  /** Whether the server compacts by itself: taken to, until it refuses. */
  manages: { context: boolean }
  chain: Chain
  /** Resolves when it is on disk. */
  log: (entry: TaskEntry) => Promise<void>
  onUsage: (usage: TurnUsage) => void
}

export type TurnOutcome =
  | { type: 'answered'; response: EndedResponse }
  /** The chain stands as it did before the turn. */
  | { type: 'undone'; reason: string }
  | { type: 'abandoned' }

export interface Session {
  chain(): Chain
  /** Gives these items and asks for an answer. One at a time. Never rejects. */
  ask(items: readonly Item[], signal: AbortSignal): Promise<TurnOutcome>
  /** Gives its connection to others. */
  free(): void
}

type Stand = { type: 'at'; seat: Seat; place: string | null } | { type: 'off'; reason: string } | { type: 'abandoned' }

/** A seat that is of no use is changed for another so many times. */
const mostMoves = 5

export function createSession(opts: SessionOpts): Session {
  const { pool, manages } = opts
  let { chain } = opts
  let seat: Seat | null = null
  /** Where compaction failed, so that it is not tried anew at every turn. */
  let uncompactedTokens = 0

  function free(): void {
    seat?.free()
    seat = null
  }

  async function stand(signal: AbortSignal): Promise<Stand> {
    for (let moves = 0; moves < mostMoves; moves++) {
      const taken = (seat ??= await pool.seat(signal).catch(() => null))
      if (taken === null) return { type: 'abandoned' }
      const footing = await taken.settle(signal)
      switch (footing.type) {
        case 'socket':
          if (footing.warmed !== null) chain = adoptWarm(chain, { response: footing.warmed, place: footing.place })
          return { type: 'at', seat: taken, place: footing.place }
        case 'http':
          return { type: 'at', seat: taken, place: null }
        case 'off':
        case 'abandoned':
          return footing
        case 'elsewhere':
          free()
      }
    }
    return { type: 'off', reason: 'The service could not be reached.' }
  }

  const filled = (items: readonly Item[]): Item[] => items.map((item) => fillItem(item, opts.pictures))

  async function compactIfDue(place: string | null, signal: AbortSignal): Promise<void> {
    const { model, compactAtTokens } = opts.config()
    const due = compactionDue(chain, place, compactAtTokens, manages.context)
    if (due === null || chain.inputTokens < uncompactedTokens * 1.25) return
    const compaction = await opts.http.compact(model, filled(compactable(chain)), signal)
    if (compaction.type !== 'compacted') {
      // Nothing is lost by the full history, it only costs more.
      uncompactedTokens = chain.inputTokens
      return
    }
    opts.onUsage(compaction.usage)
    await opts.log({ type: 'compacted', items: compaction.items })
    chain = compacted(chain, compaction.items)
  }

  async function take(items: readonly Item[]): Promise<void> {
    await opts.log({ type: 'given', items: [...items] })
    chain = give(chain, items)
  }

  async function tryOnce(signal: AbortSignal): Promise<TurnEnd | { type: 'off'; reason: string }> {
    const standing = await stand(signal)
    if (standing.type !== 'at') return standing
    await compactIfDue(standing.place, signal)
    const bare = createRequest(chain, standing.place, opts.config(), opts.tools(), manages.context)
    const request = { ...bare, input: filled(bare.input) }
    if (Buffer.byteLength(JSON.stringify(request.input)) > largestRequestBytes)
      return { type: 'off', reason: 'The task has become longer than the service takes.' }
    const end = await standing.seat.ask(request, signal)
    if (end.type === 'refused' && end.usage) opts.onUsage(end.usage)
    if (end.type !== 'answered') return end
    const { id, output, usage } = end.response
    opts.onUsage(usage)
    await opts.log({ type: 'answered', response: id, items: [...output], inputTokens: usage.inputTokens })
    chain = answer(chain, { id, output, inputTokens: usage.inputTokens }, standing.place)
    return end
  }

  async function turn(items: readonly Item[], signal: AbortSignal): Promise<TurnOutcome> {
    const tries: Tries = { counted: 0, free: 0 }
    await take(items)
    for (;;) {
      const end = await tryOnce(signal)
      if (end.type === 'answered') return end
      // After any failure the server's state counts as gone.
      chain = evict(chain)
      if (end.type === 'abandoned') {
        free()
        return end
      }
      if (end.type === 'off') return { type: 'undone', reason: end.reason }
      const next = afterFailure(end, tries, opts.random())
      if (next.type === 'give-up') return { type: 'undone', reason: next.reason }
      if (next.counts) tries.counted++
      else tries.free++
      if (next.leave === 'lane') free()
      if (next.leave === 'context-management') manages.context = false
      if (next.isUnknown) await take([unknownOutcome])
      if (!(await waited(opts.clock, next.afterMs, signal))) return { type: 'abandoned' }
    }
  }

  async function ask(items: readonly Item[], signal: AbortSignal): Promise<TurnOutcome> {
    const outcome = await turn(items, signal).catch((error: unknown): TurnOutcome => {
      const reason = error instanceof Error ? error.message : 'The task’s steps could not be saved.'
      return { type: 'undone', reason }
    })
    if (outcome.type === 'answered') return outcome
    chain = undo(chain)
    const reason = outcome.type === 'undone' ? outcome.reason : 'It was cancelled.'
    // The log says the same without it: what was given and not answered does not count.
    await opts.log({ type: 'undone', reason }).catch(() => undefined)
    return outcome
  }

  return { chain: () => chain, ask, free }
}

/** @returns false when it was aborted */
function waited(clock: Clock, delayMs: number, signal: AbortSignal): Promise<boolean> {
  if (delayMs === 0 || signal.aborted) return Promise.resolve(!signal.aborted)
  return new Promise((resolve) => {
    const end = (): void => {
      undoTimer()
      signal.removeEventListener('abort', end)
      resolve(!signal.aborted)
    }
    const undoTimer = clock.after(delayMs, end)
    signal.addEventListener('abort', end, { once: true })
  })
}
