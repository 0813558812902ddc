// Words of the person that came to nothing so far, and what makes something of them. Pure.
import type { Known } from './store.ts'

export interface WaitingWords {
  /** Empty when only their sound is known. */
  text: string
  /** `retry`: their turn stands and is asked again. `say`: their turn was taken away and they are said anew. */
  by: 'retry' | 'say'
}

export function waitingWords({ conversation, state }: Known): WaitingWords | null {
  if (state.unanswered !== null)
    return { text: conversation.turns.find(({ id }) => id === state.unanswered)?.text ?? '', by: 'retry' }
  return conversation.draft === null ? null : { text: conversation.draft, by: 'say' }
}
