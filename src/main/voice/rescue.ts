// What is saved of the person's turns when a line is overtaken, lost or fails to answer: who hears the turn being spoken, what
// is asked on the next line, and which sound is sent once more.
import { wordsOf } from '../../core/conversation/rehydrate.ts'
import type { Call, CallEnd } from './call.ts'
import type { Ledger } from './ledger.ts'
import type { Owed } from './owed.ts'
import type { Playback } from './playback.ts'
import type { Talk } from './talk.ts'
import type { Unanswered } from './unanswered.ts'
import type { Uplink } from './uplink.ts'

export interface RescueOpts {
  current: () => Call | null
  ledger: Ledger
  owed: Owed
  playback: Playback
  talk: Talk
  unanswered: Unanswered
  uplink: Uplink
  /** An exchange that was rolled back stands in the conversation again. */
  putBack: () => Promise<boolean>
}

export interface Rescue {
  /** `call` carries the conversation from now on, while the one before says what it was saying. */
  takeOver(call: Call, before: Call): void
  /** @param isCurrent false: the call before, which was still saying something */
  lose(end: CallEnd, isCurrent: boolean): void
  /** The person's turn that failed: by its words or its sound, whichever the service has or can be given. */
  askAgain(): Promise<void>
}

export function createRescue(opts: RescueOpts): Rescue {
  const { current, ledger, owed, playback, talk, unanswered, uplink } = opts

  function sayAgain(frames: readonly Int16Array[]): void {
    if (frames.length > 0) talk.again(frames)
  }

  return {
    takeOver(call, before) {
      const handed = uplink.moveTo(call)
      if (handed === 'split') talk.splitTurn()
      if (before.retire(handed)) owed.oweAnswer()
    },
    lose(end, isCurrent) {
      const soundOf = (turn: string): readonly Int16Array[] => (isCurrent ? [] : unanswered.soundOf(turn))
      const changes = end.changes((turn) => (isCurrent ? uplink.isKept(turn) : soundOf(turn).length > 0))
      // What was said last must be known to be answered: sound that is sent again brings its answer with it.
      const isUnread = changes.some(({ type }) => type === 'turn-removed' || type === 'words-lost')
      if (end.owesAnswer && !isUnread) owed.oweAnswer()
      void ledger.append(changes)
      if (isCurrent) uplink.useLine(null)
      playback.loseLine(end.spoken)
      for (const change of changes) if (change.type === 'turn-removed') sayAgain(soundOf(change.turn))
      if (!isCurrent) owed.give()
    },
    async askAgain() {
      const turn = unanswered.failed()
      if (turn === null) return
      await ledger.settled()
      const sound = unanswered.soundOf(turn)
      const said = ledger.conversation().turns.find(({ id }) => id === turn)
      if (said && (wordsOf(said) !== '' || current()?.knows(turn) === true)) {
        unanswered.begin(turn, sound)
        owed.ask()
      } else if (sound.length > 0) {
        unanswered.end()
        void ledger.append([said ? { type: 'turn-removed', turn } : { type: 'draft-dropped' }])
        sayAgain(sound)
      } else if (await opts.putBack()) {
        unanswered.begin(turn, sound)
        owed.ask()
      }
    },
  }
}
