// One voice socket from its opening to its end: configure, give it its items, prove them, then pass events on. Every command
// carries an id of its own, so that a refusal finds it. Ready is neither `open` (the service accepts any key) nor
// `session.created`, but `session.updated` plus every restored item acknowledged.
import { toFrame } from '../../core/clean-text.ts'
import {
  isAboutWhatWasSent,
  judgeClose,
  judgeError,
  type ErrorFacts,
  type Verdict,
} from '../../core/connection/close-codes.ts'
import type { SessionItem } from '../../core/conversation/held.ts'
import type { SeedDeath } from '../../core/conversation/seed-trials.ts'
import type { VoiceConfig } from '../../core/realtime/commands.ts'
import { contradicted, isOfVoice, voiceUntaken } from '../../core/realtime/dialect.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { inForm, type Form } from '../../core/realtime/forms.ts'
import {
  commandOf,
  followCommands,
  nothingSent,
  sendCommand,
  type Outstanding,
  type Refusal,
} from '../../core/realtime/outstanding.ts'
import { errorIn, type HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock, SocketClose, Undo } from '../ports.ts'
import type { Holding, Readiness } from './holding.ts'
import { createConfiguring, type DialectStore } from './configuring.ts'
import { createReading, type WireCounts } from './reading.ts'

export interface WireProof {
  session: string
  /** Items of the plan that the session acknowledged. */
  restored: number
  /** Ids of items that the service refused; the others were restored. */
  refused: readonly string[]
  /** Of what the service acknowledged, equal to that of what it was given. */
  digest: string
}

export interface WireOpts {
  line: Line
  clock: Clock
  config: () => VoiceConfig
  dialect: DialectStore
  /** A service of which it is known that it names a turn once. */
  isKnown: boolean
  /** One sentence for the person. */
  notice: (message: string) => void
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
  /** What was sent before the ping of that mark has arrived. */
  proven(mark: number): void
}

type Stage = 'configuring' | 'planning' | 'restoring' | 'proven' | 'live' | 'failed'

/** Giving a session its items may take as long as it goes on: without an answer for so long it does not. */
const silentMs = 5_000
/** Longer the person is not kept waiting: the next session gets less. */
const restoreWithinMs = 20_000

export function createWire(opts: WireOpts): Wire {
  const { line, clock, holding } = opts
  const reading = createReading({
    isKnown: opts.isKnown,
    awaitsCommit: () => outstanding.sent.some(({ command }) => command.type === 'commit'),
    onStrange: () => configuring.strange(),
  })
  const configuring = createConfiguring({
    line,
    clock,
    config: opts.config,
    dialect: opts.dialect,
    isKnown: opts.isKnown,
    send: (event) => void send(event),
    onForm: (now) => void (form = now),
    onConfigured: beginRestoring,
    notice: opts.notice,
  })
  let form: Form = 'today'
  let stage: Stage = 'configuring'
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
    if (!line.send(toFrame(inForm(reading.sent({ ...event, event_id: eventId }), form)))) return false
    const command = commandOf(event)
    const isUnconfirmed = command?.type === 'configure' && !opts.dialect.get().confirms && stage !== 'configuring'
    if (command && !isUnconfirmed) outstanding = sendCommand(outstanding, eventId, command)
    return true
  }

  const isOver = (): boolean => over

  function take(event: HeardEvent): void {
    if (isOver()) return
    const error = errorIn(event)
    if (error) {
      const facts = { code: error.code ?? null, type: error.type ?? null }
      if (event.type === 'error') lastError = facts
      const verdict = judgeError(facts)
      // The service closes the socket after such an error, but not every server does.
      if (verdict) return line.fail(verdict)
    }
    const step = followCommands(outstanding, event)
    outstanding = step.outstanding
    for (const refusal of step.refused) refuse(refusal)
    if (!over) follow(event)
  }

  function follow(event: HeardEvent): void {
    const better = contradicted(opts.dialect.get(), event, stage === 'restoring')
    if (better) opts.dialect.learn(better)
    switch (stage) {
      case 'configuring':
        return configuring.follow(event)
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
    if (configuring.refused(refusal.error)) return
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

  function beginRestoring(id: string, expiresAtSeconds: number | null): void {
    session = id
    // Should nothing have confirmed it, no later error is about it.
    outstanding = { ...outstanding, sent: outstanding.sent.filter(({ command }) => command.type !== 'configure') }
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
        if (!opts.dialect.get().takesVoice && unanswered().some(({ given }) => isOfVoice(given)))
          return advance(passOver())
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

  const unanswered = (): readonly SessionItem[] => holding.held().items.filter(({ state }) => state === 'creating')

  /** A server that takes nothing of the voice holds the person's words alone. */
  function passOver(): Readiness {
    for (const { id } of unanswered().filter(({ given }) => isOfVoice(given)))
      holding.refused('create', id, { message: voiceUntaken })
    return holding.goOn()
  }

  function fallenSilent(): void {
    const isByVoiceAlone = unanswered().every(({ given }) => isOfVoice(given))
    if (!opts.isKnown && isByVoiceAlone && unanswered().length > 0) {
      opts.dialect.learn({ takesVoice: false })
      return advance(passOver())
    }
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
    judgeSeed(isAboutWhatWasSent(close, lastError) ? 'refused' : 'broken', reason)
    return verdict.type === 'fatal' ? { type: 'retry', cause: reason } : verdict
  }

  return {
    send,
    outstanding: () => outstanding,
    counts: () => reading.counts(),
    opened: () => configuring.opened(),
    proven: (mark) => configuring.proven(mark),
    message(text) {
      if (over) return
      for (const event of reading.came(text)) take(event)
    },
    closed(close) {
      over = true
      for (const undo of [undoSilence, undoLimit, undoBegin, configuring.stop]) undo()
      const verdict = judgeEnd(close)
      opts.onClosed()
      return verdict
    },
  }
}
