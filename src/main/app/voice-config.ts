// From what a person set to where a voice session is, and which models it and its agent use. Pure; what the session is asked
// for is core/voice-wishes.ts.
import { usualModels } from '../../core/models.ts'
import type { Settings } from '../../core/settings.ts'
import type { Limit } from '../../core/spending/day.ts'
import { modelsInUse } from '../../core/voice-wishes.ts'
import { talkModeOf, type TalkMode } from '../../core/views.ts'
import type { Naming } from '../named-talk.ts'
import type { AgentWishes } from '../compose-work.ts'

/** The name under which the endpoint's key is kept; null where none is needed. */
export function keyNameOf(endpoint: Settings['endpoint']): string | null {
  switch (endpoint.kind) {
    case 'embedded':
      return null
    case 'openai':
      return 'openai'
    case 'compatible':
      return `compatible ${new URL(endpoint.baseUrl).host}`
  }
}

const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Hands-free: what is heard costs money, leaves this computer, or keeps the built-in voice busy. */
export function sendsOnlySpeech({ endpoint, sends }: Pick<Settings, 'endpoint' | 'sends'>): boolean {
  if (sends !== 'automatic') return sends === 'speech'
  if (endpoint.kind === 'compatible') return !isHere.test(new URL(endpoint.baseUrl).hostname)
  return true
}

/** The name under which name and password of the proxy in the settings are kept; null where none is set there. */
export function proxyKeyName(proxy: Settings['proxy']): string | null {
  return proxy === 'system' || proxy === 'none' ? null : `proxy ${new URL(proxy).host}`
}

export function endpointNameOf(endpoint: Settings['endpoint']): string {
  return endpoint.kind === 'compatible' ? new URL(endpoint.baseUrl).host : endpoint.kind
}

/** The agent's model. Where nobody names one: OpenAI's voice models do no such work, others have but one. */
export function agentModelOf({ endpoint, agentModel }: Pick<Settings, 'endpoint' | 'agentModel'>): string {
  if (agentModel !== '') return agentModel
  return endpoint.kind === 'openai' ? usualModels.agent : endpoint.model
}

/** Only where it is known that the service has a search of its own. */
export function searchesWeb({ endpoint, webSearch }: Pick<Settings, 'endpoint' | 'webSearch'>): boolean {
  return webSearch && endpoint.kind === 'openai'
}

/** What the agent's requests ask for; to another server than OpenAI nothing that the person did not choose. */
export function agentWishesOf(settings: Settings): AgentWishes {
  const { endpoint, agentEffort } = settings
  return {
    model: agentModelOf(settings),
    effort: agentEffort === '' || endpoint.kind === 'embedded' ? null : agentEffort,
    webSearch: searchesWeb(settings),
    cachesByKey: endpoint.kind === 'openai',
    // The built-in voice has a clock of its own.
    tellsTime: endpoint.kind !== 'embedded',
  }
}

/** What a day may cost, and what it is about to be spent on. */
export function limitOf(settings: Settings): Limit {
  const agent = { model: agentModelOf(settings), searches: searchesWeb(settings) }
  return {
    capUsd: settings.dailyLimitUsd,
    inUse: modelsInUse(settings, endpointNameOf(settings.endpoint), agent),
    accepted: settings.unpricedModels,
  }
}

/** What the voice does in place, without handing it to the agent. */
export const quickTools = [
  'calculate',
  'set_timer',
  'set_reminder',
  'list_timers',
  'cancel_timer',
  'add_note',
  'read_notes',
]

/** Whether a session made with one has to be made anew for the other; how turns end changes on the live one. */
export function needsNewSession(before: Settings, after: Settings): boolean {
  return fixedParts.some((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
}

const fixedParts = [
  'endpoint',
  'proxy',
  'agentModel',
  'agentEffort',
  'webSearch',
  'voice',
  'voiceEffort',
  'speed',
  'languages',
  'keywords',
  'transcriptionModel',
  'noiseReduction',
  'instructions',
] as const

/** What the switch between the ways of talking sets; who ends a turn stays where that fits. */
export function turnsFor(mode: TalkMode, { turnMode, byName }: Settings): Pick<Settings, 'turnMode' | 'byName'> {
  if (mode === 'hold') return { turnMode: 'manual', byName }
  return { turnMode: turnMode === 'manual' ? 'semantic' : turnMode, byName: mode === 'by-name' }
}

/** How it is called; null: it need not be. */
export function namingOf(
  settings: Pick<Settings, 'turnMode' | 'byName' | 'phrase' | 'staysOpenSeconds'>,
): Naming | null {
  if (talkModeOf(settings) !== 'by-name') return null
  return { phrase: settings.phrase, staysOpenMs: settings.staysOpenSeconds * 1_000 }
}
