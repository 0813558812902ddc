// Over the end of the transcript: what Parley asks leave for, one at a time, what it works at, what is still to be answered, and
// the pictures that go with the next words. The transcript keeps so much room below its last line that nothing stays covered.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useFocusBack } from '../focus-return.ts'
import { useKnown, useLanguage } from '../hooks.ts'
import { useRoving } from '../roving.ts'
import { isActive } from '../task-words.ts'
import { WaitingPictures } from './add-picture.tsx'
import { ApprovalCard } from './approval-card.tsx'
import { Draft } from './draft.tsx'
import { TaskCard } from './task-card.tsx'

export function Work() {
  const { say } = useLanguage()
  const approvals = useKnown((known) => known.approvals)
  const tasks = useKnown((known) => known.tasks)
  const box = useRef<HTMLElement>(null)
  const active = tasks.filter(isActive)
  const [approval] = approvals

  useFocusBack(box)
  const { onKeyDown } = useRoving(box, { rows: '.task-row', begin: 'first', count: active.length })

  useLayoutEffect(() => {
    const { current } = box
    if (!current) return undefined
    const observer = new ResizeObserver(() => {
      current.parentElement?.style.setProperty('--work', `${current.offsetHeight}px`)
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [])

  return (
    <section class="work" aria-label={say('work.area')} ref={box} onKeyDown={onKeyDown}>
      {approval && <ApprovalCard key={approval.id} approval={approval} others={approvals.length - 1} />}
      {active.length > 0 && (
        <ul class="task-rows" aria-label={say('work.tasks')}>
          {active.map((task, index) => (
            <li key={task.id} class="task-row" data-index={index} data-key={task.id}>
              <TaskCard task={task} />
            </li>
          ))}
        </ul>
      )}
      <Draft />
      <WaitingPictures />
    </section>
  )
}
