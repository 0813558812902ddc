// Words that were typed: until they are on disk, and while something that was said before them has not become a turn yet.
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Typed } from '../../core/conversation/desired.ts'
import type { Clock, Undo } from '../ports.ts'

export interface TypedWords {
  /** @param behind turns that what was said before them is still to become; null: words of ours may go out */
  add(words: Typed, behind: number | null): void
  /** What is not on disk yet. */
  typed(): readonly Typed[]
  /** Turns that no session is given yet. */
  deferred(): ReadonlySet<string>
  /** Of those, what awaits a turn of what was said before it. */
  awaiting(): ReadonlySet<string>
  /** Forgets what is on disk: from then on the record alone knows what becomes of it. */
  forget(conversation: Conversation): void
  /**
   * A line is there; what is not behind anything goes out.
   * @param isBehind something that was said is still to become a turn, or its answer about to begin
   * @param isDue an answer is
   */
  watch(isBehind: boolean, isDue: boolean): void
  /**
   * Sound that a lost line had goes to the next one, of so many turns.
   * @param behind how many of them come before each of these words; `awaited` ones are counted already where they are deferred
   */
  oweSound(turns: number, behind: ReadonlyMap<string, { again: number; awaited: number }>): void
  /** So many turns are still to come before these. */
  setBehind(turn: string, behind: number): void
  /** A turn's sound is sent once more, behind what was typed so far. */
  oweAgain(): void
  /** The service made a turn of sound. */
  soundTaken(): void
  /** Turns that it is still to make of sound which is sent again. */
  soundsOwed(): number
}

/** A service that makes nothing of what it heard must not keep the person from being answered; a dead line is found before. */
const mostDeferredMs = 6_000

/** @param onReleased words may go out that were deferred */
export function createTypedWords(clock: Clock, onReleased: () => void): TypedWords {
  let typed: Typed[] = []
  let soundsOwed = 0
  /** How many turns are to come before each. */
  const deferred = new Map<string, number>()
  let undo: Undo | null = null

  function release(): void {
    undo?.()
    undo = null
    deferred.clear()
    soundsOwed = 0
  }

  return {
    add(words, behind) {
      typed.push(words)
      if (behind !== null) deferred.set(words.turn, behind)
    },
    typed: () => typed,
    deferred: () => new Set(deferred.keys()),
    awaiting: () => new Set([...deferred].flatMap(([turn, behind]) => (behind > 0 ? [turn] : []))),
    forget({ turns, rolledBack }) {
      if (typed.length === 0) return
      const all = [...turns, ...(rolledBack?.turns ?? [])]
      const saved = new Set(all.flatMap(({ id, state }) => (state.type === 'final' ? [id] : [])))
      typed = typed.filter(({ turn }) => !saved.has(turn))
    },
    watch(isBehind, isDue) {
      if (!isBehind) release()
      if (!isDue) for (const [turn, behind] of deferred) if (behind <= 0) deferred.delete(turn)
      if (deferred.size === 0) return
      undo ??= clock.after(mostDeferredMs, () => {
        release()
        onReleased()
      })
    },
    oweSound(turns, behind) {
      // The next line has its time anew.
      undo?.()
      undo = null
      soundsOwed = Math.max(soundsOwed, turns)
      for (const [turn, { again, awaited }] of behind) {
        const known = deferred.get(turn)
        const turnsBefore = again + (known === undefined ? awaited : Math.max(0, known))
        // What was about to be answered is heard anew.
        if (turnsBefore > 0 || known !== undefined) deferred.set(turn, turnsBefore)
      }
    },
    setBehind(turn, behind) {
      if (deferred.has(turn)) deferred.set(turn, behind)
    },
    oweAgain() {
      soundsOwed++
    },
    soundTaken() {
      soundsOwed = Math.max(0, soundsOwed - 1)
      for (const [turn, behind] of deferred) deferred.set(turn, behind - 1)
    },
    soundsOwed: () => soundsOwed,
  }
}
