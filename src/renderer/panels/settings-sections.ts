// The sections of the settings, with the words that find each: for the search and the palette. What stands in them is
// settings.tsx.
import type { Say } from '../../core/language/messages.ts'

export interface SettingsSection {
  id: SectionId
  title: string
  /** What stands in it, as one would search for it. */
  also: string
}

export type SectionId =
  'service' | 'network' | 'voice' | 'turns' | 'tasks' | 'sound' | 'key' | 'privacy' | 'data' | 'appearance' | 'devices'

const sections = [
  { id: 'service', name: 'service' },
  { id: 'network', name: 'network' },
  { id: 'voice', name: 'voice' },
  { id: 'turns', name: 'turns' },
  { id: 'tasks', name: 'tasks' },
  { id: 'sound', name: 'sound' },
  { id: 'key', name: 'talkKeyAndStart' },
  { id: 'privacy', name: 'keysInWords' },
  { id: 'data', name: 'data' },
  { id: 'appearance', name: 'appearance' },
  { id: 'devices', name: 'otherDevices' },
] as const satisfies readonly { id: SectionId; name: string }[]

/** What a paired device may set, where it may (core/devices/rights.ts). */
const forDevices: readonly SectionId[] = ['turns', 'appearance']

/** Those that there are in that shell. */
export function settingsSections(shell: 'electron' | 'browser' | 'device', say: Say): readonly SettingsSection[] {
  return sections
    .filter(({ id }) => (shell === 'device' ? forDevices.includes(id) : id !== 'key' || shell === 'electron'))
    .map(({ id, name }) => ({ id, title: say(`settings.${name}`), also: say(`settings.${name}.also`) }))
}
