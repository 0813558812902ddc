// When a session may be asked for an answer: nobody has the floor, and it knows what another session has just answered.
import { isAnsweredElsewhere, wantsAsking, type TurnLedger } from '../../core/turn/ledger.ts'
import type { Journal } from './journal.ts'

export interface Asking {
  mayAsk(ledger: TurnLedger, session: number): boolean
  /** Nothing is asked for before that is done. */
  waitFor(done: Promise<unknown>): void
  isWaiting(): boolean
}

/** @param onMoved what was waited for is done */
export function createAsking(journal: Journal, isFloorTaken: () => boolean, onMoved: () => void): Asking {
  let wasElsewhere = false
  let waiting = 0

  function waitFor(done: Promise<unknown>): void {
    waiting++
    void done.finally(() => {
      waiting--
      onMoved()
    })
  }

  return {
    mayAsk(ledger, session) {
      const isElsewhere = isAnsweredElsewhere(ledger, session)
      // The speaker is done with it: when it is in the record it can be given.
      if (wasElsewhere && !isElsewhere) waitFor(journal.settled())
      wasElsewhere = isElsewhere
      return !isElsewhere && waiting === 0 && !isFloorTaken() && wantsAsking(ledger, session)
    },
    waitFor,
    isWaiting: () => waiting > 0,
  }
}
