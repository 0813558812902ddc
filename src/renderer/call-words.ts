// A call of a tool in plain words: what was done, and what was given to it and came back. Pure.
import type { Say } from '../core/language/messages.ts'

/** Tools whose name alone says too little. Others are called by their name, spelled as words. */
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
  'read_page',
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
