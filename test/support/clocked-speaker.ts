// A speaker without a device: Parley's own jitter buffer, drained by a clock that the test moves.
import { createEmitter } from '../../src/core/emitter.ts'
import { createPlayout, type Played } from '../../src/core/audio/playout.ts'
import { frameMs, samplesToMs } from '../../src/core/audio/pcm.ts'
import type { Clock, PlayedItem, Speaker } from '../../src/main/ports.ts'

export interface ClockedSpeaker extends Speaker {
  /** From now on a cut is never answered. */
  hang(): void
  /** From now on what is played is kept. */
  record(): void
  /** What was played since then; silence while an item runs dry is in it. */
  recorded(): Int16Array
}

export function createClockedSpeaker(clock: Clock): ClockedSpeaker {
  const playout = createPlayout()
  const emitter = createEmitter<{ ended: PlayedItem; position: PlayedItem }>()
  let frames: Int16Array[] | null = null
  let ticking = false
  let hangs = false
  const inMs = ({ item, playedSamples }: Played): PlayedItem => ({ item, playedMs: samplesToMs(playedSamples) })

  function tick(): void {
    const { frame, ended } = playout.take()
    frames?.push(frame)
    for (const played of ended) emitter.emit('ended', inMs(played))
    const at = playout.position()
    if (at) emitter.emit('position', inMs(at))
    ticking = at !== null || playout.queuedSamples() > 0
    if (ticking) clock.after(frameMs, tick)
  }

  function wake(): void {
    if (ticking) return
    ticking = true
    clock.after(frameMs, tick)
  }

  return {
    open: () => Promise.resolve(),
    play(item, samples) {
      playout.push(item, samples)
      wake()
    },
    finish(item) {
      playout.finish(item)
      wake()
    },
    cut: () => (hangs ? new Promise(() => undefined) : Promise.resolve(playout.cut().map(inMs))),
    onPosition: (listen) => emitter.on('position', listen),
    onEnded: (listen) => emitter.on('ended', listen),
    onTrouble: () => () => undefined,
    health: () => ({ queuedMs: samplesToMs(playout.queuedSamples()), underruns: playout.underruns() }),
    drained: () => Promise.resolve(),
    close: () => Promise.resolve(),
    record: () => void (frames = []),
    recorded: () => Int16Array.from((frames ?? []).flatMap((frame) => [...frame])),
    hang: () => void (hangs = true),
  }
}
