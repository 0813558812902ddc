// The voices that a service is known to have, the usual one first. Pure.
import type { Settings } from '../core/settings.ts'

type Option = readonly [voice: string, name: string]

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** As OpenAI's guide to the Realtime API lists them; it recommends the first two. */
const openAi = ['marin', 'cedar', 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse']

const usual: Option = ['', 'The usual one']
const known: Record<'embedded' | 'openai', readonly Option[]> = {
  embedded: [usual, ['rms', 'Rms, a man’s voice'], ['slt', 'Slt, a woman’s voice']],
  openai: [usual, ...openAi.map((name): Option => [name, capital(name)])],
}

/** @returns null where nobody knows which voices there are: another server's. A voice that is set is always among them. */
export function voiceOptions({ endpoint, voice }: Pick<Settings, 'endpoint' | 'voice'>): readonly Option[] | null {
  if (endpoint.kind === 'compatible') return null
  const options = known[endpoint.kind]
  return options.some(([one]) => one === voice) ? options : [...options, [voice, voice]]
}
