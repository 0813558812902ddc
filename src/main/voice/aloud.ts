// What Parley itself has to say by the voice: it waits for a quiet moment and for a line, and is said once.
import type { Call } from '../call/call.ts'

export interface Aloud {
  say(words: string): void
  /** Something may have become quiet. */
  look(): void
}

export function createAloud(opts: { current: () => Call | null; isQuiet: () => boolean }): Aloud {
  let waiting: string[] = []

  function look(): void {
    const call = opts.current()
    if (waiting.length === 0 || call === null || !opts.isQuiet()) return
    const words = waiting.join(' ')
    waiting = []
    call.announce(words)
  }

  return {
    say(words) {
      waiting.push(words)
      look()
    },
    look,
  }
}
