// Between the captions and the talk control: what Parley asks leave for, what it works at, and what is still to be answered.
import { useKnown } from '../hooks.ts'
import { isActive } from '../task-words.ts'
import { ApprovalCard } from './approval-card.tsx'
import { Draft } from './draft.tsx'
import { TaskCard } from './task-card.tsx'

export function Work() {
  const { approvals, tasks } = useKnown()
  const active = tasks.filter(isActive)
  return (
    <section class="work" aria-label="Work">
      {approvals.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} />
      ))}
      {active.map((task) => (
        <TaskCard key={task.id} task={task} />
      ))}
      <Draft />
    </section>
  )
}
