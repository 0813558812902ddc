// The sections of the settings, with the words that find each: for the search and the palette. What stands in them is
// settings.tsx.
export interface SettingsSection {
  id: SectionId
  title: string
  /** What stands in it, as one would search for it. */
  also: string
  /** Only there. */
  shell?: 'electron' | 'browser'
}

export type SectionId = 'service' | 'voice' | 'turns' | 'tasks' | 'sound' | 'key' | 'privacy' | 'appearance'

export const settingsSections: readonly SettingsSection[] = [
  { id: 'service', title: 'Voice service', also: 'openai key server address model ollama lm studio built-in account' },
  { id: 'voice', title: 'Voice', also: 'speed language speak instructions character name preview sound' },
  { id: 'turns', title: 'Taking turns', also: 'pause silence patience interrupt end of turn hold hands-free' },
  { id: 'tasks', title: 'Tasks and tools', also: 'limit money dollars cost spending folders servers mcp results' },
  { id: 'sound', title: 'Sound', also: 'microphone speaker headphones device test volume' },
  {
    id: 'key',
    title: 'Talk key and start',
    also: 'shortcut hotkey keyboard login autostart',
    shell: 'electron',
  },
  { id: 'privacy', title: 'Keys in what you say', also: 'privacy secret password hide mask' },
  {
    id: 'appearance',
    title: 'Appearance and reading',
    also: 'theme colours dark light text size font zoom compact screen reader accessibility spelling',
  },
]
