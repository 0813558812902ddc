// Asks again for the turns that nobody answered, when the person wants it: by their words or their sound, whichever the service has
// or can be given. Which turns those are the ledger knows.
import { wordsOf } from '../../core/conversation/rehydrate.ts'
import { offered, type LedgerEvent, type TurnLedger } from '../../core/turn/ledger.ts'
import type { TurnSounds } from '../../core/turn/turn-sounds.ts'
import type { Call } from '../call/call.ts'
import type { Journal } from './journal.ts'
import type { RollingBack } from './rolling-back.ts'
import type { TypedWords } from './typed-words.ts'

export interface AskingAgainOpts {
  ledger: () => TurnLedger
  happen: (event: LedgerEvent) => void
  current: () => Call | null
  journal: Journal
  rollingBack: Pick<RollingBack, 'putBack'>
  sounds: Pick<TurnSounds, 'of'>
  words: Pick<TypedWords, 'oweAgain'>
  /** As a turn of its own. */
  sayAgain: (sound: readonly Int16Array[]) => void
}

export function createAskingAgain(opts: AskingAgainOpts): () => Promise<void> {
  const { ledger, journal, sounds, happen } = opts

  /** Functions ran for it: its sound would have them run once more. */
  const isWorked = (turn: string): boolean => ledger().turns.some(({ id, worked }) => id === turn && worked)

  function ask(turn: string): void {
    const said = journal.conversation().turns.find(({ id }) => id === turn)
    if (said && (wordsOf(said) !== '' || opts.current()?.holding.has(turn) === true))
      return happen({ type: 'retried', turns: [turn] })
    const sound = isWorked(turn) ? [] : sounds.of(turn)
    // What its functions give is told when they give it.
    if (sound.length > 0 || (said && isWorked(turn))) happen({ type: 'withdrawn', turns: [turn] })
    if (sound.length === 0) return
    void journal.append([{ type: 'turn-removed', turn }])
    opts.words.oweAgain()
    opts.sayAgain(sound)
  }

  return async () => {
    await journal.settled()
    const isGone = (turn: string): boolean => !journal.conversation().turns.some(({ id }) => id === turn)
    // What was undone together comes back together; by its sound alone a turn is said anew, without that.
    const needsBack = (turn: string): boolean => isGone(turn) && (sounds.of(turn).length === 0 || isWorked(turn))
    if (offered(ledger()).some(needsBack)) await opts.rollingBack.putBack()
    for (const turn of offered(ledger())) ask(turn)
  }
}
