// When the small bar is to be seen: while something goes on that a person may want to see or stop, and a little longer. Not while the
// window itself is in front, which shows all of it. What it shows is the window's page.
import type { AppState } from '../../core/ipc.ts'
import type { Clock, Undo } from '../ports.ts'

export const barRules = {
  /** Long enough to read the last words. */
  quietMs: 5_000,
}

export interface BarShown {
  /** Something of it is another; nothing happens where all is as before. */
  follow(now: { isOn: boolean; isWindowInFront: boolean; isBusy: boolean }): void
  stop(): void
}

export function isBusy({ presence, talking }: Pick<AppState, 'presence' | 'talking'>, approvals: number): boolean {
  return (
    approvals > 0 || talking !== 'up' || presence === 'listening' || presence === 'thinking' || presence === 'speaking'
  )
}

export function createBarShown(opts: { clock: Clock; show: () => void; hide: () => void }): BarShown {
  let isShown = false
  let undo: Undo | null = null

  function hide(): void {
    undo?.()
    undo = null
    if (isShown) opts.hide()
    isShown = false
  }

  return {
    follow({ isOn, isWindowInFront, isBusy: busy }) {
      if (!isOn || isWindowInFront) {
        hide()
        return
      }
      if (!busy) {
        if (isShown) undo ??= opts.clock.after(barRules.quietMs, hide)
        return
      }
      undo?.()
      undo = null
      if (!isShown) opts.show()
      isShown = true
    },
    stop: hide,
  }
}
