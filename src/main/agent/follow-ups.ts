// What the person adds to a task that is at work: it joins the task's next request. Kept in the task's log, so that a draft that
// is tried again knows of it; a task that has come to its end takes nothing more.
import { userMessage, type Item } from '../../core/agent/item.ts'
import type { Addition, TaskEntry } from '../../core/agent/task-entry.ts'

export interface FollowUps {
  /** False when the task has come to its end, or has been added to too often. */
  add(added: Addition): boolean
  /** What was added since. */
  take(): readonly Item[]
  /** As `take`; where there is nothing, nothing can be added any more. */
  takeLast(): readonly Item[]
  close(): void
}

const mostAdded = 32

/** @param log keeps it; what was added before the log is there is kept with the next */
export function createFollowUps(log: (entry: TaskEntry) => Promise<void>): FollowUps {
  let waiting: Item[] = []
  let added = 0
  let isOpen = true

  const take = (): readonly Item[] => {
    const taken = waiting
    waiting = []
    return taken
  }

  return {
    add(addition) {
      if (!isOpen || added >= mostAdded) return false
      added++
      waiting.push(followUp(addition))
      // A disk that refuses is told of by the task's next step; the addition itself holds for this run.
      log({ type: 'added', text: addition.text, ...(addition.pictures && { pictures: [...addition.pictures] }) }).catch(
        () => undefined,
      )
      return true
    },
    take,
    takeLast() {
      const last = take()
      isOpen = last.length > 0
      return last
    },
    close: () => void (isOpen = false),
  }
}

export function followUp({ text, pictures }: Addition): Item {
  return userMessage(`The person adds to the task: ${text}`, pictures)
}
