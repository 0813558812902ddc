// When a session may be asked for an answer: nobody has the floor, and it knows what another session has just answered.
import { isAnsweredElsewhere, wantsAsking, type TurnLedger } from '../../core/turn/ledger.ts'
import type { Journal } from './journal.ts'

export interface Asking {
  mayAsk(ledger: TurnLedger, session: number): boolean
}

/** @param onMoved what another session answered is in the record, and can be given */
export function createAsking(journal: Journal, isFloorTaken: () => boolean, onMoved: () => void): Asking {
  /** `said`: the speaker is done with it, and the record is being told. */
  let elsewhere: 'nothing' | 'saying' | 'said' = 'nothing'

  return {
    mayAsk(ledger, session) {
      if (isAnsweredElsewhere(ledger, session)) {
        elsewhere = 'saying'
        return false
      }
      if (elsewhere === 'saying') {
        elsewhere = 'said'
        void journal.settled().then(() => {
          if (elsewhere === 'said') elsewhere = 'nothing'
          onMoved()
        })
      }
      return elsewhere === 'nothing' && !isFloorTaken() && wantsAsking(ledger, session)
    },
  }
}
