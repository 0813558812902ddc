// A session that took over in the middle of things was not given what was still being said and understood on the line
// before. Each such turn is given to it, in its place, once it is known what was said and heard of it.
import { wordsOf } from '../../core/conversation/rehydrate.ts'
import type { Conversation, Turn } from '../../core/conversation/reduce.ts'
import { assistantText, userText } from '../../core/realtime/commands.ts'
import type { Call } from './call.ts'

export interface CatchUp {
  /** `call` took over and was planned from these turns. */
  begin(call: Call, planned: ReadonlySet<string>): void
  /** Something was recorded. */
  look(): void
  /** The call is gone: the next one is planned anew. */
  stop(): void
}

/** The service takes ids of at most 32 characters. */
const idOf = (turn: string): string => turn.slice(-32)

/** @param conversation the fold of what is durable */
export function createCatchUp(conversation: () => Conversation): CatchUp {
  let behind: { call: Call; planned: ReadonlySet<string> } | null = null

  return {
    begin(call, planned) {
      behind = { call, planned }
      this.look()
    },
    look() {
      if (behind === null) return
      const { call, planned } = behind
      const { turns } = conversation()
      const has = (turn: Turn): boolean => call.knows(turn.id) || call.knows(idOf(turn.id))
      for (const [at, turn] of turns.entries()) {
        if (planned.has(turn.id) || has(turn) || !isSettled(turn)) continue
        const previous = turns.slice(0, at).findLast(has)
        const text = wordsOf(turn)
        const id = idOf(turn.id)
        call.insert(
          turn.role === 'user' ? userText(id, text) : assistantText(id, text),
          previous ? idOf(previous.id) : null,
        )
      }
    },
    stop: () => void (behind = null),
  }
}

/** What was said is known, and of the voice's words also how many were heard. */
function isSettled(turn: Turn): boolean {
  if (wordsOf(turn) === '' || turn.state.type === 'open') return false
  return turn.role === 'user' || turn.state.type === 'cut' || turn.playedMs !== null || turn.audioMs === 0
}
