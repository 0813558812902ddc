// What stands between the first word and the last, in its order: days, what was said, what was done meanwhile, and the tasks
// that have ended, each behind the turn in which it was asked for. Pure.
import type { Conversation, TaskEntry, ToolCall, Turn } from '../core/conversation/reduce.ts'
import { startOfDay } from '../core/language/formats.ts'

export type TranscriptEntry =
  | { type: 'day'; id: string; atMs: number }
  | { type: 'turn'; id: string; turn: Turn }
  | { type: 'call'; id: string; call: ToolCall }
  | { type: 'task'; id: string; task: TaskEntry }

/** They begin, follow and end tasks; the task's card says the same. */
const toldByCards = new Set(['ask_agent', 'add_to_task', 'task_status', 'cancel_task', 'task_result'])

export function transcriptOf({
  turns,
  tools,
  tasks,
}: Pick<Conversation, 'turns' | 'tools' | 'tasks'>): readonly TranscriptEntry[] {
  const known = new Set(turns.map(({ id }) => id))
  const behind = new Map<string | null, TranscriptEntry[]>()
  /** Behind a turn that is not here any more: it was done all the same. */
  const last: TranscriptEntry[] = []
  const put = (after: string | null, entry: TranscriptEntry): void => {
    if (after !== null && !known.has(after)) last.push(entry)
    else behind.set(after, [...(behind.get(after) ?? []), entry])
  }
  for (const call of tools) if (isShown(call)) put(call.after, { type: 'call', id: call.call, call })
  for (const task of tasks) if (task.state !== 'working') put(task.after, { type: 'task', id: task.id, task })

  const entries: TranscriptEntry[] = [...(behind.get(null) ?? [])]
  let day = Number.NaN
  for (const turn of turns) {
    if (isSilent(turn)) {
      entries.push(...(behind.get(turn.id) ?? []))
      continue
    }
    const own = startOfDay(turn.startedMs)
    if (own !== day) entries.push({ type: 'day', id: `${turn.id} day`, atMs: turn.startedMs })
    day = own
    entries.push({ type: 'turn', id: turn.id, turn }, ...(behind.get(turn.id) ?? []))
  }
  return [...entries, ...last]
}

/** The voice said nothing: it made a call. */
function isSilent({ role, state, text, playedMs }: Turn): boolean {
  return role === 'assistant' && state.type === 'final' && text === '' && playedMs === null
}

/** Work of a task stands on its card; bookkeeping that went wrong is no longer told by one. */
function isShown({ name, task, state }: ToolCall): boolean {
  return task === null && (!toldByCards.has(name) || state === 'failed' || state === 'unknown')
}
