// One talk control for the window's button and the key outside it: feeds core/turn/talk-control.ts with the time and
// lets go by itself when a key-up got lost.
import { controlUp, lostAfterMs, stepTalkControl, type TalkEdge } from '../../core/turn/talk-control.ts'
import type { Clock, Undo } from '../ports.ts'

export interface AppTalkControl {
  /** @param handMs when the hand did it, by the clock of what felt it */
  edge(edge: TalkEdge, handMs?: number): void
  talking(): 'up' | 'held' | 'latched'
}

export function createTalkControl(opts: {
  clock: Clock
  /** False where the voice listens anyway and a tap only interrupts. */
  latches: () => boolean
  press: () => void
  release: () => void
  onMoved: () => void
}): AppTalkControl {
  const { clock } = opts
  let control = controlUp
  let undoWatchdog: Undo = () => undefined

  function edge(what: TalkEdge, handMs?: number): void {
    const before = control
    const next = stepTalkControl(control, what, { atMs: clock.monotonicMs(), handMs: handMs ?? null }, opts.latches())
    control = next.control
    if (next.act === 'press') opts.press()
    if (next.act === 'release') opts.release()
    undoWatchdog()
    if (control.type === 'held') undoWatchdog = clock.after(lostAfterMs, () => edge('lost'))
    if (control !== before) opts.onMoved()
  }

  return {
    edge,
    talking() {
      if (control.type === 'held') return 'held'
      return control.type === 'latched' ? 'latched' : 'up'
    },
  }
}
