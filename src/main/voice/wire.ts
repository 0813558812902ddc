// One voice socket from its opening to its end: configure, restore, prove, then pass events on. Ready is neither `open`
// (the service accepts any key) nor `session.created`, but `session.updated` plus every restored item acknowledged.
import { judgeClose, judgeError, type ErrorFacts } from '../../core/connection/close-codes.ts'
import { verifyRestore, type Acknowledged } from '../../core/conversation/verify.ts'
import { configureSession, createItem, type VoiceConfig } from '../../core/realtime/commands.ts'
import type { ClientEvent, WireItem } from '../../core/realtime/events.ts'
import { parseServerEvent } from '../../core/realtime/parse.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Line, LineHandler } from '../net/link.ts'

export interface WireProof {
  session: string
  /** Items of the plan that the session acknowledged. */
  restored: number
  /** Ids of items that the service refused; the others were restored. */
  refused: readonly string[]
}

export interface WireCounts {
  events: number
  unknown: number
  broken: number
}

export interface WireOpts {
  line: Line
  config: () => VoiceConfig
  plan: () => Promise<readonly WireItem[]>
  /** Everything is acknowledged; the session is dropped unless it may begin now. */
  mayBegin: () => boolean
  /** The session carries the conversation; `onEvent` follows from here on. */
  onReady: (proof: WireProof) => void
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
  | { type: 'restoring'; plan: readonly WireItem[]; done: Acknowledged[]; refused: string[] }
  | { type: 'live' }

export function createWire(opts: WireOpts): Wire {
  const { line } = opts
  const counts: WireCounts = { events: 0, unknown: 0, broken: 0 }
  let stage: Stage = { type: 'opening' }
  let session = ''
  let endsMs: number | null = null
  let lastError: ErrorFacts | null = null
  let over = false

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
        return
      case 'restoring':
        return restore(stage, event)
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
        if (over) return
        const restoring = { type: 'restoring', plan, done: [], refused: [] } satisfies Stage
        stage = restoring
        for (const item of plan) send(createItem(item, createId(item)))
        prove(restoring)
      },
      (error: unknown) => {
        if (!over) line.fail({ type: 'retry', cause: error instanceof Error ? error.message : String(error) })
      },
    )
  }

  function restore(restoring: Extract<Stage, { type: 'restoring' }>, event: HeardEvent): void {
    if (event.type === 'conversation.item.done')
      restoring.done.push({ item: event.item, previous: event.previous_item_id ?? null })
    else if (event.type === 'error') {
      // A refusal may come without the name of what it refuses; creates are answered in their order.
      const nameless = event.error.event_id === undefined || event.error.event_id === null
      const refused = nameless
        ? restoring.plan[restoring.done.length + restoring.refused.length]
        : restoring.plan.find((item) => createId(item) === event.error.event_id)
      if (!refused) return
      restoring.refused.push(refused.id ?? '')
    } else return
    prove(restoring)
  }

  function prove({ plan, done, refused }: Extract<Stage, { type: 'restoring' }>): void {
    if (done.length + refused.length < plan.length) return
    const held = plan.filter((item) => !refused.includes(item.id ?? ''))
    const proof = verifyRestore(held, done)
    if (proof.type === 'different')
      return line.fail({
        type: 'retry',
        cause: `The session holds something else than was restored (${proof.item}: ${proof.why}).`,
      })
    if (!opts.mayBegin())
      return line.fail({ type: 'retry', cause: 'The conversation went on while it was being handed over.' })
    stage = { type: 'live' }
    opts.onReady({ session, restored: held.length, refused })
    line.ready(endsMs)
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
      opts.onClosed()
      return judgeClose(close, lastError)
    },
  }
}

/** Marks our create, so that a refusal can be laid at its item's door. */
function createId(item: WireItem): string {
  return `restore_${item.id ?? ''}`
}
