// The models that OpenAI's services have, what each takes, and which is used where nobody names one. The one list of it, as of
// 26 November 2026 (the models' pages at developers.openai.com/api/docs/models and the types of the openai package); what they
// cost is spending/prices.ts. Other servers' models are nobody's to list.

interface VoiceModel {
  name: string
  /** The window less the largest answer: what a session can hold. */
  inputTokens: number
  /** It thinks before it speaks: `reasoning` and `parallel_tool_calls` are for such alone. */
  reasons: boolean
  /** The day on which the service ends it, ISO; null while none is told. */
  ends: string | null
}

/** A window of 128,000 less 32,000 of the answer; of the older ones 32k less 4,096. */
const largeInput = 96_000
const smallInput = 28_224

export const voiceModels: readonly VoiceModel[] = [
  { name: 'gpt-realtime-2.1', inputTokens: largeInput, reasons: true, ends: null },
  { name: 'gpt-realtime-2.1-mini', inputTokens: largeInput, reasons: true, ends: null },
  { name: 'gpt-realtime-2', inputTokens: largeInput, reasons: true, ends: null },
  { name: 'gpt-realtime-1.5', inputTokens: smallInput, reasons: false, ends: null },
  { name: 'gpt-realtime', inputTokens: smallInput, reasons: false, ends: '2027-01-20' },
  { name: 'gpt-realtime-mini', inputTokens: smallInput, reasons: false, ends: '2027-01-20' },
]

/** How a transcription model is told of languages and of words that it could not know. */
interface ReadingModel {
  name: string
  languages: 'many' | 'one'
  words: 'keywords' | 'prompt' | 'none'
}

export const readingModels: readonly ReadingModel[] = [
  { name: 'gpt-transcribe', languages: 'many', words: 'keywords' },
  { name: 'gpt-live-transcribe', languages: 'many', words: 'keywords' },
  { name: 'gpt-realtime-whisper', languages: 'one', words: 'none' },
  { name: 'gpt-4o-transcribe', languages: 'one', words: 'prompt' },
  { name: 'gpt-4o-mini-transcribe', languages: 'one', words: 'prompt' },
  { name: 'whisper-1', languages: 'one', words: 'prompt' },
]

/** Of long tasks. */
export const agentModels = [
  'gpt-6.1-terra',
  'gpt-6.1-sol',
  'gpt-6-luna',
  'gpt-6-astra',
  'gpt-5.6-terra',
  'gpt-5.6-sol',
] as const

export const usualModels = {
  voice: 'gpt-realtime-2.1',
  reading: 'gpt-transcribe',
  agent: 'gpt-6.1-terra',
} as const

/** By its name; a dated snapshot (`…-2026-01-31`) is its model, and one that is not listed is null. */
function listed<Model extends { name: string }>(models: readonly Model[], name: string): Model | null {
  const family = name.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  return models.find((one) => one.name === name) ?? models.find((one) => one.name === family) ?? null
}

export function voiceModel(name: string): VoiceModel | null {
  return listed(voiceModels, name)
}

export function readingModel(name: string): ReadingModel | null {
  return listed(readingModels, name)
}

/** Of a model that nobody listed too little is better than too much. */
export function inputCeiling(model: string): number {
  return voiceModel(model)?.inputTokens ?? (/^gpt-realtime-(?:[2-9]|\d\d)/.test(model) ? largeInput : smallInput)
}
