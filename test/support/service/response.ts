// One response of the modelled service, from being asked to its end, played out over the clock. What it says and how it ends is
// the test's (`Habits.answer`); that its events come as the service sends them is kept here.
import { msToSamples, samplesToBytes } from '../../../src/core/audio/pcm.ts'
import type { Clock } from '../../../src/main/ports.ts'
import { plainAnswer, type Answer, type Question, type SentEvent } from './habits.ts'
import { byWords, nameOfAnswer, newItem, openQuestion, wireOf, type Answered, type ModelItem } from './items.ts'
import type { ModelSession } from './session.ts'

/** What a test may ask about it afterwards. */
export interface ModelResponse {
  readonly id: string
  readonly session: ModelSession
  /** The conversation then, and of it what nobody had answered. */
  readonly items: readonly ModelItem[]
  readonly open: readonly ModelItem[]
  readonly answer: Answer
  readonly byService: boolean
  item: string | null
  /** As told in `response.done`; null until then. */
  status: 'completed' | 'cancelled' | 'failed' | 'incomplete' | null
  /** Of its usage, all tokens; each response has a number of its own. */
  tokens: number
}

export interface ResponseRun {
  readonly response: ModelResponse
  cancel(reason: 'turn_detected' | 'client_cancelled'): void
}

export interface RunOpts {
  clock: Clock
  session: ModelSession
  items: ModelItem[]
  id: string
  number: number
  byService: boolean
  metadata: Record<string, string> | null
  /** Of this session. */
  answered: Answered
  newId: (prefix: string) => string
  decide: (question: Question) => Partial<Answer>
  send: (event: SentEvent) => void
  onCreated: (response: ModelResponse) => void
  onEnd: () => void
}

const silence = new Map<number, string>()

/** @returns base64 of so much sound */
function soundOf(ms: number): string {
  const known = silence.get(ms)
  if (known !== undefined) return known
  const text = Buffer.from(samplesToBytes(new Int16Array(msToSamples(ms)).fill(1_000))).toString('base64')
  silence.set(ms, text)
  return text
}

export function runResponse(opts: RunOpts): ResponseRun {
  const { clock, session, items, id, send } = opts
  let undo = (): void => undefined
  let over = false
  let item: ModelItem | null = null
  let spokenMs = 0
  const asked = { items: [...items], open: openQuestion(items, opts.answered), session, number: opts.number }
  const answer: Answer = { ...plainAnswer, words: `Answer ${opts.number}.`, ...opts.decide(asked) }
  const response: ModelResponse = {
    id,
    session,
    items: asked.items,
    open: asked.open,
    answer,
    byService: opts.byService,
    item: null,
    status: null,
    tokens: 0,
  }
  const output: ModelItem[] = []
  const modality = answer.modality

  const shown = (status: string, details: unknown = null, usage: unknown = null): Record<string, unknown> => ({
    object: 'realtime.response',
    id,
    status,
    status_details: details,
    output: status === 'in_progress' ? [] : output.map(wireOf),
    conversation_id: 'conv',
    output_modalities: [modality],
    metadata: opts.metadata,
    usage,
  })

  function then(ms: number, act: () => void): void {
    undo = clock.after(ms, () => {
      if (!over && session.isOpen()) act()
    })
  }

  function begin(): void {
    send({ type: 'response.created', response: shown('in_progress') })
    opts.onCreated(response)
    if (answer.calls.length > 0) return call()
    if (answer.end.type === 'failed' && answer.audioMs === 0) return end()
    if (answer.end.type === 'nothing') return end()
    speak()
  }

  function saySomething(by: ModelItem): void {
    for (const one of asked.open) {
      opts.answered.by.set(one.id, by)
      if (one.words !== '') opts.answered.by.set(byWords(one.words), by)
    }
    opts.answered.of.set(nameOfAnswer(answer.words), new Set(asked.open.map(({ words }) => words)))
  }

  function add(next: ModelItem): string | null {
    const previous = items.at(-1)?.id ?? null
    items.push(next)
    output.push(next)
    send({ type: 'response.output_item.added', response_id: id, output_index: 0, item: wireOf(next) })
    send({ type: 'conversation.item.added', previous_item_id: previous, item: wireOf(next) })
    return previous
  }

  function call(): void {
    for (const { name, arguments: given } of answer.calls) {
      const next = newItem(opts.newId('fc'), {
        type: 'function_call',
        origin: 'generated',
        call: opts.newId('call'),
        name,
        arguments: given,
      })
      saySomething(next)
      const previous = add(next)
      send({ type: 'conversation.item.done', previous_item_id: previous, item: wireOf(next) })
      send({ type: 'response.output_item.done', response_id: id, output_index: 0, item: wireOf(next) })
    }
    end()
  }

  const part = (next: ModelItem): Record<string, unknown> => ({
    response_id: id,
    item_id: next.id,
    output_index: 0,
    content_index: 0,
  })

  function speak(): void {
    const next = newItem(opts.newId('a'), {
      role: 'assistant',
      origin: 'generated',
      status: 'in_progress',
      isAudio: modality === 'audio',
    })
    item = next
    response.item = next.id
    add(next)
    send({ type: 'response.content_part.added', ...part(next), part: { type: modality } })
    then(answer.everyMs, () => grow(next))
  }

  function grow(next: ModelItem): void {
    const wholeMs = Math.max(answer.audioMs, answer.chunkMs)
    const ms = Math.min(answer.chunkMs, answer.audioMs - spokenMs)
    const from = Math.round((answer.words.length * spokenMs) / wholeMs)
    spokenMs += answer.chunkMs
    const words = answer.words.slice(from, Math.round((answer.words.length * Math.min(spokenMs, wholeMs)) / wholeMs))
    const kind = modality === 'audio' ? 'output_audio_transcript' : 'output_text'
    if (words !== '' || (modality === 'audio' && ms > 0)) saySomething(next)
    if (words !== '') {
      next.words += words
      send({ type: `response.${kind}.delta`, ...part(next), delta: words, obfuscation: 'aB3dE6gH9jK' })
    }
    if (modality === 'audio' && ms > 0) {
      next.audioMs += ms
      send({ type: 'response.output_audio.delta', ...part(next), delta: soundOf(ms) })
    }
    if (spokenMs < answer.audioMs) then(answer.everyMs, () => grow(next))
    else then(answer.everyMs, () => end())
  }

  function close(next: ModelItem, status: ModelItem['status']): void {
    next.status = status
    const at = part(next)
    if (modality === 'audio') {
      send({ type: 'response.output_audio.done', ...at })
      send({ type: 'response.output_audio_transcript.done', ...at, transcript: next.words })
    } else send({ type: 'response.output_text.done', ...at, text: next.words })
    send({ type: 'response.content_part.done', ...at, part: { type: modality } })
    const before = items[items.indexOf(next) - 1]?.id ?? null
    send({ type: 'conversation.item.done', previous_item_id: before, item: wireOf(next) })
    send({ type: 'response.output_item.done', response_id: id, output_index: 0, item: wireOf(next) })
  }

  function end(): void {
    const how = answer.end
    switch (how.type) {
      case 'silent':
        over = true
        return opts.onEnd()
      case 'completed':
      case 'nothing':
        return done('completed', null)
      case 'max_output_tokens':
      case 'content_filter':
        return done('incomplete', { type: 'incomplete', reason: how.type })
      case 'cancelled':
        return done('cancelled', { type: 'cancelled', reason: 'client_cancelled' })
      case 'failed':
        return done('failed', {
          type: 'failed',
          error: { type: 'server_error', code: how.code, message: how.message },
        })
    }
  }

  function done(status: NonNullable<ModelResponse['status']>, details: unknown): void {
    if (over) return
    over = true
    undo()
    if (item) close(item, status === 'completed' ? 'completed' : 'incomplete')
    response.status = status
    // A sum that no other response has, so that one counted twice shows.
    response.tokens = 2 ** (opts.number % 40)
    const usage = {
      total_tokens: response.tokens,
      input_tokens: 0,
      output_tokens: response.tokens,
      input_token_details: { text_tokens: 0, audio_tokens: 0, cached_tokens: 0 },
      output_token_details: { text_tokens: 0, audio_tokens: response.tokens },
    }
    opts.onEnd()
    send({ type: 'response.done', response: shown(status, details, usage) })
  }

  then(answer.thinkMs, begin)
  return {
    response,
    cancel(reason) {
      if (over) return
      if (response.status === null && item === null && output.length === 0 && !isBegun()) {
        send({ type: 'response.created', response: shown('in_progress') })
        opts.onCreated(response)
      }
      done('cancelled', { type: 'cancelled', reason })
    },
  }

  function isBegun(): boolean {
    return session.begun.includes(response)
  }
}
