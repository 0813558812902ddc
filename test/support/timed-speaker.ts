// A speaker that only counts: what is played, and for how long, by a clock that the test moves. Cheap enough for thousands of
// conversations; what is made of samples is clocked-speaker.ts.
import { sampleRateHz } from '../../src/core/audio/pcm.ts'
import { createEmitter } from '../../src/core/emitter.ts'
import type { Clock, PlayedItem, Speaker, Undo } from '../../src/main/ports.ts'

export interface TimedSpeaker extends Speaker {
  /** What of each item was played, also of those that were cut. */
  playedMs(item: string): number
}

interface Queued {
  item: string
  ms: number
  playedMs: number
  finished: boolean
}

export function createTimedSpeaker(clock: Clock): TimedSpeaker {
  const emitter = createEmitter<{ ended: PlayedItem; position: PlayedItem }>()
  const played = new Map<string, number>()
  let queue: Queued[] = []
  let sinceMs = 0
  let undo: Undo | null = null

  function advance(): void {
    let elapsedMs = clock.monotonicMs() - sinceMs
    sinceMs = clock.monotonicMs()
    const ended: PlayedItem[] = []
    for (let head = queue[0]; head; head = queue[0]) {
      const ms = Math.min(elapsedMs, head.ms - head.playedMs)
      head.playedMs += ms
      elapsedMs -= ms
      played.set(head.item, head.playedMs)
      if (!head.finished || head.playedMs < head.ms) break
      queue.shift()
      ended.push({ item: head.item, playedMs: head.playedMs })
    }
    for (const at of ended) emitter.emit('ended', at)
    watch()
  }

  function watch(): void {
    undo?.()
    undo = null
    const head = queue[0]
    if (head?.finished) undo = clock.after(head.ms - head.playedMs, advance)
  }

  return {
    open: () => Promise.resolve(),
    play(item, samples) {
      advance()
      const ms = (samples.length * 1_000) / sampleRateHz
      const known = queue.find((one) => one.item === item)
      if (known) known.ms += ms
      else queue.push({ item, ms, playedMs: 0, finished: false })
      watch()
    },
    finish(item) {
      advance()
      const known = queue.find((one) => one.item === item)
      if (known) known.finished = true
      watch()
    },
    cut() {
      advance()
      const stopped = queue.map(({ item, playedMs }) => ({ item, playedMs: Math.floor(playedMs) }))
      queue = []
      watch()
      return Promise.resolve(stopped)
    },
    onPosition: (listen) => emitter.on('position', listen),
    onEnded: (listen) => emitter.on('ended', listen),
    onTrouble: () => () => undefined,
    health: () => ({ queuedMs: queue.reduce((sum, { ms, playedMs }) => sum + ms - playedMs, 0), underruns: 0 }),
    drained: () => Promise.resolve(),
    close: () => Promise.resolve(),
    playedMs: (item) => played.get(item) ?? 0,
  }
}
