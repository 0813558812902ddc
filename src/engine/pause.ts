// A wait on the engine's clock.
import type { EngineClock } from './ports.ts'

/** Resolves after `delayMs`, or as soon as the signal is aborted; never rejects. */
export function pause(clock: EngineClock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      undo()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const undo = clock.after(delayMs, finish)
    signal.addEventListener('abort', finish)
  })
}
