// A call of a tool in plain words: what was done, and what was given to it and came back. Pure.
import type { Say } from '../core/language/messages.ts'

/** Parley's own tools. Others are called by their name, spelled as words. */
const named = [
  'ask_agent',
  'add_to_task',
  'task_status',
  'cancel_task',
  'task_result',
  'calculate',
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
  'read_clipboard',
  'write_clipboard',
  'open_link',
  'open_app',
  'run_command',
  'read_page',
  'reminder',
] as const

/** `mcp-server__some_tool` is `Some tool (mcp-server)`. */
export function toolWords(name: string, say: Say): string {
  const known = named.find((one) => one === name)
  if (known !== undefined) return say(`tool.${known}`)
  const [first = '', ...rest] = name.split('__')
  const plain = (rest.length === 0 ? first : rest.join(' ')).replace(/[_-]+/g, ' ').trim()
  const words = plain === '' ? name : plain.charAt(0).toUpperCase() + plain.slice(1)
  return rest.length === 0 ? words : `${words} (${first})`
}

/** JSON is indented, anything else stays as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
