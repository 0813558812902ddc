// One voice socket from its opening to its end: configure, give it its items, prove them, then pass events on. Every command
// carries an id of its own, so that a refusal finds it. Ready is neither `open` (the service accepts any key) nor
// `session.created`, but `session.updated` plus every restored item acknowledged.
import { toFrame } from '../../core/clean-text.ts'
import { judgeClose, judgeError, type ErrorFacts, type Verdict } from '../../core/connection/close-codes.ts'
import type { SeedDeath } from '../../core/conversation/seed-trials.ts'
import { withLosses, type Loss } from '../../core/losses.ts'
import { configureSession, type VoiceConfig } from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import {
  commandOf,
  followCommands,
  nothingSent,
  sendCommand,
  type Outstanding,
  type Refusal,
} from '../../core/realtime/outstanding.ts'
import { parseServerEvent } from '../../core/realtime/parse.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock, SocketClose, Undo } from '../ports.ts'
import type { Holding, Readiness } from './holding.ts'
import { createLongNames } from './long-names.ts'

export interface WireProof {
  session: string
  /** Items of the plan that the session acknowledged. */
  restored: number
  /** Ids of items that the service refused; the others were restored. */
  refused: readonly string[]
  /** Of what the service acknowledged, equal to that of what it was given. */
  digest: string
}

export interface WireCounts {
  events: number
  unknown: number
  /** Known ones without what makes them that. */
  broken: number
  /** Why those were dropped, and what was left out of others. */
  losses: readonly Loss[]
}

export interface WireOpts {
  line: Line
  clock: Clock
  config: () => VoiceConfig
  holding: Holding
  /** Resolves when the record has everything that the first items are made from. */
  settled: () => Promise<void>
  /** Everything is acknowledged; the session begins now, is dropped, or is asked again after so long. */
  mayBegin: () => true | false | { afterMs: number }
  /** The session carries the conversation; `onEvent` follows from here on. */
  onReady: (proof: WireProof) => void
  /** The session ended while it was being given its items. */
  onSeedDied: (death: SeedDeath) => void
  onEvent: (event: HeardEvent) => void
  /** A command was refused, also one of those that gave the session its items. */
  onRefused: (refusal: Refusal) => void
  onClosed: () => void
}

export interface Wire extends LineHandler {
  /** Gives the event an id where it has none. */
  send(event: ClientEvent): boolean
  outstanding(): Outstanding
  counts(): WireCounts
}

type Stage = 'opening' | 'configuring' | 'planning' | 'restoring' | 'proven' | 'live' | 'failed'

/** Giving a session its items may take as long as it goes on: without an answer for so long it does not. */
const silentMs = 5_000
/** Longer the person is not kept waiting: the next session gets less. */
const restoreWithinMs = 20_000

export function createWire(opts: WireOpts): Wire {
  const { line, clock, holding } = opts
  const counts: WireCounts = { events: 0, unknown: 0, broken: 0, losses: [] }
  const names = createLongNames()
  let stage: Stage = 'opening'
  let session = ''
  let endsMs: number | null = null
  let lastError: ErrorFacts | null = null
  let outstanding = nothingSent
  let serial = 0
  let over = false
  let undoSilence: Undo = () => undefined
  let undoLimit: Undo = () => undefined
  let undoBegin: Undo = () => undefined

  function send(event: ClientEvent): boolean {
    const eventId = event.event_id ?? `c${line.number}_${++serial}`
    if (!line.send(toFrame(names.restored({ ...event, event_id: eventId })))) return false
    const command = commandOf(event)
    if (command) outstanding = sendCommand(outstanding, eventId, command)
    return true
  }

  function take(event: HeardEvent): void {
    if (event.type === 'error') {
      lastError = { code: event.error.code ?? null, type: event.error.type ?? null }
      const verdict = judgeError(lastError)
      // The service closes the socket after such an error, but not every server does.
      if (verdict) return line.fail(verdict)
    }
    const step = followCommands(outstanding, event)
    outstanding = step.outstanding
    for (const refusal of step.refused) refuse(refusal)
    if (!over) follow(event)
  }

  function follow(event: HeardEvent): void {
    switch (stage) {
      case 'opening':
        if (event.type !== 'session.created') return
        stage = 'configuring'
        send(configureSession(opts.config()))
        return
      case 'configuring':
        if (event.type === 'error') return failConfig(event.error.message)
        if (event.type === 'session.updated') beginRestoring(event.session.id ?? '', event.session.expires_at ?? null)
        return
      case 'planning':
      case 'failed':
        return
      case 'restoring':
        holding.follow(event)
        return advance(holding.goOn())
      case 'proven':
        return holding.follow(event)
      case 'live':
        return opts.onEvent(event)
    }
  }

  /** Only what is certainly about our settings is a reason to give up; everything else may pass. */
  function refuse(refusal: Refusal): void {
    if (refusal.command.type !== 'configure' || stage !== 'configuring') return opts.onRefused(refusal)
    const { message, type, code = null } = refusal.error
    stage = 'failed'
    if (type !== 'invalid_request_error' || code === null)
      return line.fail({ type: 'retry', cause: message.slice(0, 200) })
    line.fail({
      type: 'fatal',
      remedy: 'policy',
      message: `The service refused the session’s settings: ${message.slice(0, 200)}`,
    })
  }

  function failConfig(message: string): void {
    line.fail({ type: 'retry', cause: message.slice(0, 200) })
  }

  function beginRestoring(id: string, expiresAtSeconds: number | null): void {
    session = id
    endsMs = expiresAtSeconds === null ? null : expiresAtSeconds * 1000
    stage = 'planning'
    opts.settled().then(
      () => {
        if (over) return
        stage = 'restoring'
        undoLimit = clock.after(restoreWithinMs, () => fail('slow', 'The line is too slow for the whole conversation.'))
        advance(holding.begin())
      },
      (error: unknown) => {
        if (!over) line.fail({ type: 'retry', cause: error instanceof Error ? error.message : String(error) })
      },
    )
  }

  function advance(readiness: Readiness): void {
    if (stage !== 'restoring') return
    undoSilence()
    switch (readiness.type) {
      case 'under way':
        line.progress()
        undoSilence = clock.after(silentMs, fallenSilent)
        return
      case 'different':
        return fail(
          'different',
          `The session holds something else than was restored (${readiness.why}).`,
          readiness.item,
        )
      case 'ready':
        undoLimit()
        stage = 'proven'
        return begin(readiness)
    }
  }

  function fallenSilent(): void {
    const item = holding.overtaken()
    if (item !== null) return fail('different', 'The service took others and said nothing of this one.', item)
    fail('broken', 'The service did not answer to what it was given.')
  }

  function begin(proof: { items: number; digest: string }): void {
    const may = opts.mayBegin()
    if (may === false)
      return line.fail({ type: 'retry', cause: 'The conversation went on while it was being handed over.' })
    if (may !== true) {
      line.progress()
      undoBegin = clock.after(may.afterMs, () => begin(proof))
      return
    }
    stage = 'live'
    const refused = holding.held().refused.map(({ item }) => item)
    opts.onReady({ session, restored: proof.items, refused, digest: proof.digest })
    line.ready(endsMs)
  }

  /** The seed is judged before the line is, since the next session may begin at once. */
  function fail(cause: SeedDeath['cause'], reason: string, item?: string): void {
    judgeSeed(cause, reason, item)
    line.fail({ type: 'retry', cause: reason })
  }

  function judgeSeed(cause: SeedDeath['cause'], reason: string, item?: string): void {
    if (stage !== 'restoring') return
    stage = 'failed'
    opts.onSeedDied({
      plan: holding.plan(),
      held: holding.held(),
      batches: holding.batches(),
      cause,
      reason,
      item: item ?? null,
    })
  }

  /** A session that the service closes over what it was given is no breach that the person could mend. */
  function judgeEnd(close: SocketClose): Verdict {
    const verdict = judgeClose(close, lastError)
    const isUnderWay = stage === 'restoring' && close.isOurs !== true
    if (!isUnderWay || verdict.type === 'expired' || (verdict.type === 'fatal' && verdict.remedy !== 'policy'))
      return verdict
    const reason = close.reason === '' ? 'The service closed the session.' : close.reason.slice(0, 200)
    judgeSeed(isVerdict(close, lastError) ? 'refused' : 'broken', reason)
    return verdict.type === 'fatal' ? { type: 'retry', cause: reason } : verdict
  }

  return {
    send,
    outstanding: () => outstanding,
    counts: () => ({ ...counts }),
    opened: () => undefined,
    message(text) {
      if (over) return
      counts.events++
      const parsed = parseServerEvent(text)
      switch (parsed.type) {
        case 'known':
          if (parsed.apart) {
            counts.losses = withLosses(counts.losses, parsed.apart.causes)
            names.learn(parsed.apart.renamed)
          }
          take(parsed.event)
          return
        case 'unknown':
          counts.unknown++
          return
        case 'broken':
          counts.broken++
          counts.losses = withLosses(counts.losses, [parsed.why])
      }
    },
    closed(close) {
      over = true
      for (const undo of [undoSilence, undoLimit, undoBegin]) undo()
      const verdict = judgeEnd(close)
      opts.onClosed()
      return verdict
    },
  }
}

/** Closes that come of a restart, an overload or the network; any other is about what was sent. */
const passing: ReadonlySet<number> = new Set([1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015])

function isVerdict({ code }: SocketClose, error: ErrorFacts | null): boolean {
  return !passing.has(code) || error?.type === 'invalid_request_error'
}
