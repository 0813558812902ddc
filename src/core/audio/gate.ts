// Lets the microphone's frames through or holds them back. What was held back last goes first when the gate opens.
import { createPreroll } from './preroll.ts'

export interface Gate {
  /** The frames that may go on now: this one when open, none when closed. */
  pass(frame: Int16Array): Int16Array[]
  /** The pre-roll, oldest first; empty when the gate was open already. */
  open(): Int16Array[]
  close(): void
  isOpen(): boolean
}

/** A gate starts closed. @param prerollMs how much sound from before the opening goes along */
export function createGate(prerollMs: number): Gate {
  const preroll = createPreroll(prerollMs)
  let open = false
  return {
    pass(frame) {
      if (open) return [frame]
      preroll.push(frame)
      return []
    },
    open() {
      open = true
      return preroll.drain()
    },
    close() {
      open = false
    },
    isOpen: () => open,
  }
}
