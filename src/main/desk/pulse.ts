// Ten times a second: has anything moved that is shown? Tells state, levels and health only when they differ from what was
// told last, so that a window that stands still costs nothing.
import { silenceDbfs } from '../../core/audio/pcm.ts'
import type { HealthView } from '../../core/health/window.ts'
import type { DeskState, Notice } from '../../core/ipc.ts'
import type { Clock, Undo } from '../ports.ts'

export interface Pulse {
  /** Something happened: look now instead of at the next beat. */
  look(): void
  stop(): void
}

export const beatMs = 100
const beatsPerHealth = 10

export function createPulse(opts: {
  clock: Clock
  state: () => DeskState
  health: () => HealthView
  levels: () => { microphone: number; speaker: number }
  tell: (notice: Notice) => void
}): Pulse {
  const { clock, tell } = opts
  let toldState = ''
  let toldHealth = ''
  let toldLevels = ''
  let beats = 0
  let undo: Undo = clock.after(beatMs, beat)

  function look(): void {
    const state = opts.state()
    const text = JSON.stringify(state)
    if (text === toldState) return
    toldState = text
    tell({ type: 'state', state })
  }

  function beat(): void {
    undo = clock.after(beatMs, beat)
    look()
    tellLevels()
    beats += 1
    if (beats % beatsPerHealth === 0) tellHealth()
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

  return { look, stop: () => undo() }
}

/** Whole decibels; below the noise of any room everything is silence. */
function round(dbfs: number): number {
  return dbfs < -70 ? silenceDbfs : Math.round(dbfs)
}
