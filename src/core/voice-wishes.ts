// From what a person set to what a voice session is asked for. OpenAI's newest models are used with all that they take; to
// any other server nothing is sent that the person did not choose. Pure.
import { readingModel, usualModels, voiceModel } from './models.ts'
import type { Reading, VoiceConfig } from './realtime/commands.ts'
import type { Settings } from './settings.ts'
import { pricedModel, type UsedModel } from './spending/prices.ts'

const standingInstructions =
  'You are Parley, a voice companion. Answer in one or two short spoken sentences unless you are asked for more.'

/** A full session drops a fifth at once, so that the rest stays cached for a while. */
const retention = 0.8

export type VoiceWishes = Pick<
  Settings,
  | 'endpoint'
  | 'voice'
  | 'speed'
  | 'languages'
  | 'keywords'
  | 'transcriptionModel'
  | 'noiseReduction'
  | 'voiceEffort'
  | 'instructions'
  | 'turnMode'
  | 'eagerness'
>

export function voiceConfigOf(wishes: VoiceWishes): VoiceConfig {
  const { endpoint, voice, voiceEffort, noiseReduction } = wishes
  const isOpenAi = endpoint.kind === 'openai'
  const reasons = isOpenAi && (voiceModel(endpoint.model)?.reasons ?? false)
  // The built-in voice has neither.
  const isAsked = endpoint.kind === 'compatible' || isOpenAi
  return {
    instructions: [standingInstructions, wishes.instructions.trim()].filter(Boolean).join('\n\n'),
    voice: voice === '' ? usualVoice(endpoint.kind) : voice,
    speed: wishes.speed,
    transcription: readingFor(wishes),
    mode: wishes.turnMode,
    eagerness: wishes.eagerness,
    knowsMeaning: knowsMeaning(endpoint),
    noiseReduction: !isAsked || noiseReduction === 'off' ? null : `${noiseReduction}_field`,
    effort: voiceEffort !== '' && (reasons || endpoint.kind === 'compatible') ? voiceEffort : null,
    parallelCalls: reasons ? true : null,
    retention: isOpenAi ? retention : null,
    tools: [],
  }
}

function usualVoice(kind: Settings['endpoint']['kind']): string | null {
  switch (kind) {
    case 'embedded':
      return 'rms'
    case 'openai':
      return 'marin'
    case 'compatible':
      return null
  }
}

/** Azure runs OpenAI's own models; what others make of `semantic_vad` is not known. */
function knowsMeaning(endpoint: Settings['endpoint']): boolean {
  return endpoint.kind !== 'compatible' || /\.azure\.com$/i.test(new URL(endpoint.baseUrl).hostname)
}

/** The model that reads the person's words, null where none is named. */
export function readingModelOf({
  endpoint,
  transcriptionModel,
}: Pick<Settings, 'endpoint' | 'transcriptionModel'>): string | null {
  if (endpoint.kind === 'embedded') return 'embedded'
  if (transcriptionModel !== '') return transcriptionModel
  return endpoint.kind === 'openai' ? usualModels.reading : null
}

function readingFor(wishes: VoiceWishes): Reading | null {
  const { endpoint, languages, keywords } = wishes
  const model = readingModelOf(wishes)
  const named = model === null ? {} : { model }
  if (endpoint.kind === 'embedded') return named
  const takes = (model === null ? null : readingModel(model)) ?? { languages: 'one', words: 'none' }
  const [only] = languages.length === 1 ? languages : []
  const many = takes.languages === 'many'
  const spoken = many ? (languages.length > 0 ? { languages } : {}) : only === undefined ? {} : { language: only }
  const reading = { ...named, ...spoken, ...(keywords.length === 0 ? {} : wordsFor(takes.words, keywords)) }
  return Object.keys(reading).length === 0 ? null : reading
}

function wordsFor(how: 'keywords' | 'prompt' | 'none', keywords: readonly string[]): Reading {
  if (how === 'keywords') return { keywords }
  return how === 'prompt' ? { prompt: keywords.join(', ') } : {}
}

/** What is about to be paid for, as prices name it; the built-in voice costs nothing. */
export function modelsInUse(
  wishes: Pick<Settings, 'endpoint' | 'transcriptionModel'>,
  service: string,
  agent: { model: string; searches: boolean },
): UsedModel[] {
  const { endpoint } = wishes
  if (endpoint.kind === 'embedded') return []
  const named = (model: string): string => pricedModel(service, model)
  const reading = readingModelOf(wishes)
  return [
    { name: named(endpoint.model), does: 'voice' },
    ...(reading === null ? [] : [{ name: named(reading), does: 'reading' as const }]),
    { name: named(agent.model), does: agent.searches ? 'searching agent' : 'agent' },
  ]
}
