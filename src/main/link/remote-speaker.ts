// A paired device's loudspeaker as any other speaker: what it was given and what of it has sounded there, by the device's own count.
// Sound is sent a few seconds ahead of what sounds, so that a cut is short and a slow line is not flooded.
import { z } from 'zod'
import { createEmitter } from '../../core/emitter.ts'
import type { Clock, PlayedItem, SoundTrouble, Speaker } from '../ports.ts'

export interface RemoteSpeaker extends Speaker {
  /** What the device says of its playing; anything else is ignored. */
  hear(said: unknown): void
  /** The device is gone: whoever waits for it hears what it told last. */
  lose(): void
}

const samplesPerMs = 24
const aheadMs = 3_000
const cutWithinMs = 500
const chunkSamples = 100 * samplesPerMs

const saidSchema = z.union([
  z.object({ type: z.enum(['position', 'ended']), at: z.number().int(), playedMs: z.number().min(0).max(1e8) }),
  z.object({ type: z.literal('cut'), cut: z.number().int() }),
])

interface Item {
  at: number
  item: string
  givenMs: number
  sentMs: number
  playedMs: number
  waiting: Int16Array[]
  isFinished: boolean
  isFinishSent: boolean
}

/** @param send a JSON value @param sendBytes the item's number (32 bits, little-endian), then PCM16 */
export function createRemoteSpeaker(opts: {
  clock: Clock
  send: (value: unknown) => void
  sendBytes: (bytes: Uint8Array) => void
}): RemoteSpeaker {
  const events = createEmitter<{ position: PlayedItem; ended: PlayedItem; trouble: SoundTrouble; drained: null }>()
  const items = new Map<number, Item>()
  let count = 0
  let cuts = 0
  let settleCut: { cut: number; settle: () => void } | null = null
  let isLost = false

  const say = (sound: unknown): void => opts.send({ sound })

  function pump(): void {
    let ahead = 0
    for (const one of items.values()) {
      while (one.waiting.length > 0 && ahead + one.sentMs - one.playedMs < aheadMs) {
        const samples = one.waiting.shift() ?? new Int16Array()
        const bytes = Buffer.alloc(4 + samples.byteLength)
        bytes.writeUInt32LE(one.at, 0)
        samples.forEach((sample, index) => bytes.writeInt16LE(sample, 4 + 2 * index))
        opts.sendBytes(bytes)
        one.sentMs += samples.length / samplesPerMs
      }
      if (one.waiting.length > 0) return
      if (one.isFinished && !one.isFinishSent) say({ type: 'finish', at: one.at })
      one.isFinishSent = one.isFinished
      ahead += one.sentMs - one.playedMs
    }
  }

  function heldOf(name: string): Item | undefined {
    return [...items.values()].find(({ item, isFinished }) => item === name && !isFinished)
  }

  function itemOf(name: string): Item {
    const known = heldOf(name)
    if (known) return known
    count += 1
    const made = {
      at: count,
      item: name,
      givenMs: 0,
      sentMs: 0,
      playedMs: 0,
      waiting: [],
      isFinished: false,
      isFinishSent: false,
    }
    items.set(count, made)
    return made
  }

  const playedOf = ({ item, playedMs }: Item): PlayedItem => ({ item, playedMs })

  function forget(): void {
    items.clear()
    events.emit('drained', null)
  }

  return {
    open: () => Promise.resolve(),
    play(item, samples) {
      const one = itemOf(item)
      one.givenMs += samples.length / samplesPerMs
      for (let from = 0; from < samples.length; from += chunkSamples)
        one.waiting.push(samples.slice(from, from + chunkSamples))
      pump()
    },
    finish(item) {
      const one = heldOf(item)
      if (one === undefined) return
      one.isFinished = true
      pump()
    },
    async cut() {
      cuts += 1
      const cut = cuts
      if (items.size === 0) return []
      if (!isLost)
        await new Promise<void>((resolve) => {
          const undo = opts.clock.after(cutWithinMs, resolve)
          const settle = (): void => {
            undo()
            resolve()
          }
          settleCut = { cut, settle }
          say({ type: 'cut', cut })
        })
      settleCut = null
      const played = [...items.values()].map(playedOf)
      forget()
      return played
    },
    onPosition: (listen) => events.on('position', listen),
    onEnded: (listen) => events.on('ended', listen),
    onTrouble: (listen) => events.on('trouble', listen),
    health: () => ({
      queuedMs: [...items.values()].reduce((sum, { givenMs, playedMs }) => sum + givenMs - playedMs, 0),
      underruns: 0,
    }),
    drained: () =>
      items.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            const undo = events.on('drained', () => {
              undo()
              resolve()
            })
          }),
    close() {
      forget()
      return Promise.resolve()
    },
    hear(given) {
      const said = saidSchema.safeParse(given).data
      if (said === undefined) return
      if (said.type === 'cut') {
        if (settleCut?.cut === said.cut) settleCut.settle()
        return
      }
      const one = items.get(said.at)
      if (one === undefined) return
      // No device has played more than it was sent.
      one.playedMs = Math.max(one.playedMs, Math.min(said.playedMs, one.sentMs))
      if (said.type === 'ended' && one.isFinishSent && settleCut === null) {
        items.delete(said.at)
        events.emit('ended', playedOf(one))
        if (items.size === 0) events.emit('drained', null)
      } else events.emit('position', playedOf(one))
      pump()
    },
    lose() {
      isLost = true
      settleCut?.settle()
    },
  }
}
