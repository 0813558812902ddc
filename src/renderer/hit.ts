// A place that was searched for: the conversation is opened there and the words are marked until one searches for others.
import type { App } from './actions.ts'
import { lookEarlier } from './actions.ts'
import type { FoundPlace } from '../core/shown-parts.ts'
import type { Known } from './store.ts'

/** Opens the conversation and loads it as far back as the place lies. @returns whether it could be opened */
export async function openAt(app: App, { entry, turn }: FoundPlace, words: string): Promise<boolean> {
  app.hit.set(null)
  if (!(await app.ask('open', { id: entry.id })).ok) return false
  if (turn === null) return true
  await known(app, ({ conversation }) => conversation.id === entry.id)
  while (!holds(app, turn)) if (!(await lookEarlier(app, turn))) return true
  app.hit.set({ conversation: entry.id, turn, words })
  return true
}

function holds({ store }: App, turn: string): boolean {
  return store.value().conversation.turns.some(({ id }) => id === turn)
}

/** The answer to a request can overtake what it changes. */
function known({ store }: App, matches: (known: Known) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!matches(store.value())) return
      undo()
      resolve()
    }
    const undo = store.listen(look)
    look()
  })
}
