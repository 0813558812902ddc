// A call of a tool in plain words: what was done, how it stands, and what was given to it and came back. Pure.
import type { Risk } from '../core/agent/task.ts'
import type { ToolCall } from '../core/conversation/reduce.ts'

/** Tools whose name alone says too little. Others are called by their name, spelled as words. */
const named: Record<string, string> = {
  ask_agent: 'Give a task to the agent',
  add_to_task: 'Add to a task',
  task_status: 'Look at the tasks',
  cancel_task: 'Stop a task',
  task_result: 'Take a task’s result',
  calculate: 'Work it out',
  list_files: 'List files',
  read_file: 'Read a file',
  search_files: 'Search files',
  write_file: 'Write a file',
  undo_write: 'Undo a write',
  read_page: 'Read a web page',
}

/** `mcp-server__some_tool` is `Some tool (mcp-server)`. */
export function toolWords(name: string): string {
  const known = named[name]
  if (known !== undefined) return known
  const [first = '', ...rest] = name.split('__')
  const plain = (rest.length === 0 ? first : rest.join(' ')).replace(/[_-]+/g, ' ').trim()
  const words = plain === '' ? name : plain.charAt(0).toUpperCase() + plain.slice(1)
  return rest.length === 0 ? words : `${words} (${first})`
}

export function callStateWords(state: ToolCall['state']): string {
  switch (state) {
    case 'asked':
      return 'waiting'
    case 'running':
      return 'running'
    case 'ended':
      return 'done'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'stopped'
    case 'unknown':
      return 'not known whether it was done'
  }
}

/** JSON is indented, anything else stays as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** What a tool does to the world. */
export function riskWords(risk: Risk): string {
  switch (risk) {
    case 'reads':
      return 'only reads'
    case 'changes':
      return 'changes something on this computer'
    case 'opens':
      return 'opens something'
    case 'runs':
      return 'runs a program'
    case 'sends':
      return 'sends something away'
  }
}
