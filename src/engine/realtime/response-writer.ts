// The events of one response in the order the service sends them: items, parts, deltas and every `done`. It knows
// nothing of where words and samples come from, nor of time.
import { createId } from './ids.ts'
import { samplesPerMs } from './kept-audio.ts'
import type { SpokenClause } from './spoken.ts'
import type { Thread } from './thread.ts'
import { countSpokenTokens, countTextTokens } from './tokens.ts'
import { encodeSamples } from './wire-audio.ts'
import type { FunctionCall, Item, Message, OutgoingOf, Send, Status } from './wire.ts'

export type Modality = 'text' | 'audio'

/** What every event about a response repeats. */
export interface ResponseFacts {
  id: string
  /** Null for a response out of band: it and its items are no part of the conversation. */
  conversation: string | null
  modality: Modality
  maxOutputTokens: number | 'inf'
  metadata: Record<string, string> | null
  audio: { format: { type: 'audio/pcm'; rate: 24_000 }; voice: string }
}

export type Outcome =
  | { status: 'completed' }
  | { status: 'cancelled'; reason: 'turn_detected' | 'client_cancelled' }
  | { status: 'incomplete'; reason: 'max_output_tokens' }
  | { status: 'failed'; error: { type: string; code: string; message: string } }

export interface ResponseWriter {
  readonly facts: ResponseFacts
  created(): void
  /** Begins a message unless one is open. */
  begin(): void
  /** A clause of the open message starts or ends here; see spoken.ts. */
  clause(text: string): void
  clauseEnded(): void
  /** A piece of the open message's words, as written or as transcript. */
  words(delta: string): void
  sound(samples: Int16Array): void
  /** Closes the open message, if any. */
  end(status: Status): void
  call(name: string, args: string): void
  /** @param inputTokens what the response was made from */
  done(outcome: Outcome, inputTokens: { text: number; audio: number }): void
  outputTokens(): { text: number; audio: number }
}

const argumentsPerDelta = 24

interface Open {
  item: Message
  index: number
  words: string
  samples: number
  clauses: SpokenClause[]
}

export function createResponseWriter(opts: { send: Send; thread: Thread; facts: ResponseFacts }): ResponseWriter {
  const { send, thread, facts } = opts
  const response_id = facts.id
  const inConversation = facts.conversation !== null
  const output: Item[] = []
  let open: Open | null = null
  let writtenWords = ''
  let spokenSamples = 0

  function announce(item: Item): number {
    const index = output.push(item) - 1
    send({ type: 'response.output_item.added', response_id, output_index: index, item })
    if (inConversation) thread.add(item)
    return index
  }

  function conclude(item: Item, index: number): void {
    output[index] = item
    if (inConversation) thread.finish(item)
    send({ type: 'response.output_item.done', response_id, output_index: index, item })
  }

  const part = (at: Open): { response_id: string; item_id: string; output_index: number; content_index: number } => ({
    response_id,
    item_id: at.item.id,
    output_index: at.index,
    content_index: 0,
  })

  function closeText(at: Open): void {
    send({ type: 'response.output_text.done', ...part(at), text: at.words })
    send({ type: 'response.content_part.done', ...part(at), part: { type: 'text', text: at.words } })
  }

  function closeAudio(at: Open): void {
    send({ type: 'response.output_audio.done', ...part(at) })
    send({ type: 'response.output_audio_transcript.done', ...part(at), transcript: at.words })
    send({ type: 'response.content_part.done', ...part(at), part: { type: 'audio', transcript: at.words } })
  }

  const soundMs = (at: Open): number => at.samples / samplesPerMs

  const outputTokens = (): { text: number; audio: number } => ({
    text: countTextTokens(writtenWords),
    audio: countSpokenTokens(spokenSamples / samplesPerMs),
  })

  return {
    facts,
    outputTokens,
    created: () => send({ type: 'response.created', response: responseObject(facts, 'in_progress', null, [], null) }),
    begin() {
      if (open) return
      const item: Message = {
        id: createId('item'),
        object: 'realtime.item',
        type: 'message',
        status: 'in_progress',
        role: 'assistant',
        content: [],
      }
      const at: Open = { item, index: announce(item), words: '', samples: 0, clauses: [] }
      open = at
      if (facts.modality === 'audio') thread.setClauses(item.id, at.clauses)
      const empty = facts.modality === 'audio' ? { type: 'audio', transcript: '' } : { type: 'text', text: '' }
      send({ type: 'response.content_part.added', ...part(at), part: empty as { type: 'audio' | 'text' } })
      if (inConversation) thread.shape({ ...item, content: [contentOf(facts.modality, '')] })
    },
    clause(text) {
      if (open) open.clauses.push({ text, fromMs: soundMs(open), toMs: null })
    },
    clauseEnded() {
      const last = open?.clauses.at(-1)
      if (open && last) last.toMs = soundMs(open)
    },
    words(delta) {
      if (!open) return
      open.words += delta
      writtenWords += delta
      const type = facts.modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta'
      send({ type, ...part(open), delta })
    },
    sound(samples) {
      if (!open) return
      open.samples += samples.length
      spokenSamples += samples.length
      if (inConversation) thread.audio.append(open.item.id, samples)
      send({ type: 'response.output_audio.delta', ...part(open), delta: encodeSamples(samples) })
    },
    end(status) {
      if (!open) return
      const at = open
      open = null
      if (facts.modality === 'audio') closeAudio(at)
      else closeText(at)
      conclude({ ...at.item, status, content: [contentOf(facts.modality, at.words)] }, at.index)
    },
    call(name, args) {
      const begun: FunctionCall = {
        id: createId('item'),
        object: 'realtime.item',
        type: 'function_call',
        status: 'in_progress',
        call_id: createId('call'),
        name,
        arguments: '',
      }
      const index = announce(begun)
      const about = { response_id, item_id: begun.id, output_index: index, call_id: begun.call_id }
      for (let from = 0; from < args.length; from += argumentsPerDelta) {
        const delta = args.slice(from, from + argumentsPerDelta)
        send({ type: 'response.function_call_arguments.delta', ...about, delta })
      }
      writtenWords += `${name} ${args}`
      send({ type: 'response.function_call_arguments.done', ...about, name, arguments: args })
      conclude({ ...begun, status: 'completed', arguments: args }, index)
    },
    done(outcome, input) {
      const usage = usageOf(input, outputTokens())
      send({ type: 'response.done', response: responseObject(facts, outcome.status, outcome, output, usage) })
    },
  }
}

function contentOf(modality: Modality, words: string): Message['content'][number] {
  return modality === 'audio' ? { type: 'output_audio', transcript: words } : { type: 'output_text', text: words }
}

type WireResponse = OutgoingOf<'response.done'>['response']

function responseObject(
  facts: ResponseFacts,
  status: 'in_progress' | Outcome['status'],
  outcome: Outcome | null,
  output: Item[],
  usage: ReturnType<typeof usageOf> | null,
): WireResponse {
  return {
    object: 'realtime.response',
    id: facts.id,
    status,
    status_details: outcome && outcome.status !== 'completed' ? detailsOf(outcome) : null,
    output: [...output],
    conversation_id: facts.conversation,
    output_modalities: [facts.modality],
    max_output_tokens: facts.maxOutputTokens,
    audio: { output: facts.audio },
    usage,
    metadata: facts.metadata,
  }
}

function detailsOf(outcome: Exclude<Outcome, { status: 'completed' }>): NonNullable<WireResponse['status_details']> {
  if (outcome.status === 'failed') return { type: 'failed', error: outcome.error }
  return { type: outcome.status, reason: outcome.reason }
}

/** Nothing is ever taken from a cache, so nothing is reported as cached. */
function usageOf(input: { text: number; audio: number }, output: { text: number; audio: number }) {
  return {
    total_tokens: input.text + input.audio + output.text + output.audio,
    input_tokens: input.text + input.audio,
    output_tokens: output.text + output.audio,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: 0,
      cached_tokens: 0,
      cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  }
}
