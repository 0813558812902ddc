// Judges whether the sound process is still doing its work, from nothing but the times of its reports.

export interface Watchdog {
  alive(nowMs: number): void
  /** To be asked every `tickMs`. */
  isStalled(nowMs: number): boolean
}

export interface WatchdogRules {
  /** A device that works takes or gives 20 ms of sound every 20 ms; half a second without is no jitter any more. */
  silenceMs: number
  tickMs: number
}

export const watchdogRules: WatchdogRules = { silenceMs: 500, tickMs: 100 }

export function createWatchdog(startMs: number, rules: WatchdogRules = watchdogRules): Watchdog {
  let lastSignMs = startMs
  let lastTickMs = startMs
  return {
    alive(nowMs) {
      lastSignMs = nowMs
    },
    isStalled(nowMs) {
      const lateMs = nowMs - lastTickMs - rules.tickMs
      lastTickMs = nowMs
      // We ourselves were stopped (a busy loop, a sleeping machine): reports are waiting that nobody has read yet.
      if (lateMs > rules.tickMs) lastSignMs += lateMs
      return nowMs - lastSignMs > rules.silenceMs
    },
  }
}

/** How long to wait before the sound process is started again, by how often in a row it has failed. */
export function respawnAfterMs(failures: number): number {
  const delaysMs = [0, 0, 250, 1_000, 2_000]
  return delaysMs[failures] ?? 5_000
}
