// Frames as a voice service sends them, one of every type that Parley reads, and what may become of them on the way:
// flipped bytes, other types, deep nests, huge numbers, names that every object has.

const message = { id: 'item_1', object: 'realtime.item', type: 'message', status: 'completed', role: 'assistant' }
const item = { ...message, content: [{ type: 'output_audio', transcript: 'Hi' }] }
const usage = {
  total_tokens: 127,
  input_tokens: 120,
  output_tokens: 7,
  input_token_details: { text_tokens: 120, audio_tokens: 0, cached_tokens: 64 },
  output_token_details: { text_tokens: 7, audio_tokens: 0 },
}
const response = { object: 'realtime.response', id: 'resp_1', conversation_id: 'conv_1', output: [], usage: null }
const part = { response_id: 'resp_1', item_id: 'item_1', output_index: 0, content_index: 0 }
const heard = { item_id: 'item_2', content_index: 0 }
const session = { id: 'sess_1', object: 'realtime.session', type: 'realtime', expires_at: 1_800_000_000 }
const error = { type: 'invalid_request_error', code: 'invalid_value', message: 'No.', param: null, event_id: null }

export type Skeleton = Record<string, unknown> & { type: string }

export const frameSkeletons: readonly Skeleton[] = [
  { type: 'session.created', session },
  { type: 'session.updated', session },
  { type: 'error', error },
  { type: 'error', error: { ...error, code: 'conversation_already_has_active_response', event_id: 'create_1' } },
  { type: 'input_audio_buffer.speech_started', audio_start_ms: 5_120, item_id: 'item_2' },
  { type: 'input_audio_buffer.speech_stopped', audio_end_ms: 6_120, item_id: 'item_2' },
  { type: 'input_audio_buffer.committed', item_id: 'item_2', previous_item_id: 'item_1' },
  { type: 'input_audio_buffer.cleared' },
  { type: 'conversation.item.input_audio_transcription.delta', ...heard, delta: 'Hel' },
  { type: 'conversation.item.input_audio_transcription.completed', ...heard, transcript: 'Hello', usage: null },
  { type: 'conversation.item.input_audio_transcription.failed', ...heard, error: { code: 'x', message: 'No.' } },
  { type: 'response.created', response: { ...response, status: 'in_progress', status_details: null } },
  { type: 'response.created', response: { ...response, id: 'resp_2', status: 'in_progress', conversation_id: null } },
  { type: 'response.output_item.added', response_id: 'resp_1', output_index: 0, item: { ...message, content: [] } },
  { type: 'conversation.item.added', previous_item_id: null, item: { ...message, content: [] } },
  { type: 'response.output_text.delta', ...part, delta: 'Hi', obfuscation: 'aB3dE6gH9jK' },
  { type: 'response.output_text.done', ...part, text: 'Hi' },
  { type: 'response.output_audio_transcript.delta', ...part, delta: 'Hi' },
  { type: 'response.output_audio_transcript.done', ...part, transcript: 'Hi' },
  { type: 'response.output_audio.delta', ...part, delta: 'AAAA' },
  { type: 'response.output_audio.done', ...part },
  { type: 'conversation.item.done', previous_item_id: null, item },
  { type: 'conversation.item.deleted', item_id: 'item_1' },
  { type: 'conversation.item.truncated', item_id: 'item_1', content_index: 0, audio_end_ms: 1_840 },
  { type: 'response.output_item.done', response_id: 'resp_1', output_index: 0, item },
  { type: 'response.done', response: { ...response, status: 'completed', output: [item], usage } },
  { type: 'response.done', response: { ...response, status: 'failed', status_details: { error } } },
]

const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', 'x'.repeat(65)]
const values: readonly unknown[] = [
  ...names,
  null,
  true,
  [],
  {},
  -1,
  0.5,
  1e308,
  -1e308,
  2 ** 53,
  '\u0000',
  '\ud800',
  'x'.repeat(2_000),
  { __proto__: null, polluted: 1 },
  [[[[]]]],
]

/** Ten frames, the same for the same seed; most are damaged, some are whole. */
export function mutateFrame(seed: number, skeletons: readonly Skeleton[] = frameSkeletons): string[] {
  const next = randomBelow(seed)
  return Array.from({ length: 10 }, () => {
    const frame = structuredClone(skeletons[next(skeletons.length)]) as Record<string, unknown>
    switch (next(8)) {
      case 0:
        return JSON.stringify(frame)
      case 1:
        return flip(JSON.stringify(frame), next)
      case 2:
        return JSON.stringify({ ...frame, type: `${String(frame['type'])}.new` })
      case 3:
        return JSON.stringify(frame).slice(0, next(200))
      case 4:
        return JSON.stringify(frame).replace(
          '{',
          `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},`,
        )
      case 5:
        return JSON.stringify(frame).replace('}', `,"more":${'['.repeat(next(200))}${']'.repeat(next(200))}}`)
      default:
        alterOne(frame, next)
        return JSON.stringify(frame)
    }
  })
}

function flip(text: string, next: (below: number) => number): string {
  const bytes = Buffer.from(text)
  for (let flips = 1 + next(3); flips > 0; flips--) bytes[next(bytes.length)]! ^= 1 << next(8)
  return bytes.toString('utf8')
}

/** One field, at any depth, gets another value, another name, or goes. */
function alterOne(root: Record<string, unknown>, next: (below: number) => number): void {
  const places: { holder: Record<string, unknown>; name: string }[] = []
  const collect = (holder: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(holder)) {
      if (holder !== root || name !== 'type') places.push({ holder, name })
      if (typeof value === 'object' && value !== null) collect(value as Record<string, unknown>)
    }
  }
  collect(root)
  const place = places[next(places.length)]
  if (!place) return
  const { holder, name } = place
  if (next(4) === 0) Reflect.deleteProperty(holder, name)
  else holder[name] = values[next(values.length)]
}

/** mulberry32, so that a seed names its frames for good. */
function randomBelow(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
