// The memory of one session: which items it holds and since when, how many tokens they take, and responses that are written
// beside the conversation. What is done with it (compacting, rolling back, showing) is others' business.
import type { Usage } from '../../core/conversation/change.ts'
import {
  beginHolds,
  followHolds,
  idsOfCalls,
  viewHolds,
  type Holds,
  type HoldsView,
  type RestoreProof,
} from '../../core/conversation/holds.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import { askAside, takeAside, type Aside, type AsideEnd, type AsideWish } from '../../core/realtime/aside.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { countUsage } from '../../core/realtime/response-end.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Clock } from '../ports.ts'
import type { Restored, WireProof } from './wire.ts'

export interface Memory {
  begin(proof: WireProof & Pick<RestoreProof, 'sessions' | 'attempts'>, restored: Restored): void
  /** @returns true when the event is none of the conversation's */
  follow(event: HeardEvent): boolean
  /** A text that is written beside the conversation. Never rejects; at the latest after 30 s. One at a time. */
  writeAside(wish: AsideWish): Promise<AsideEnd>
  /** Resolves to whether the service took the item that was sent with its own id as the event's. */
  acknowledged(item: string): Promise<boolean>
  /** Items were taken away: what the service counted no longer holds. */
  shrunk(): void
  idsOfCalls(calls: readonly string[]): string[]
  /** Ids of the notes in front of the conversation. */
  notes(): string[]
  holds(): Holds | null
  /** Tokens of the last response's input and output; null when there is no figure that still holds. */
  counted(): Usage | null
  view(conversation: Conversation): HoldsView | null
  /** The socket is gone. */
  end(): void
}

const asideWithinMs = 30_000
const acknowledgedWithinMs = 5_000
const failed = (reason: string): AsideEnd => ({ type: 'failed', reason, usage: null })
const gone = failed('The line is gone.')

export function createMemory(opts: {
  clock: Clock
  send: (event: ClientEvent) => boolean
  newId: (prefix: string) => string
}): Memory {
  const { clock } = opts
  let holds: Holds | null = null
  let session = ''
  let proof: RestoreProof | null = null
  let counted: Usage | null = null
  let aside: { state: Aside; end: (end: AsideEnd) => void } | null = null
  const awaited = new Map<string, (taken: boolean) => void>()

  function followAside(event: HeardEvent): boolean {
    if (aside === null) return false
    const step = takeAside(aside.state, event)
    if (step.aside !== null) aside.state = step.aside
    if (step.end !== null) aside.end(step.end)
    return step.isOurs
  }

  function settle(item: string, taken: boolean): void {
    awaited.get(item)?.(taken)
  }

  return {
    begin({ session: id, restored: items, digest, sessions, attempts }, { plan, held }) {
      const atMs = clock.nowMs()
      session = id
      proof = { atMs, items, digest, sessions, attempts }
      holds = beginHolds(plan, held, atMs)
    },
    follow(event) {
      if (followAside(event)) return true
      if (holds !== null) holds = followHolds(holds, event, clock.nowMs())
      if (event.type === 'conversation.item.done') settle(event.item.id, true)
      if (event.type === 'error') settle(event.error.event_id ?? '', false)
      if (event.type === 'response.done' && event.response.conversation_id !== null && event.response.usage)
        counted = countUsage(event.response.usage)
      return false
    },
    writeAside(wish) {
      if (aside !== null) return Promise.resolve(failed('Another one is being written.'))
      return new Promise((resolve) => {
        const { aside: state, send } = askAside(opts.newId('aside'), wish)
        const undo = clock.after(asideWithinMs, () => end(failed('It took too long.')))
        const end = (how: AsideEnd): void => {
          undo()
          aside = null
          resolve(how)
        }
        aside = { state, end }
        if (!opts.send(send)) end(gone)
      })
    },
    acknowledged: (item) =>
      new Promise((resolve) => {
        const undo = clock.after(acknowledgedWithinMs, () => settle(item, false))
        awaited.set(item, (taken) => {
          undo()
          awaited.delete(item)
          resolve(taken)
        })
      }),
    shrunk: () => void (counted = null),
    idsOfCalls: (calls) => (holds === null ? [] : idsOfCalls(holds, calls)),
    notes: () => (holds?.items ?? []).filter(({ kind }) => kind === 'note').map(({ id }) => id),
    holds: () => holds,
    counted: () => counted,
    view: (conversation) => (holds === null ? null : viewHolds(session, holds, proof, conversation)),
    end() {
      aside?.end(gone)
      for (const item of [...awaited.keys()]) settle(item, false)
    },
  }
}
