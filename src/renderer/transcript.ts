// What stands between the first word and the last, in its order: what was said, what was done meanwhile, and the tasks that
// have ended, each behind the turn in which it was asked for. Pure.
import type { Conversation, TaskEntry, ToolCall } from '../core/conversation/reduce.ts'
import type { CaptionLine } from './words.ts'

export type TranscriptEntry =
  | { type: 'line'; id: string; line: CaptionLine }
  | { type: 'call'; id: string; call: ToolCall }
  | { type: 'task'; id: string; task: TaskEntry }

/** They begin, follow and end tasks; the task's card says the same. */
const toldByCards = new Set(['ask_agent', 'task_status', 'cancel_task', 'task_result'])

/** @param lines of the same conversation */
export function transcriptOf(
  { turns, tools, tasks }: Conversation,
  lines: readonly CaptionLine[],
): readonly TranscriptEntry[] {
  const shown = new Map(lines.map((line) => [line.id, line]))
  const known = new Set(turns.map(({ id }) => id))
  const done: readonly (TranscriptEntry & { after: string | null })[] = [
    ...tools.filter(isShown).map((call) => ({ type: 'call' as const, id: call.call, call, after: call.after })),
    ...tasks
      .filter(({ state }) => state !== 'working')
      .map((task) => ({ type: 'task' as const, id: task.id, task, after: task.after })),
  ]
  const behind = (turn: string | null): TranscriptEntry[] => done.filter(({ after }) => after === turn)
  const lineEntry = (line: CaptionLine): TranscriptEntry => ({ type: 'line', id: line.id, line })
  return [
    ...behind(null),
    ...turns.flatMap(({ id }) => {
      const line = shown.get(id)
      return [...(line ? [lineEntry(line)] : []), ...behind(id)]
    }),
    ...lines.filter(({ id }) => !known.has(id)).map(lineEntry),
    // Behind a turn that is not here any more: it was done all the same.
    ...done.filter(({ after }) => after !== null && !known.has(after)),
  ]
}

/** Work of a task stands on its card; bookkeeping that went wrong is no longer told by one. */
function isShown({ name, task, state }: ToolCall): boolean {
  return task === null && (!toldByCards.has(name) || state === 'failed' || state === 'unknown')
}
