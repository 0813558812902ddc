// A long conversation as the service sends it, the same at every run: turns that voice activity ends, captions on both sides,
// sound in deltas of 100 and 200 ms, and now and then a function call, after which the service waits for its output.
// Shapes and order are those of openai's types and of captures of the service.
import type {
  ConversationItem,
  RealtimeConversationItemAssistantMessage,
  RealtimeConversationItemUserMessage,
  RealtimeResponse,
  RealtimeServerEvent,
} from 'openai/resources/realtime/realtime'
import { msToSamples, samplesToBytes } from '../src/core/audio/pcm.ts'
import { encodeBase64 } from '../src/main/base64.ts'
import { seededRandom } from '../test/support/seeded-random.ts'

export interface RecordedStream {
  /** The frames of each part; the next part follows when the client has asked for a response. */
  parts: string[][]
  /** The item whose response ends the stream. */
  lastItem: string
  responses: number
  said: Said[]
  /** Of all sound in it. */
  samples: number
  checksum: number
}

export interface Said {
  role: 'user' | 'assistant'
  text: string
}

/** What the client gives as a call’s output stands for this in the frames behind it, under whatever id it then has. */
export const outputItem = 'item_output'
/** The item of a call. */
export const callItem = (callId: string): string => callId.replace('call_', 'item_f')

const answerMs = [3_000, 5_000, 8_000]
const wordsPerSecond = 2.5
const exchangesPerCall = 4
const vocabulary =
  'the walk along the river takes about an hour and then there is a small place where they make good soup on most days'.split(
    ' ',
  )

export function recordStream(exchanges: number): RecordedStream {
  const random = seededRandom(8)
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value
  const words = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `${at === 0 ? '' : ' '}${pick(vocabulary)}`)
  const pieces = [100, 200].map((ms) => Array.from({ length: 12 }, () => piece(ms, random)))
  const parts: string[][] = [[]]
  const stream: RecordedStream = { parts, lastItem: '', responses: 0, said: [], samples: 0, checksum: 0 }
  let events = 0
  let previous: string | null = null

  /** Deltas carry padding of any length on the wire that the types do not name. */
  function send(event: RealtimeServerEvent, padded = false): void {
    const padding = padded ? { obfuscation: 'QmFzZTY0Lg'.slice(0, 1 + Math.floor(random() * 9)) } : {}
    parts.at(-1)?.push(JSON.stringify({ ...event, ...padding }))
  }
  const event_id = (): string => `event_${(events++).toString(36).padStart(16, '0')}`

  function place(item: ConversationItem & { id: string }, done: boolean): void {
    const type = done ? 'conversation.item.done' : 'conversation.item.added'
    send({ type, event_id: event_id(), previous_item_id: previous, item })
    if (done) previous = item.id
  }

  function ask(at: number): void {
    const item_id = `item_u${at}`
    const spoken = words(5 + Math.floor(random() * 8))
    const item: RealtimeConversationItemUserMessage & { id: string } = {
      id: item_id,
      type: 'message',
      object: 'realtime.item',
      status: 'completed',
      role: 'user',
      // The types leave null out; the service does not.
      content: [{ type: 'input_audio', transcript: null as unknown as string }],
    }
    const [audio_start_ms, audio_end_ms] = [at * 12_000, at * 12_000 + 2_500]
    send({ type: 'input_audio_buffer.speech_started', event_id: event_id(), audio_start_ms, item_id })
    send({ type: 'input_audio_buffer.speech_stopped', event_id: event_id(), audio_end_ms, item_id })
    send({ type: 'input_audio_buffer.committed', event_id: event_id(), previous_item_id: previous, item_id })
    place(item, false)
    place(item, true)
    const transcription = 'conversation.item.input_audio_transcription'
    const ids = { item_id, content_index: 0 }
    for (const delta of spoken) send({ type: `${transcription}.delta`, event_id: event_id(), ...ids, delta }, true)
    const transcript = spoken.join('')
    send({
      type: `${transcription}.completed`,
      event_id: event_id(),
      ...ids,
      transcript,
      usage: { type: 'duration', seconds: 2.5 },
    })
    stream.said.push({ role: 'user', text: transcript })
  }

  function respond(id: string, write: () => ConversationItem): void {
    const response: RealtimeResponse = {
      id,
      object: 'realtime.response',
      conversation_id: 'conv_bench',
      output_modalities: ['audio'],
      max_output_tokens: 'inf',
      audio: { output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'marin' } },
      metadata: null,
    }
    send({
      type: 'response.created',
      event_id: event_id(),
      response: { ...response, status: 'in_progress', output: [] },
    })
    const output = [write()]
    send({
      type: 'response.done',
      event_id: event_id(),
      response: { ...response, status: 'completed', output, usage: usageOf(400, 90) },
    })
    const rate_limits = [{ name: 'tokens' as const, limit: 40_000, remaining: 39_000, reset_seconds: 1.5 }]
    send({ type: 'rate_limits.updated', event_id: event_id(), rate_limits })
    stream.responses++
  }

  function call(at: number): void {
    const response_id = `resp_f${at}`
    respond(response_id, () => {
      const [call_id, name] = [`call_${at}`, 'get_weather']
      const id = callItem(call_id)
      const args = JSON.stringify({ city: `the town at the end of road ${at}` })
      const begun = { id, object: 'realtime.item' as const, type: 'function_call' as const, name, call_id }
      const item = { ...begun, status: 'in_progress' as const, arguments: '' }
      send({ type: 'response.output_item.added', event_id: event_id(), response_id, output_index: 0, item })
      place(item, false)
      const ids = { response_id, item_id: id, output_index: 0, call_id }
      const type = 'response.function_call_arguments'
      for (let from = 0; from < args.length; from += 12)
        send({ type: `${type}.delta`, event_id: event_id(), ...ids, delta: args.slice(from, from + 12) }, true)
      send({ type: `${type}.done`, event_id: event_id(), ...ids, name, arguments: args })
      const done = { ...begun, status: 'completed' as const, arguments: args }
      place(done, true)
      send({ type: 'response.output_item.done', event_id: event_id(), response_id, output_index: 0, item: done })
      return done
    })
    previous = outputItem
    parts.push([])
  }

  function answer(at: number): void {
    const response_id = `resp_a${at}`
    const lengthMs = pick(answerMs)
    const spoken = words((lengthMs / 1000) * wordsPerSecond)
    const transcript = spoken.join('')
    respond(response_id, () => {
      const item_id = `item_a${at}`
      const begun = { id: item_id, type: 'message', object: 'realtime.item', role: 'assistant' } as const
      const item: RealtimeConversationItemAssistantMessage = { ...begun, status: 'in_progress', content: [] }
      const ids = { response_id, item_id, output_index: 0, content_index: 0 }
      send({ type: 'response.output_item.added', event_id: event_id(), response_id, output_index: 0, item })
      place({ ...item, id: item_id }, false)
      const part = { type: 'audio' as const, transcript: '' }
      send({ type: 'response.content_part.added', event_id: event_id(), ...ids, part })
      for (let sentMs = 0; sentMs < lengthMs;) {
        const next = spoken.shift()
        if (next !== undefined)
          send({ type: 'response.output_audio_transcript.delta', event_id: event_id(), ...ids, delta: next }, true)
        const ms = lengthMs - sentMs >= 200 && random() < 0.5 ? 200 : 100
        const { delta, checksum } = pick(pieces[ms === 200 ? 1 : 0] ?? [])
        send({ type: 'response.output_audio.delta', event_id: event_id(), ...ids, delta }, true)
        stream.samples += msToSamples(ms)
        stream.checksum = (stream.checksum + checksum) | 0
        sentMs += ms
      }
      send({ type: 'response.output_audio.done', event_id: event_id(), ...ids })
      send({ type: 'response.output_audio_transcript.done', event_id: event_id(), ...ids, transcript })
      send({ type: 'response.content_part.done', event_id: event_id(), ...ids, part: { type: 'audio', transcript } })
      const done = { ...begun, status: 'completed' as const, content: [{ type: 'output_audio' as const, transcript }] }
      place(done, true)
      send({ type: 'response.output_item.done', event_id: event_id(), response_id, output_index: 0, item: done })
      stream.lastItem = item_id
      return done
    })
    stream.said.push({ role: 'assistant', text: transcript })
  }

  for (let at = 0; at < exchanges; at++) {
    ask(at)
    if (at % exchangesPerCall === exchangesPerCall - 1) call(at)
    answer(at)
  }
  return stream
}

function usageOf(input: number, output: number): NonNullable<RealtimeResponse['usage']> {
  return {
    total_tokens: input + output,
    input_tokens: input,
    output_tokens: output,
    input_token_details: { text_tokens: input / 2, audio_tokens: input / 2, cached_tokens: 0 },
    output_token_details: { text_tokens: output / 3, audio_tokens: (output / 3) * 2 },
  }
}

/** What everybody decodes is compared by the sum of all samples. */
export function sumOf(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum = (sum + sample) | 0
  return sum
}

function piece(ms: number, random: () => number): { delta: string; checksum: number } {
  const samples = Int16Array.from({ length: msToSamples(ms) }, () => (random() - 0.5) * 20_000)
  return { delta: encodeBase64(samplesToBytes(samples)), checksum: sumOf(samples) }
}
