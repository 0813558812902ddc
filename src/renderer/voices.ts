// The voices that a service is known to have, the usual one first. Pure.
import type { Say } from '../core/language/messages.ts'
import type { Settings } from '../core/settings.ts'

type Option = readonly [voice: string, name: string]

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** As OpenAI's guide to the Realtime API lists them; it recommends the first two. */
const openAi = ['marin', 'cedar', 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse']

function known(kind: 'embedded' | 'openai', say: Say): readonly Option[] {
  const usual: Option = ['', say('voices.usual')]
  if (kind === 'openai') return [usual, ...openAi.map((name): Option => [name, capital(name)])]
  return [usual, ['rms', say('voices.man', { name: 'Rms' })], ['slt', say('voices.woman', { name: 'Slt' })]]
}

/** @returns null where nobody knows which voices there are: another server's. A voice that is set is always among them. */
export function voiceOptions(
  { endpoint, voice }: Pick<Settings, 'endpoint' | 'voice'>,
  say: Say,
): readonly Option[] | null {
  if (endpoint.kind === 'compatible') return null
  const options = known(endpoint.kind, say)
  return options.some(([one]) => one === voice) ? options : [...options, [voice, voice]]
}
