// Watches the line and collects what the health panel shows. The figures' meaning is core/health.
import { lineViewOf, type LineView } from '../../core/views.ts'
import { noHealth, withRoundTrip, type HealthView } from '../../core/health/window.ts'
import type { ConnectionPhase } from '../../core/connection/state.ts'
import type { Companion } from '../companion.ts'
import type { Clock, Speaker, Undo } from '../ports.ts'

export interface Monitor {
  /** From now on this is the companion that is watched; the figures of the last minutes stay. */
  watch(companion: Companion): Undo
  line(): LineView
  view(): HealthView
}

export function createMonitor(opts: { clock: Clock; speaker: Speaker }): Monitor {
  const { clock, speaker } = opts
  let health = noHealth
  let phase: ConnectionPhase = { type: 'off', why: 'not-started' }
  let watched: Companion | null = null
  /** The socket that carried the conversation last; null when it ended by itself or there was none. */
  let carried: number | null = null
  let broke = false

  function follow(next: ConnectionPhase): void {
    // What was closed on purpose has not broken.
    if (next.type === 'off') carried = null
    if ((next.type === 'waiting' || next.type === 'opening') && carried !== null) {
      broke = true
      carried = null
    }
    if (next.type === 'live') {
      if (broke) health = { ...health, reconnects: health.reconnects + 1 }
      else if (carried !== null && carried !== next.socket) health = { ...health, handOvers: health.handOvers + 1 }
      broke = false
      carried = next.socket
    }
    phase = next
  }

  return {
    watch(companion) {
      watched = companion
      carried = null
      broke = false
      phase = companion.phase()
      const undos = [
        companion.on('phase', follow),
        companion.on('roundTripMs', (roundTripMs) => {
          const roundTrips = withRoundTrip(health.roundTrips, { atMs: clock.nowMs(), roundTripMs })
          health = { ...health, roundTrips }
        }),
        companion.on('restored', ({ restored, refused, leftOut }) => {
          const proof = { atMs: clock.nowMs(), items: restored, refused: refused.length, leftOut }
          health = { ...health, restored: proof }
        }),
      ]
      return () => undos.forEach((undo) => undo())
    },
    line: () => lineViewOf(phase),
    view() {
      const { queuedMs, underruns } = speaker.health()
      const counts = watched?.health()
      return {
        ...health,
        queuedMs: Math.round(queuedMs),
        underruns,
        sentFrames: counts?.sentFrames ?? 0,
        droppedFrames: counts?.droppedFrames ?? 0,
        heldMs: counts?.heldMs ?? 0,
        unknownEvents: counts?.unknown ?? 0,
        brokenEvents: counts?.broken ?? 0,
      }
    },
  }
}
