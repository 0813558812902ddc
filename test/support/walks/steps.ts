// What can happen in a conversation, as plain values that fast-check draws and shrinks.
import fc from 'fast-check'
import type { Answer } from '../service/habits.ts'

export type AnswerKind =
  'plain' | 'long' | 'slow' | 'failed' | 'half failed' | 'empty' | 'text' | 'tokens' | 'cancelled' | 'silent'

export type Cut = 'reset' | 1011 | 1012 | 1013 | 'vanish'

export type Step =
  /** The person says something; `tool`: that makes the model call a function. */
  | { do: 'speak'; ms: number; tool: boolean; thenQuiet: boolean }
  | { do: 'type'; tool: boolean }
  /** By key alone. */
  | { do: 'press' | 'release' }
  | { do: 'wait'; ms: number }
  | { do: 'hush' | 'take back' | 'put back' | 'retry' | 'tool ends' | 'reminder' }
  /** The next answer is of this kind. */
  | { do: 'answer'; kind: AnswerKind }
  | { do: 'cut'; how: Cut; downMs: number }
  /** Cut when the service sends the next event of that type: before or behind it. */
  | { do: 'cut at'; type: string; isBehind: boolean; how: Cut }
  /** Of the next event of that type. */
  | { do: 'disorder'; type: string; how: 'lost' | 'twice' | 'late' }
  | { do: 'transcripts'; are: number | 'before' | 'failed' | null }
  | { do: 'acknowledgements'; afterMs: number }

export interface Walk {
  mode: 'semantic' | 'manual'
  latencyMs: number
  /** The service ends a session after so long; it is handed over before. */
  sessionMs: number
  steps: readonly Step[]
}

const eventTypes = [
  'input_audio_buffer.speech_started',
  'input_audio_buffer.speech_stopped',
  'input_audio_buffer.committed',
  'conversation.item.added',
  'conversation.item.done',
  'conversation.item.deleted',
  'conversation.item.truncated',
  'conversation.item.input_audio_transcription.completed',
  'response.created',
  'response.output_item.added',
  'response.output_audio.delta',
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.output_item.done',
  'response.done',
]

const cut = fc.constantFrom<Cut[]>('reset', 'reset', 1011, 1012, 1013, 'vanish')
const type = fc.constantFrom(...eventTypes)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('speak' as const),
      ms: fc.constantFrom(200, 400, 800),
      tool: fc.boolean(),
      thenQuiet: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('type' as const), tool: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('press' as const, 'release' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(40, 150, 400, 1_200, 3_000, 8_000) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'hush' as const,
        'take back' as const,
        'put back' as const,
        'retry' as const,
        'tool ends' as const,
        'tool ends' as const,
        'reminder' as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      kind: fc.constantFrom<AnswerKind[]>(
        'long',
        'slow',
        'failed',
        'half failed',
        'empty',
        'text',
        'tokens',
        'cancelled',
        'silent',
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      how: cut,
      downMs: fc.constantFrom(0, 0, 300, 1_500),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut at' as const), type, isBehind: fc.boolean(), how: cut }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('disorder' as const),
      type,
      how: fc.constantFrom('lost' as const, 'twice' as const, 'late' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('transcripts' as const),
      are: fc.constantFrom<(number | 'before' | 'failed' | null)[]>(60, 1_500, 20_000, 'before', 'failed', null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('acknowledgements' as const), afterMs: fc.constantFrom(0, 300, 1_500) }),
  },
)

export const anyWalk: fc.Arbitrary<Walk> = fc.record({
  mode: fc.constantFrom('semantic' as const, 'manual' as const),
  latencyMs: fc.constantFrom(5, 20, 120),
  sessionMs: fc.constantFrom(3_600_000, 3_600_000, 20_000),
  steps: fc.array(step, { minLength: 3, maxLength: 14 }),
})

const words = 'one two three four five six seven eight nine ten'

export function answerOf(kind: AnswerKind, number: number): Partial<Answer> {
  const long = { words: `A${number} ${words}`, audioMs: 2_000, everyMs: 30 }
  switch (kind) {
    case 'plain':
      return { words: `A${number} done.`, audioMs: 400 }
    case 'long':
      return long
    case 'slow':
      return { ...long, thinkMs: 700, everyMs: 250 }
    case 'failed':
      return { audioMs: 0, end: { type: 'failed', code: 'server_error', message: 'No.' } }
    case 'half failed':
      return { ...long, audioMs: 600, end: { type: 'failed', code: 'server_error', message: 'No.' } }
    case 'empty':
      return { end: { type: 'nothing' } }
    case 'text':
      return { ...long, modality: 'text' }
    case 'tokens':
      return { ...long, audioMs: 600, end: { type: 'max_output_tokens' } }
    case 'cancelled':
      return { ...long, audioMs: 600, end: { type: 'cancelled' } }
    case 'silent':
      return { ...long, audioMs: 600, end: { type: 'silent' } }
  }
}
