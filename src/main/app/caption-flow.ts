// Captions at the pace at which they can be read: however fast words come, a window is told the newest of each turn, at most
// 25 times a second. What is final is told by the record.
import type { Notice } from '../../core/ipc.ts'
import type { Clock, Undo } from '../ports.ts'

export type Caption = Omit<Extract<Notice, { type: 'caption' }>, 'type'>

export interface CaptionFlow {
  /** `text` is the whole of what is known of the turn's words. */
  push(caption: Caption): void
  /** The turn's words are final: what waits of it is out of date. */
  settle(turn: string): void
  stop(): void
}

export const captionEveryMs = 40

export function createCaptionFlow(clock: Clock, tell: (caption: Caption) => void): CaptionFlow {
  const waiting = new Map<string, Caption>()
  let undo: Undo | null = null

  function flush(): void {
    undo = null
    if (waiting.size === 0) return
    for (const caption of waiting.values()) tell(caption)
    waiting.clear()
    undo = clock.after(captionEveryMs, flush)
  }

  return {
    push(caption) {
      waiting.set(caption.item, caption)
      if (undo === null) flush()
    },
    settle: (turn) => void waiting.delete(turn),
    stop() {
      undo?.()
      undo = null
      waiting.clear()
    },
  }
}
