// The voice's side of the speaker: which items are on their way to the ear, what of them was heard, and the change that
// says so in the end. Knows items of earlier sockets too, since sound outlives the line it came over.
import { createPcmReader, sampleRateHz, type PcmReader } from '../../core/audio/pcm.ts'
import type { ClientEventOf } from '../../core/realtime/events.ts'
import { bargeIn, heardOf, type PlayedChange, type SpokenItem } from '../../core/turn/barge-in.ts'
import { decodeBase64 } from '../base64.ts'
import type { Clock, PlayedItem, Speaker, Undo } from '../ports.ts'

export interface PlaybackOpts {
  clock: Clock
  speaker: Speaker
  /** What the current session knows of an item. */
  spoken: (item: string) => SpokenItem | undefined
  onPlayed: (played: readonly PlayedChange[]) => void
  /** The speaker did not say how much was heard of it. */
  onUnknown: (item: string) => void
  /** One sentence for the person. */
  onTrouble: (message: string) => void
  /** Nothing is on its way to the ear any more, or something is again. */
  onIdle: (idle: boolean) => void
}

export interface Playback {
  /**
   * @param audio base64 of PCM16
   * @returns milliseconds taken; none of damaged sound
   */
  play(item: string, audio: string): number
  finish(item: string): void
  /** The line is gone: what is queued plays on, and its words are remembered as `spoken` says them now. */
  loseLine(items: readonly (readonly [item: string, spoken: SpokenItem])[]): void
  /** Silences the speaker. Resolves to what the service must be told, at the latest after a second. */
  cut(): Promise<ClientEventOf<'conversation.item.truncate'>[]>
  /** It is on its way to the ear. */
  isOutstanding(item: string): boolean
  isIdle(): boolean
  close(): void
}

const mostOver = 64
const cutWithinMs = 1_000

export function createPlayback(opts: PlaybackOpts): Playback {
  const { speaker } = opts
  const readers = new Map<string, PcmReader>()
  const outstanding = new Map<string, 'growing' | 'finished'>()
  /** The last items that ended: sound that comes for one of them is late or doubled. */
  const over = new Set<string>()
  const earlier = new Map<string, SpokenItem>()
  const undo: Undo[] = [speaker.onEnded(({ item, playedMs }) => end(item, playedMs))]

  const known = (item: string): SpokenItem | undefined => opts.spoken(item) ?? earlier.get(item)

  function end(item: string, playedMs: number): void {
    const spoken = known(item)
    if (spoken) {
      // Of an answer that broke off with its line all the sound that came was heard; its words had run ahead.
      const cut = earlier.has(item) && !spoken.complete
      const heard = cut ? heardOf(spoken, playedMs) : spoken.text
      opts.onPlayed([{ type: 'played', turn: item, playedMs: Math.floor(playedMs), heard, cut }])
    }
    forget([item])
  }

  function forget(items: readonly string[]): void {
    for (const item of items) {
      outstanding.delete(item)
      readers.delete(item)
      earlier.delete(item)
    }
    for (const item of items) over.add(item)
    for (const oldest of over) {
      if (over.size <= mostOver) break
      over.delete(oldest)
    }
    if (items.length > 0 && outstanding.size === 0) opts.onIdle(true)
  }

  /** Null from a speaker that does not answer: it must not keep the person from being answered. */
  function stopSpeaker(): Promise<PlayedItem[] | null> {
    return new Promise((resolve) => {
      const undo = opts.clock.after(cutWithinMs, () => resolve(null))
      const settle = (stopped: PlayedItem[] | null): void => {
        undo()
        resolve(stopped)
      }
      speaker.cut().then(settle, () => settle(null))
    })
  }

  function decode(item: string, audio: string): Int16Array {
    const reader = readers.get(item) ?? createPcmReader()
    try {
      const samples = reader.read(decodeBase64(audio))
      readers.set(item, reader)
      return samples
    } catch {
      opts.onTrouble('A piece of the answer’s sound arrived damaged and was left out.')
      return new Int16Array(0)
    }
  }

  function finish(item: string): void {
    if (outstanding.get(item) !== 'growing') return
    outstanding.set(item, 'finished')
    speaker.finish(item)
  }

  return {
    play(item, audio) {
      if (over.has(item) || outstanding.get(item) === 'finished') return 0
      const samples = decode(item, audio)
      if (samples.length === 0) return 0
      const wasIdle = outstanding.size === 0
      outstanding.set(item, 'growing')
      if (wasIdle) opts.onIdle(false)
      speaker.play(item, samples)
      return (samples.length * 1000) / sampleRateHz
    },
    finish,
    loseLine(items) {
      for (const [item, spoken] of items) {
        if (!outstanding.has(item)) continue
        earlier.set(item, { ...spoken, ofThisSession: false })
        finish(item)
      }
    },
    async cut() {
      // Words that arrive while the speaker answers were not heard.
      const then = new Map([...outstanding.keys()].map((item) => [item, known(item)]))
      const stopped = await stopSpeaker()
      if (!stopped) {
        opts.onTrouble('The speaker did not say how much of the answer you heard.')
        for (const item of then.keys()) opts.onUnknown(item)
        forget([...outstanding.keys()])
        return []
      }
      const { send, changes } = bargeIn(stopped, (item) => then.get(item))
      if (changes.length > 0) opts.onPlayed(changes)
      forget(stopped.map(({ item }) => item))
      return send
    },
    isOutstanding: (item) => outstanding.has(item),
    isIdle: () => outstanding.size === 0,
    close() {
      for (const one of undo) one()
    },
  }
}
