// Which words that no session has come behind sound that the next one is sent. Pure.
import type { Turn } from '../conversation/conversation.ts'
import { owed, type TurnLedger } from './ledger.ts'

/** Typed words at the end of a conversation, which nobody answered: also those that nobody is to answer any more keep their place. */
function typedAtEnd(turns: readonly Turn[]): string[] {
  const answered = turns.findLastIndex(({ role }) => role === 'assistant')
  return turns.slice(answered + 1).flatMap(({ id, via }) => (via === 'text' ? [id] : []))
}

/**
 * How much of what is sent again comes before words that no session has.
 * @param turns of the record
 * @param again turns that the lost line had made of it
 * @param captured turns whose sound was on its way
 */
export function soundBefore(
  ledger: TurnLedger,
  turns: readonly Turn[],
  isBefore: (turn: string, other: string) => boolean,
  again: readonly string[],
  captured: readonly string[],
): Map<string, { again: number; awaited: number }> {
  const order = ledger.turns.map(({ id }) => id)
  const texts = owed(ledger).flatMap(({ id, via }) => (via === 'text' ? [id] : []))
  return new Map(
    [...new Set([...texts, ...typedAtEnd(turns)])].map((id) => [
      id,
      {
        again: again.filter((turn) => isBefore(turn, id)).length,
        awaited: captured.filter((turn) => order.indexOf(turn) < order.indexOf(id)).length,
      },
    ]),
  )
}
