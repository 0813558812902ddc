// Real time for sound that has no device: frame n goes at start + n × 20 ms, whatever happened to the ones before.
import { frameMs } from '../../core/audio/pcm.ts'
import type { Clock, Undo } from '../ports.ts'

/** Calls `act` for every frame until undone. Frames that came due while nobody could run are made up for at once. */
export function everyFrame(clock: Clock, act: () => void): Undo {
  const startMs = clock.monotonicMs()
  let frames = 0
  let isOn = true
  let undo: Undo = () => undefined

  function later(): void {
    undo = clock.after(Math.max(0, startMs + frames * frameMs - clock.monotonicMs()), fire)
  }

  function fire(): void {
    while (isOn && startMs + frames * frameMs <= clock.monotonicMs()) {
      frames += 1
      act()
    }
    if (isOn) later()
  }

  later()
  return () => {
    isOn = false
    undo()
  }
}
