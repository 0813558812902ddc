// One session of the modelled service: what each client event does, with the refusals that the real one gives. Keeps its own
// truth: the items in their order, the person's sound, what each response answered.
import { bytesToSamples } from '../../../src/core/audio/pcm.ts'
import type { ClientEvent, ClientEventOf } from '../../../src/core/realtime/events.ts'
import type { Clock } from '../../../src/main/ports.ts'
import { answerAside } from './aside.ts'
import type { Habits, Refusal, SentEvent } from './habits.ts'
import { createHearing } from './hearing.ts'
import { errorOf, isActive, truncateItem } from './refusals.ts'
import { itemFrom, newItem, place, wireOf, type Answered, type ModelItem } from './items.ts'
import type { ModelLine } from './line.ts'
import { notUnderstood, transcriptOf } from './transcript.ts'
import { runResponse, type ModelResponse, type ResponseRun } from './response.ts'

/** A turn that the session made of the person's sound. */
export interface ModelTurn {
  item: string
  frames: readonly number[]
  /** Where the client can have learned of it. */
  session: ModelSession
}

export interface ModelSession {
  readonly number: number
  readonly id: string
  readonly line: ModelLine
  /** Everything that arrived, in order. */
  readonly received: readonly ClientEvent[]
  all<Type extends ClientEvent['type']>(type: Type): ClientEventOf<Type>[]
  readonly items: readonly ModelItem[]
  readonly turns: readonly ModelTurn[]
  /** Numbered frames that arrived, in order. */
  readonly heard: readonly number[]
  readonly begun: readonly ModelResponse[]
  isOpen(): boolean
  isConfigured(): boolean
  /** Something said by the service itself, past all habits. */
  say(event: SentEvent): void
  /** What arrives over the line. */
  take(text: string): void
  begin(): void
  end(): void
}

export interface SessionOpts {
  clock: Clock
  /** The service's own; the client's may be set otherwise. */
  wallMs: () => number
  number: number
  habits: Habits
  line: () => ModelLine
  newId: (prefix: string) => string
  nextResponse: () => number
  /** What each answer answers, over all sessions. */
  answersOf: Answered['of']
  onTurn: (turn: ModelTurn) => void
  onResponse: (response: ModelResponse) => void
}

const commitEmptyAfterMs = 900

export function createModelSession(opts: SessionOpts): ModelSession {
  const { clock, habits, newId, number } = opts
  const received: ClientEvent[] = []
  const items: ModelItem[] = []
  const turns: ModelTurn[] = []
  const begun: ModelResponse[] = []
  const answered: Answered = { by: new Map(), of: opts.answersOf }
  let run: ResponseRun | null = null
  let hearingItem: string | null = null
  let configured = false
  let over = false
  let ackFreeMs = 0
  let config: Record<string, unknown> = { type: 'realtime' }
  const expiresMs = opts.wallMs() + habits.sessionMs
  const undo: (() => void)[] = []
  const id = `sess_${number}`

  const later = (ms: number, act: () => void): void =>
    void undo.push(
      clock.after(ms, () => {
        if (!over) act()
      }),
    )

  function send(event: SentEvent): void {
    const whole = { event_id: newId('event'), ...event }
    for (const { event: each, afterMs } of habits.tamper(whole, session)) {
      if (afterMs === undefined) opts.line().send(each)
      else later(afterMs, () => opts.line().send(each))
    }
  }

  const hearing = createHearing({
    silenceMs: () => habits.silenceMs,
    onStarted(startMs) {
      hearingItem = newId('u')
      send({ type: 'input_audio_buffer.speech_started', audio_start_ms: startMs, item_id: hearingItem })
      run?.cancel('turn_detected')
    },
    onStopped: (endMs) =>
      send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: endMs, item_id: hearingItem }),
    onTurn(frames) {
      commit(frames)
      if (run === null) respond(true, null)
      else refuse(null, isActive(run.response.id))
    },
  })

  function commit(frames: readonly number[]): void {
    const item = newItem(hearingItem ?? newId('u'), {
      role: 'user',
      origin: 'heard',
      frames,
      words: habits.words(frames),
    })
    hearingItem = null
    const previous = place(items, item, null)
    const turn = { item: item.id, frames, session }
    turns.push(turn)
    opts.onTurn(turn)
    const { transcriptMs } = habits
    if (transcriptMs === 'before') transcribe(item)
    send({ type: 'input_audio_buffer.committed', item_id: item.id, previous_item_id: previous })
    for (const type of ['conversation.item.added', 'conversation.item.done'])
      send({ type, previous_item_id: previous, item: wireOf(item) })
    if (typeof transcriptMs === 'number') later(transcriptMs, () => transcribe(item))
    if (transcriptMs === 'failed') later(200, () => send(notUnderstood(item)))
  }

  function transcribe(item: ModelItem): void {
    for (const event of transcriptOf(item)) send(event)
  }

  function refuse(event: ClientEvent | null, refusal: Refusal): void {
    const error = errorOf(event, refusal, habits.namesErrors)
    const act = (): void => send({ type: 'error', error })
    if (refusal.afterMs === undefined) act()
    else later(refusal.afterMs, act)
  }

  function respond(byService: boolean, metadata: Record<string, string> | null): void {
    run = runResponse({
      clock,
      session,
      items,
      id: newId('resp'),
      number: opts.nextResponse(),
      byService,
      metadata,
      answered,
      newId,
      decide: habits.answer,
      send,
      onCreated(response) {
        begun.push(response)
        opts.onResponse(response)
      },
      onEnd: () => void (run = null),
    })
  }

  function create(event: ClientEventOf<'conversation.item.create'>): void {
    const behind = event.previous_item_id
    const item = itemFrom(event.item, newId('item'), items)
    if (typeof item === 'string') return refuse(event, { code: 'invalid_value', message: item })
    if (behind !== undefined && behind !== 'root' && !items.some((one) => one.id === behind))
      return refuse(event, {
        code: 'item_create_invalid_previous_item_id',
        message: `Error adding item: the previous item with id '${behind}' does not exist.`,
      })
    const previous = place(items, item, behind)
    const nowMs = clock.monotonicMs()
    ackFreeMs = Math.max(nowMs + (ackFreeMs === 0 ? habits.ackFirstMs : 0), ackFreeMs + habits.ackEveryMs)
    const tell = (): void => {
      for (const type of ['conversation.item.added', 'conversation.item.done'])
        send({ type, previous_item_id: previous, item: wireOf(item) })
    }
    if (ackFreeMs <= nowMs) tell()
    else later(ackFreeMs - nowMs, tell)
  }

  function truncate(event: ClientEventOf<'conversation.item.truncate'>): void {
    const item = items.find((one) => one.id === event.item_id)
    const refusal = truncateItem(item, event.audio_end_ms)
    if (refusal) return refuse(event, refusal)
    const { item_id, content_index, audio_end_ms } = event
    send({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms })
  }

  function act(event: ClientEvent): void {
    switch (event.type) {
      case 'session.update': {
        const { session: update } = event
        const input = 'audio' in update ? update.audio.input : undefined
        if (input && 'turn_detection' in input) hearing.setMode(input.turn_detection !== null)
        config = { ...config, ...update }
        configured = true
        send({
          type: 'session.updated',
          session: { ...config, object: 'realtime.session', id, expires_at: Math.floor(expiresMs / 1_000) },
        })
        return
      }
      case 'input_audio_buffer.append':
        return hearing.append(bytesToSamples(Buffer.from(event.audio, 'base64')))
      case 'input_audio_buffer.commit': {
        const frames = hearing.commit()
        if (frames !== null) {
          commit(frames)
          // Whatever was being said is broken off for it.
          if (habits.commitAnswers && run === null) later(60, () => run === null && respond(true, null))
          return
        }
        return refuse(event, {
          code: 'input_audio_buffer_commit_empty',
          message: 'Error committing input audio buffer: buffer too small. Expected at least 100ms of audio.',
          afterMs: commitEmptyAfterMs,
        })
      }
      case 'input_audio_buffer.clear':
        hearing.clear()
        hearingItem = null
        return send({ type: 'input_audio_buffer.cleared' })
      case 'conversation.item.create':
        return create(event)
      case 'conversation.item.delete': {
        const at = items.findIndex((one) => one.id === event.item_id)
        if (at === -1)
          return refuse(event, {
            code: 'item_delete_invalid_item_id',
            message: `Error deleting item: the item with id '${event.item_id}' does not exist.`,
          })
        items.splice(at, 1)
        return send({ type: 'conversation.item.deleted', item_id: event.item_id })
      }
      case 'conversation.item.truncate':
        return truncate(event)
      case 'response.create':
        if (event.response?.conversation === 'none') return answerAside(event, habits.aside, newId, send)
        return run === null
          ? respond(false, event.response?.metadata ?? null)
          : refuse(event, isActive(run.response.id))
      case 'response.cancel':
        if (run === null || (event.response_id !== undefined && event.response_id !== run.response.id))
          return refuse(event, {
            code: 'response_cancel_not_active',
            message: 'Cancellation failed: no active response found',
          })
        return run.cancel('client_cancelled')
      default:
        return refuse(event, { code: 'invalid_value', message: `Invalid value: '${event.type}'.` })
    }
  }

  const session: ModelSession = {
    number,
    id,
    get line() {
      return opts.line()
    },
    received,
    all: (type) => received.filter((event): event is ClientEventOf<typeof type> => event.type === type),
    items,
    turns,
    heard: hearing.received,
    begun,
    isOpen: () => !over,
    isConfigured: () => configured,
    say: (event) => opts.line().send({ event_id: newId('event'), ...event }),
    take(text) {
      if (over) return
      const event = JSON.parse(text) as ClientEvent
      received.push(event)
      habits.onEvent(event, session)
      if (!session.isOpen()) return
      const refusal = habits.refuse(event, session)
      if (refusal) refuse(event, refusal)
      else if (!habits.ignores(event, session)) act(event)
    },
    begin() {
      send({
        type: 'session.created',
        session: { ...config, object: 'realtime.session', id, expires_at: Math.floor(expiresMs / 1_000) },
      })
      later(habits.sessionMs, () => {
        const message = 'Your session hit the maximum duration of 60 minutes.'
        refuse(null, { code: 'session_expired', message, named: false })
        opts.line().close(1001, message)
      })
    },
    end() {
      over = true
      for (const one of undo.splice(0)) one()
    },
  }
  return session
}
