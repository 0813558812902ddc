// What the computer does that the voice must know of: it sleeps, wakes, locks.
import { powerMonitor } from 'electron'

/** @param act.away the keyboard can't be heard any more @param act.back the line may have died unnoticed */
export function watchPower(act: { away: () => void; back: () => void }): void {
  powerMonitor.on('suspend', act.away)
  powerMonitor.on('lock-screen', act.away)
  powerMonitor.on('resume', act.back)
  powerMonitor.on('unlock-screen', act.back)
}
