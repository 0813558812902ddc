// Tells windows and the tray the state, the levels and the health, each only when it differs from what was told last: looks ten
// times a second while sound goes in or out or a turn is under way, else once a second. What the state is, is shown-state.ts.
import { silenceDbfs } from '../../core/audio/pcm.ts'
import type { HealthView } from '../../core/health/window.ts'
import type { AppState, Notice } from '../../core/ipc.ts'
import { untilNext } from '../../core/whole-seconds.ts'
import type { Clock, Undo } from '../ports.ts'

export interface StateBroadcast {
  /** Something happened: look now instead of at the next beat. */
  look(): void
  stop(): void
}

export const beatMs = 100
/** While nothing moves, only what nobody announces is looked for; whoever announces something calls `look`. */
export const stillBeatMs = 1_000
const healthEveryMs = 1_000

export function createStateBroadcast(opts: {
  clock: Clock
  state: () => AppState
  health: () => HealthView
  levels: () => { microphone: number; speaker: number }
  /** Levels may change at any moment. */
  moves: () => boolean
  tell: (notice: Notice) => void
}): StateBroadcast {
  const { clock, tell } = opts
  let toldState = ''
  let toldHealth = ''
  let toldLevels = ''
  let sinceHealthMs = 0
  let everyMs = beatMs
  let undo: Undo = clock.after(everyMs, beat)

  function look(): void {
    if (everyMs > beatMs && opts.moves()) beatEvery(beatMs)
    const state = opts.state()
    const text = JSON.stringify(state)
    if (text === toldState) return
    toldState = text
    tell({ type: 'state', state })
  }

  function beat(): void {
    sinceHealthMs += everyMs
    beatEvery(opts.moves() ? beatMs : stillBeatMs)
    look()
    tellLevels()
    if (sinceHealthMs < healthEveryMs) return
    sinceHealthMs = 0
    tellHealth()
  }

  function beatEvery(ms: number): void {
    undo()
    everyMs = ms
    undo = clock.after(ms === stillBeatMs ? untilNext(ms, clock.monotonicMs()) : ms, beat)
  }

  function tellLevels(): void {
    const { microphone, speaker } = opts.levels()
    const levels = { microphone: round(microphone), speaker: round(speaker) }
    const text = JSON.stringify(levels)
    if (text === toldLevels) return
    toldLevels = text
    tell({ type: 'level', ...levels })
  }

  function tellHealth(): void {
    const health = opts.health()
    const text = JSON.stringify(health)
    if (text === toldHealth) return
    toldHealth = text
    tell({ type: 'health', health })
  }

  return {
    look,
    stop() {
      // A later look begins no beat again.
      everyMs = beatMs
      undo()
    },
  }
}

/** Whole decibels; below the noise of any room everything is silence. */
function round(dbfs: number): number {
  return dbfs < -70 ? silenceDbfs : Math.round(dbfs)
}
