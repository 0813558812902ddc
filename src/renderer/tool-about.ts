// What each of Parley's own tools does, for the person who decides about it; what a model is told of it stands beside. Pure.
import type { Say } from '../core/language/messages.ts'

const own = [
  'list_files',
  'read_file',
  'search_files',
  'write_file',
  'undo_write',
  'read_notes',
  'add_note',
  'remove_note',
  'set_timer',
  'set_reminder',
  'list_timers',
  'cancel_timer',
  'read_page',
  'calculate',
  'read_clipboard',
  'write_clipboard',
  'open_link',
  'open_app',
  'run_command',
] as const

/** @returns null for a tool that somebody else describes */
export function toolAbout(name: string, say: Say): string | null {
  const known = own.find((one) => one === name)
  return known === undefined ? null : say(`tool.about.${known}`)
}
