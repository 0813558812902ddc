// Words that were typed: until they are on disk, and while something that was said before them has not become a turn yet.
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Typed } from '../../core/conversation/reconcile.ts'
import type { Clock, Undo } from '../ports.ts'

export interface TypedWords {
  /** @param isBehind speech that was before them is still to become a turn */
  add(words: Typed, isBehind: boolean): void
  /** What is not on disk yet. */
  typed(): readonly Typed[]
  /** Turns that no session is given yet. */
  deferred(): ReadonlySet<string>
  /** Forgets what is on disk: from then on the record alone knows what becomes of it. */
  forget(conversation: Conversation): void
  /** A line is there; what is not behind anything goes out. */
  watch(isBehind: boolean): void
  /** Sound that a lost line had goes to the next one, and these were typed behind it. */
  oweSound(behind: readonly string[]): void
  /** The service made a turn of sound. */
  soundTaken(): void
  isSoundOwed(): boolean
}

/** A service that makes nothing of what it heard must not keep the person from being answered. */
const mostDeferredMs = 3_000

/** @param onReleased words may go out that were deferred */
export function createTypedWords(clock: Clock, onReleased: () => void): TypedWords {
  let typed: Typed[] = []
  let isSoundOwed = false
  const deferred = new Set<string>()
  let undo: Undo | null = null

  function release(): void {
    undo?.()
    undo = null
    deferred.clear()
    isSoundOwed = false
  }

  return {
    add(words, isBehind) {
      typed.push(words)
      if (isBehind) deferred.add(words.turn)
    },
    typed: () => typed,
    deferred: () => deferred,
    forget({ turns, rolledBack }) {
      if (typed.length === 0) return
      const all = [...turns, ...(rolledBack?.turns ?? [])]
      const saved = new Set(all.flatMap(({ id, state }) => (state.type === 'final' ? [id] : [])))
      typed = typed.filter(({ turn }) => !saved.has(turn))
    },
    watch(isBehind) {
      if (!isBehind) release()
      if (deferred.size === 0) return
      undo ??= clock.after(mostDeferredMs, () => {
        release()
        onReleased()
      })
    },
    oweSound(behind) {
      // The next line has its time anew.
      undo?.()
      undo = null
      isSoundOwed = true
      for (const turn of behind) deferred.add(turn)
    },
    soundTaken: () => void (isSoundOwed = false),
    isSoundOwed: () => isSoundOwed,
  }
}
