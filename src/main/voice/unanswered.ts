// The person's newest turn until it is answered, with its sound: a service that fails to answer must not make the person say
// it again. Kept in memory alone; a new turn takes its place.

export interface Unanswered {
  /** The person's turn waits for its answer. @param frames its sound; none of a typed one */
  begin(turn: string, frames: readonly Int16Array[]): void
  /** Nobody will answer it by itself. */
  fail(): void
  /** It is answered, or the person wants no answer. */
  end(): void
  /** The turn that failed, null while there is none. */
  failed(): string | null
  /** The sound of that turn, while it waits for its answer. */
  soundOf(turn: string): readonly Int16Array[]
}

/** @param onChange a turn failed, or none any more */
export function createUnanswered(onChange: (failed: string | null) => void): Unanswered {
  let waiting: { turn: string; frames: readonly Int16Array[]; failed: boolean } | null = null

  function put(next: typeof waiting): void {
    const before = waiting?.failed === true ? waiting.turn : null
    waiting = next
    const after = next?.failed === true ? next.turn : null
    if (before !== after) onChange(after)
  }

  return {
    begin: (turn, frames) => put({ turn, frames, failed: false }),
    fail: () => put(waiting && { ...waiting, failed: true }),
    end: () => put(null),
    failed: () => (waiting?.failed === true ? waiting.turn : null),
    soundOf: (turn) => (waiting?.turn === turn ? waiting.frames : []),
  }
}
