// One voice socket from its opening to its end: configure, restore, prove, then pass events on. Ready is neither `open`
// (the service accepts any key) nor `session.created`, but `session.updated` plus every restored item acknowledged.
import { judgeClose, judgeError, type ErrorFacts, type Verdict } from '../../core/connection/close-codes.ts'
import type { RestorePlan } from '../../core/conversation/rehydrate.ts'
import {
  beginSeeding,
  createEventId,
  heldItems,
  outstandingItems,
  takeSeeding,
  type RefusedItem,
  type Seeding,
  type SeedingStep,
} from '../../core/conversation/seeding.ts'
import type { SeedDeath } from '../../core/conversation/seed-trials.ts'
import { configureSession, createItem, deleteItem, type VoiceConfig } from '../../core/realtime/commands.ts'
import type { ClientEvent, WireItem } from '../../core/realtime/events.ts'
import { parseServerEvent } from '../../core/realtime/parse.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock, SocketClose, Undo } from '../ports.ts'

export interface WireProof {
  session: string
  /** Items of the plan that the session acknowledged. */
  restored: number
  /** Ids of items that the service refused; the others were restored. */
  refused: readonly string[]
  /** Of what the service acknowledged, equal to that of what it was given. */
  digest: string
}

/** What the proof was drawn from. */
export interface Restored {
  plan: RestorePlan
  seeding: Seeding
  held: readonly WireItem[]
  refused: readonly RefusedItem[]
}

export interface WireCounts {
  events: number
  unknown: number
  broken: number
}

export interface WireOpts {
  line: Line
  clock: Clock
  config: () => VoiceConfig
  plan: () => Promise<RestorePlan>
  /** Items a batch; `Infinity` for all at once. */
  batch: () => number
  /** Everything is acknowledged; the session is dropped unless it may begin now. */
  mayBegin: () => boolean
  /** The session carries the conversation; `onEvent` follows from here on. */
  onReady: (proof: WireProof, restored: Restored) => void
  /** The session ended while it was being given its items. */
  onSeedDied: (death: SeedDeath) => void
  onEvent: (event: HeardEvent) => void
  onClosed: () => void
}

export interface Wire extends LineHandler {
  send(event: ClientEvent): boolean
  counts(): WireCounts
}

type Stage =
  | { type: 'opening' }
  | { type: 'configuring' }
  | { type: 'planning' }
  | { type: 'restoring'; plan: RestorePlan; seeding: Seeding }
  | { type: 'live' }
  | { type: 'failed' }

/** A session that answers nothing for so long while it is being given its items is not waited for until the deadline. */
const silentMs = 2_000

export function createWire(opts: WireOpts): Wire {
  const { line, clock } = opts
  const counts: WireCounts = { events: 0, unknown: 0, broken: 0 }
  let stage: Stage = { type: 'opening' }
  let session = ''
  let endsMs: number | null = null
  let lastError: ErrorFacts | null = null
  let over = false
  let undoSilence: Undo = () => undefined

  const send = (event: ClientEvent): boolean => line.send(JSON.stringify(event))

  function take(event: HeardEvent): void {
    if (event.type === 'error') {
      lastError = { code: event.error.code ?? null, type: event.error.type ?? null }
      const verdict = judgeError(lastError)
      // The service closes the socket after such an error, but not every server does.
      if (verdict) return line.fail(verdict)
    }
    switch (stage.type) {
      case 'opening':
        if (event.type !== 'session.created') return
        stage = { type: 'configuring' }
        send(configureSession(opts.config()))
        return
      case 'configuring':
        if (event.type === 'error') return refuseConfig(event.error.message)
        if (event.type === 'session.updated') beginRestoring(event.session.id ?? '', event.session.expires_at ?? null)
        return
      case 'planning':
      case 'failed':
        return
      case 'restoring':
        return step(stage.plan, takeSeeding(stage.seeding, event))
      case 'live':
        return opts.onEvent(event)
    }
  }

  function refuseConfig(message: string): void {
    if (lastError?.type === 'server_error') return line.fail({ type: 'retry', cause: message.slice(0, 200) })
    line.fail({
      type: 'fatal',
      remedy: 'policy',
      message: `The service refused the session’s settings: ${message.slice(0, 200)}`,
    })
  }

  function beginRestoring(id: string, expiresAtSeconds: number | null): void {
    session = id
    endsMs = expiresAtSeconds === null ? null : expiresAtSeconds * 1000
    stage = { type: 'planning' }
    opts.plan().then(
      (plan) => {
        if (!over) step(plan, beginSeeding(plan.items, opts.batch()))
      },
      (error: unknown) => {
        if (!over) line.fail({ type: 'retry', cause: error instanceof Error ? error.message : String(error) })
      },
    )
  }

  function step(plan: RestorePlan, { seeding, create, remove, outcome }: SeedingStep): void {
    stage = { type: 'restoring', plan, seeding }
    for (const item of create) send(createItem(item, createEventId(item)))
    for (const item of remove) send(deleteItem(item))
    undoSilence()
    undoSilence = clock.after(silentMs, () => {
      if (outstandingItems(seeding).length === 0) return
      fail('broken', 'The service did not answer to what it was given.')
    })
    if (outcome === null) return
    undoSilence()
    if (outcome.type === 'different')
      return fail('broken', `The session holds something else than was restored (${outcome.why}).`, outcome.item)
    const { refused, withdrawn } = seeding
    const held = heldItems(plan.items, refused, withdrawn)
    if (!opts.mayBegin())
      return line.fail({ type: 'retry', cause: 'The conversation went on while it was being handed over.' })
    stage = { type: 'live' }
    const proof = {
      session,
      restored: held.length,
      refused: refused.map(({ item }) => item),
      digest: outcome.digest,
    }
    opts.onReady(proof, { plan, seeding, held, refused })
    line.ready(endsMs)
  }

  /** The seed is judged before the line is, since the next session may begin at once. */
  function fail(cause: SeedDeath['cause'], reason: string, item?: string): void {
    judgeSeed(cause, reason, item)
    line.fail({ type: 'retry', cause: reason })
  }

  function judgeSeed(cause: SeedDeath['cause'], reason: string, item?: string): void {
    if (stage.type !== 'restoring') return
    const { plan, seeding } = stage
    stage = { type: 'failed' }
    opts.onSeedDied({ plan, seeding, cause, reason, item: item ?? null })
  }

  /** A session that the service closes over what it was given is no breach that the person could mend. */
  function judgeEnd(close: SocketClose): Verdict {
    const verdict = judgeClose(close, lastError)
    const isUnderWay = stage.type === 'restoring' && outstandingItems(stage.seeding).length > 0
    if (!isUnderWay || verdict.type === 'expired' || (verdict.type === 'fatal' && verdict.remedy !== 'policy'))
      return verdict
    const reason = close.reason === '' ? 'The service closed the session.' : close.reason.slice(0, 200)
    judgeSeed(isVerdict(close, lastError) ? 'closed' : 'broken', reason)
    return verdict.type === 'fatal' ? { type: 'retry', cause: reason } : verdict
  }

  return {
    send,
    counts: () => ({ ...counts }),
    opened: () => undefined,
    message(text) {
      if (over) return
      counts.events++
      const parsed = parseServerEvent(text)
      if (parsed.type === 'known') take(parsed.event)
      else if (parsed.type === 'unknown') counts.unknown++
      else counts.broken++
    },
    closed(close) {
      over = true
      undoSilence()
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
