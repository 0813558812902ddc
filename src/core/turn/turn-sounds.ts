// The sound of the person's turns, kept as long as somebody may have to be sent it again: turns that a service made items of, and
// presses whose sound is with a session.
import type { SentSound } from '../audio/sent-sound.ts'

export interface TurnSounds {
  /** The sound of a press is with that session. */
  pressed(press: string, session: number): void
  /** Nobody wants an answer to it any more; of a press of which no turn was made yet one comes all the same. */
  withdraw(turn: string): void
  /** The person takes back the presses of the session of which no turn was made yet. @returns those */
  takeBack(session: number): string[]
  /** Of those, how many are still to come. */
  withdrawnOn(session: number): number
  /** A session made an item of what was said. @returns the press that it was, null where the service found the turn itself */
  taken(item: string, session: number): Press | null
  /** A session made no turn of its oldest press, whose sound stays. @returns that press, null where it had none */
  uncommitted(session: number): string | null
  of(turn: string): readonly Int16Array[]
  /** The session is gone. @param again turns whose sound goes to the next one; null where all of it stays with the line */
  lose(session: number, again: readonly string[] | null): void
  /** Keeps only what is still needed. */
  prune(isNeeded: (turn: string) => boolean): void
}

export interface Press {
  press: string
  session: number
  is: 'wanted' | 'withdrawn' | 'taken back'
}

export function createTurnSounds(sent: Pick<SentSound, 'taken' | 'forget' | 'drop'>): TurnSounds {
  /** The newest ten seconds of each turn. */
  const sounds = new Map<string, readonly Int16Array[]>()
  /** Oldest first. */
  let presses: Press[] = []

  function oldestPress(of: number): Press | null {
    const at = presses.findIndex(({ session }) => session === of)
    return at === -1 ? null : (presses.splice(at, 1)[0] ?? null)
  }

  return {
    pressed: (press, session) => void presses.push({ press, session, is: 'wanted' }),
    withdraw(turn) {
      sent.drop(turn)
      for (const one of presses) if (one.press === turn && one.is === 'wanted') one.is = 'withdrawn'
    },
    takeBack(of) {
      const mine = presses.filter(({ session }) => session === of)
      for (const one of mine) one.is = 'taken back'
      return mine.map(({ press }) => press)
    },
    withdrawnOn: (of) => presses.filter(({ session, is }) => session === of && is !== 'wanted').length,
    taken(item, session) {
      const press = oldestPress(session)
      sounds.set(item, sent.taken(item, press?.press ?? null))
      return press
    },
    uncommitted(session) {
      const press = oldestPress(session)?.press ?? null
      if (press !== null) sounds.set(press, sent.taken(press, press))
      return press
    },
    of: (turn) => sounds.get(turn) ?? [],
    lose(gone, again) {
      presses = presses.filter(({ session }) => session !== gone)
      if (again === null) return
      // Of what the line had made turns of, only those go to the next one.
      for (const turn of sounds.keys()) if (!again.includes(turn)) sent.forget(turn)
    },
    prune(isNeeded) {
      for (const turn of sounds.keys()) {
        if (isNeeded(turn)) continue
        sounds.delete(turn)
        sent.forget(turn)
      }
    },
  }
}
