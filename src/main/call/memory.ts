// What a session writes beside the conversation, how full it is, and how it was proven. What it holds is holding.ts; what is
// made of either (compacting, showing) is others' business.
import type { Usage } from '../../core/conversation/change.ts'
import { viewHolds, type HoldsView, type RestoreProof } from '../../core/conversation/holds.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import { askAside, takeAside, type Aside, type AsideEnd, type AsideWish } from '../../core/realtime/aside.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { countUsage } from '../../core/realtime/used.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Clock } from '../ports.ts'
import type { Holding } from './holding.ts'
import type { WireProof } from './wire.ts'

export interface Memory {
  begin(proof: WireProof & Pick<RestoreProof, 'sessions' | 'attempts'>): void
  /** @returns true when the event is none of the conversation's */
  follow(event: HeardEvent): boolean
  /** @returns true when the refused request was for a text beside the conversation */
  refused(eventId: string, reason: string): boolean
  /** A text that is written beside the conversation. Never rejects; at the latest after 30 s. One at a time. */
  writeAside(wish: AsideWish): Promise<AsideEnd>
  /** Items were taken away: what the service counted no longer holds. */
  shrunk(): void
  /** Tokens of the last response's input and output; null when there is no figure that still holds. */
  counted(): Usage | null
  view(conversation: Conversation): HoldsView | null
  /** The socket is gone. */
  end(): void
}

const asideWithinMs = 30_000
const failed = (reason: string): AsideEnd => ({ type: 'failed', reason, usage: null })
const gone = failed('The line is gone.')

export function createMemory(opts: {
  clock: Clock
  holding: Holding
  send: (event: ClientEvent) => boolean
  newId: (prefix: string) => string
}): Memory {
  const { clock } = opts
  let session = ''
  let proof: RestoreProof | null = null
  let counted: Usage | null = null
  let aside: { state: Aside; end: (end: AsideEnd) => void } | null = null

  function followAside(event: HeardEvent): boolean {
    if (aside === null) return false
    const step = takeAside(aside.state, event)
    if (step.aside !== null) aside.state = step.aside
    if (step.end !== null) aside.end(step.end)
    return step.isOurs
  }

  return {
    begin({ session: id, restored: items, digest, sessions, attempts }) {
      session = id
      proof = { atMs: clock.nowMs(), items, digest, sessions, attempts }
    },
    follow(event) {
      if (followAside(event)) return true
      if (event.type === 'response.done' && event.response.conversation_id !== null && event.response.usage)
        counted = countUsage(event.response.usage)
      return false
    },
    refused(eventId, reason) {
      if (aside?.state.eventId !== eventId) return false
      aside.end(failed(reason))
      return true
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
    shrunk: () => void (counted = null),
    counted: () => counted,
    view: (conversation) =>
      proof === null ? null : viewHolds(session, opts.holding.held(), opts.holding.plan(), proof, conversation),
    end: () => aside?.end(gone),
  }
}
