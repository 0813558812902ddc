// One entry of the transcript. It is drawn anew only when its own turn, call or task is another.
import type { Turn } from '../../core/conversation/reduce.ts'
import { useKnown, useLanguage, useNow } from '../hooks.ts'
import { memo } from '../memo.ts'
import { taskViewOf } from '../task-words.ts'
import type { TranscriptEntry } from '../transcript.ts'
import { CallRow } from './call-row.tsx'
import { EarlyLine, TurnLine } from './line.tsx'
import { TaskCard } from './task-card.tsx'

/** `early`: words of a turn that the record does not have yet. */
export type RowEntry = TranscriptEntry | { type: 'early'; id: string; role: Turn['role'] }

export const Row = memo<{ entry: RowEntry }>(
  ({ entry }) => {
    switch (entry.type) {
      case 'day':
        return <Day atMs={entry.atMs} />
      case 'turn':
        return <TurnLine turn={entry.turn} />
      case 'early':
        return <EarlyLine id={entry.id} role={entry.role} />
      case 'call':
        return <CallRow call={entry.call} />
      case 'task':
        return <EndedTask entry={entry} />
    }
  },
  ({ entry: one }, { entry: other }) =>
    one.type === other.type && one.id === other.id && valueOf(one) === valueOf(other),
)

function valueOf(entry: RowEntry): unknown {
  switch (entry.type) {
    case 'day':
      return entry.atMs
    case 'turn':
      return entry.turn
    case 'early':
      return entry.role
    case 'call':
      return entry.call
    case 'task':
      return entry.task
  }
}

function Day({ atMs }: { atMs: number }) {
  const { dayName } = useLanguage()
  const nowMs = useNow(60_000)
  return (
    <h3 class="day">
      <time dateTime={new Date(atMs).toISOString().slice(0, 10)}>{dayName(atMs, nowMs)}</time>
    </h3>
  )
}

function EndedTask({ entry }: { entry: Extract<RowEntry, { type: 'task' }> }) {
  const view = useKnown((known) => known.tasks.find(({ id }) => id === entry.id))
  return <TaskCard task={view ?? taskViewOf(entry.task, [])} />
}
