// The voice's side of the speaker: which items are on their way to the ear, what of them was heard, and the change that
// says so in the end. Knows items of earlier sockets too, since sound outlives the line it came over.
import { decodeBase64 } from '../../core/audio/base64.ts'
import { createPcmReader, sampleRateHz, type PcmReader } from '../../core/audio/pcm.ts'
import type { Change } from '../../core/conversation/change.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { bargeIn, type SpokenItem } from '../../core/turn/barge-in.ts'
import type { Speaker, Undo } from '../ports.ts'

export interface PlaybackOpts {
  speaker: Speaker
  /** What the current session knows of an item. */
  spoken: (item: string) => SpokenItem | undefined
  record: (changes: Change[]) => void
  /** Nothing is on its way to the ear any more, or something is again. */
  onIdle: (idle: boolean) => void
}

export interface Playback {
  /**
   * @param audio base64 of PCM16
   * @returns milliseconds taken
   * @throws Base64Error for damaged sound
   */
  play(item: string, audio: string): number
  finish(item: string): void
  /** The line is gone: what is queued plays on, and its words are remembered as `spoken` says them now. */
  loseLine(items: readonly (readonly [item: string, spoken: SpokenItem])[]): void
  /** Silences the speaker. Resolves to what the service must be told. */
  cut(cancel: string | null): Promise<ClientEvent[]>
  isIdle(): boolean
  close(): void
}

export function createPlayback(opts: PlaybackOpts): Playback {
  const { speaker } = opts
  const readers = new Map<string, PcmReader>()
  const outstanding = new Set<string>()
  const earlier = new Map<string, SpokenItem>()
  const undo: Undo[] = [speaker.onEnded(({ item, playedMs }) => end(item, playedMs))]

  const known = (item: string): SpokenItem | undefined => opts.spoken(item) ?? earlier.get(item)

  function end(item: string, playedMs: number): void {
    const broken = earlier.get(item)
    const spoken = known(item)
    if (spoken)
      opts.record([
        { type: 'played', turn: item, playedMs: Math.floor(playedMs), heard: spoken.text, cut: broken !== undefined },
      ])
    forget([item])
  }

  function forget(items: readonly string[]): void {
    for (const item of items) {
      outstanding.delete(item)
      readers.delete(item)
      earlier.delete(item)
    }
    if (items.length > 0 && outstanding.size === 0) opts.onIdle(true)
  }

  return {
    play(item, audio) {
      const reader = readers.get(item) ?? createPcmReader()
      readers.set(item, reader)
      const samples = reader.read(decodeBase64(audio))
      if (outstanding.size === 0) opts.onIdle(false)
      outstanding.add(item)
      speaker.play(item, samples)
      return (samples.length * 1000) / sampleRateHz
    },
    finish(item) {
      if (outstanding.has(item)) speaker.finish(item)
    },
    loseLine(items) {
      for (const [item, spoken] of items) {
        if (!outstanding.has(item)) continue
        earlier.set(item, { ...spoken, ofThisSession: false })
        speaker.finish(item)
      }
    },
    async cut(cancel) {
      const stopped = await speaker.cut()
      const { send, changes } = bargeIn(stopped, known, cancel)
      if (changes.length > 0) opts.record(changes)
      forget(stopped.map(({ item }) => item))
      return send
    },
    isIdle: () => outstanding.size === 0,
    close() {
      for (const one of undo) one()
    },
  }
}
