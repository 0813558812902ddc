// Which words that no session has come behind sound that the next one is sent. Pure.
import { owed, type TurnLedger } from './ledger.ts'

/**
 * How much of what is sent again comes before words that no session has.
 * @param again turns that the lost line had made of it
 * @param captured turns whose sound was on its way
 */
export function soundBefore(
  ledger: TurnLedger,
  isBefore: (turn: string, other: string) => boolean,
  again: readonly string[],
  captured: readonly string[],
): Map<string, { again: number; awaited: number }> {
  const order = ledger.turns.map(({ id }) => id)
  const texts = owed(ledger).filter(({ via }) => via === 'text')
  return new Map(
    texts.map(({ id }) => [
      id,
      {
        again: again.filter((turn) => isBefore(turn, id)).length,
        awaited: captured.filter((turn) => order.indexOf(turn) < order.indexOf(id)).length,
      },
    ]),
  )
}
