// Watches the line and collects what the health panel shows and the health journal keeps. The figures' meaning is core/health.
import type { EchoView } from '../../core/audio/echo-view.ts'
import { lineViewOf, type LineView } from '../../core/views.ts'
import { followPhase, nothingFollowed } from '../../core/health/follow.ts'
import type { HealthEvent } from '../../core/health/entry.ts'
import { noHealth, withRoundTrip, type HealthView } from '../../core/health/window.ts'
import { countSent, nothingSent, type SentCount } from '../../core/health/sent-today.ts'
import type { ConnectionPhase } from '../../core/connection/state.ts'
import type { Companion } from '../companion.ts'
import type { HealthJournal } from '../health/journal.ts'
import { createRecorder, type Recorder } from '../health/recorder.ts'
import { watchTraffic } from '../health/traffic.ts'
import type { Clock, OpenSocket, Speaker, Undo } from '../ports.ts'

export interface Monitor {
  /** From now on this is the companion that is watched; the figures of the last minutes stay. */
  watch(companion: Companion): Undo
  /** For the voice's sockets, so that their traffic is known. */
  openSocket: OpenSocket
  line(): LineView
  view(): HealthView
  happened: Recorder['happened']
  events: Recorder['events']
  /** Resolves when the journal has everything. */
  stop(): Promise<void>
}

export interface MonitorOpts {
  clock: Clock
  speaker: Speaker
  openSocket: OpenSocket
  journal: HealthJournal
  /** How the voice's echo in the microphone stands. */
  echo: () => EchoView | null
  version: string
}

export function createMonitor({ clock, speaker, openSocket, journal, echo, version }: MonitorOpts): Monitor {
  let health = noHealth
  let phase: ConnectionPhase = { type: 'off', why: 'not-started' }
  let watched: Companion | null = null
  let followed = nothingFollowed
  let sent: SentCount = { day: '', today: nothingSent, counted: nothingSent }

  const recorder = createRecorder({ clock, journal, version, view: () => (phase.type === 'off' ? null : view()) })
  const traffic = watchTraffic({ openSocket, clock, onRoundTrip: addRoundTrip })

  function follow(next: ConnectionPhase): void {
    phase = next
    const step = followPhase(followed, next, { atMs: clock.nowMs(), monotonicMs: clock.monotonicMs() })
    followed = step.followed
    if (step.event) note(step.event)
  }

  function note(event: HealthEvent): void {
    if (event.type === 'live' && event.awayMs !== null) health = { ...health, reconnects: health.reconnects + 1 }
    if (event.type === 'handed-over') health = { ...health, handOvers: health.handOvers + 1 }
    recorder.note(event)
  }

  function addRoundTrip(roundTripMs: number): void {
    const roundTrips = withRoundTrip(health.roundTrips, { atMs: clock.nowMs(), roundTripMs })
    health = { ...health, roundTrips }
  }

  function countSending(): void {
    if (watched) sent = countSent(sent, watched.sendingCounts(), new Date(clock.nowMs()).toDateString())
  }

  function view(): HealthView {
    countSending()
    const { queuedMs, underruns, startMs = 0, droppedMs = 0 } = speaker.health()
    const counts = watched?.health()
    const work = watched?.workHealth()
    return {
      ...health,
      queuedMs: Math.round(queuedMs),
      underruns,
      playBufferMs: Math.round(startMs),
      notPlayedMs: droppedMs,
      echo: echo(),
      sentFrames: counts?.sentFrames ?? 0,
      droppedFrames: counts?.droppedFrames ?? 0,
      heldMs: counts?.heldMs ?? 0,
      unknownEvents: counts?.unknown ?? 0,
      brokenEvents: counts?.broken ?? 0,
      losses: counts?.losses ?? [],
      work: { unknownEvents: work?.unknown ?? 0, brokenEvents: work?.broken ?? 0, losses: work?.losses ?? [] },
      lastEventMs: traffic.lastHeardMs(),
      bufferedBytes: traffic.bufferedBytes(),
      proxy: traffic.proxy(),
      outageMsToday: recorder.outageMsToday(),
      breaks: recorder.breaks(),
      context: watched?.context() ?? null,
      sentToday: sent.today,
    }
  }

  return {
    watch(companion) {
      watched = companion
      sent = { ...sent, counted: nothingSent }
      follow(companion.phase())
      const undos = [
        companion.on('phase', follow),
        companion.on('roundTripMs', addRoundTrip),
        companion.on('restored', ({ restored, refused, leftOut }) => {
          const proof = { atMs: clock.nowMs(), items: restored, refused: refused.length, leftOut }
          health = { ...health, restored: proof }
          note({ type: 'restored', ...proof })
        }),
      ]
      return () => {
        for (const undo of undos) undo()
        countSending()
        follow({ type: 'off', why: 'stopped' })
      }
    },
    openSocket: traffic.open,
    line: () => lineViewOf(phase),
    view,
    happened: recorder.happened,
    events: recorder.events,
    stop: recorder.stop,
  }
}
