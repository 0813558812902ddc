// What the next session must be given or asked: words typed while there was no line, and an answer that nobody has given.
import type { Call } from './call.ts'

export interface Owed {
  /** Words that the session is given as soon as there is one. */
  type(turn: string, text: string): void
  /** Gives the current session what waits for one. */
  give(): void
  /** Asks for an answer now, or on the next line. */
  ask(): void
  /** An answer was wanted on the line that was lost. */
  oweAnswer(): void
  /** The person wants no answer any more. */
  forgive(): void
  hasWords(): boolean
}

/** @param current the call that carries the conversation now */
export function createOwed(current: () => Call | null): Owed {
  let typed: { turn: string; text: string }[] = []
  let owesAnswer = false

  function giveWords(): void {
    const call = current()
    if (!call) return
    for (const { turn, text } of typed) call.type(turn, text)
    typed = []
  }

  return {
    type: (turn, text) => void typed.push({ turn, text }),
    give() {
      giveWords()
      if (owesAnswer) current()?.ask()
      owesAnswer = false
    },
    ask() {
      giveWords()
      const call = current()
      if (call) call.ask()
      else owesAnswer = true
    },
    oweAnswer: () => void (owesAnswer = true),
    forgive: () => void (owesAnswer = false),
    hasWords: () => typed.length > 0,
  }
}
