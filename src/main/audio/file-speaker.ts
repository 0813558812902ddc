// A WAV file as a speaker, in real time: holds what was played when, the silence between included.
import { createWriteStream, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { createEmitter } from '../../core/emitter.ts'
import { bytesPerSample, sampleRateHz, samplesToBytes, samplesToMs } from '../../core/audio/pcm.ts'
import { createPlayout, type Played } from '../../core/audio/playout.ts'
import { wavHeader } from '../../core/audio/wav.ts'
import type { Clock, PlayedItem, SoundTrouble, Speaker, Undo } from '../ports.ts'
import { SoundError } from './errors.ts'
import { everyFrame } from './paced.ts'

/** @param trimStart leaves out the silence before the first sound */
export function createFileSpeaker(opts: { clock: Clock; file: string; trimStart?: boolean }): Speaker {
  const events = createEmitter<{ position: PlayedItem; ended: PlayedItem; trouble: SoundTrouble; drained: undefined }>()
  const playout = createPlayout()
  let recording: Recording | null = null
  let stop: Undo | null = null
  let frames = 0
  /** Items that were begun or queued and have not ended. */
  const held = new Set<string>()

  function noteDrained(): void {
    if (held.size === 0) events.emit('drained', undefined)
  }

  function nextFrame(): void {
    const { frame, ended } = playout.take()
    recording?.write(frame)
    frames += 1
    for (const one of ended) {
      held.delete(one.item)
      events.emit('ended', inMs(one))
    }
    const at = playout.position()
    if (at && frames % 2 === 0) events.emit('position', inMs(at))
    if (ended.length > 0) noteDrained()
  }

  function cut(): PlayedItem[] {
    held.clear()
    const played = playout.cut().map(inMs)
    noteDrained()
    return played
  }

  return {
    async open() {
      if (stop) throw new SoundError('device-refused', 'The speaker is open already.')
      recording = await record(opts.file, opts.trimStart ?? false, () => {
        const message = `The sound file “${basename(opts.file)}” can't be written any more. Is the disk full?`
        events.emit('trouble', { part: 'speaker', message, fatal: true })
      })
      stop = everyFrame(opts.clock, nextFrame)
    },
    play(item, samples) {
      if (playout.push(item, samples)) held.add(item)
      else
        events.emit('trouble', { part: 'speaker', message: 'Too much speech is waiting to be played.', fatal: false })
    },
    finish: (item) => playout.finish(item),
    cut: () => Promise.resolve(cut()),
    onPosition: (listen) => events.on('position', listen),
    onEnded: (listen) => events.on('ended', listen),
    onTrouble: (listen) => events.on('trouble', listen),
    health: () => ({ queuedMs: samplesToMs(playout.queuedSamples()), underruns: playout.underruns() }),
    drained() {
      if (held.size === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const undo = events.on('drained', () => {
          undo()
          resolve()
        })
      })
    },
    async close() {
      stop?.()
      stop = null
      cut()
      await recording?.close()
      recording = null
    },
  }
}

interface Recording {
  write(frame: Int16Array): void
  close(): Promise<void>
}

async function record(file: string, trimStart: boolean, onBroken: () => void): Promise<Recording> {
  const stream = await openForWriting(file)
  let dataBytes = 0
  let isBroken = false
  stream.on('error', () => {
    isBroken = true
    onBroken()
  })
  // Zero is read as "until the end of the file", which is right for as long as nobody closes it.
  stream.write(header(0))
  return {
    write(frame) {
      if (isBroken || (trimStart && dataBytes === 0 && frame.every((sample) => sample === 0))) return
      dataBytes += frame.length * bytesPerSample
      stream.write(samplesToBytes(frame))
    },
    async close() {
      if (isBroken) return
      await new Promise<void>((resolve) => stream.end(resolve))
      const handle = await open(file, 'r+')
      try {
        await handle.write(header(dataBytes), 0, undefined, 0)
      } finally {
        await handle.close()
      }
    },
  }
}

function header(dataBytes: number): Uint8Array {
  return wavHeader({ rateHz: sampleRateHz, channelCount: 1, encoding: 'pcm16', dataBytes })
}

function openForWriting(file: string): Promise<WriteStream> {
  const stream = createWriteStream(file)
  return new Promise((resolve, reject) => {
    stream.once('open', () => resolve(stream))
    stream.once('error', (error) => {
      const message = `The sound file “${basename(file)}” can't be written. Check that its folder exists.`
      reject(new SoundError('no-file', message, error))
    })
  })
}

function inMs({ item, playedSamples }: Played): PlayedItem {
  return { item, playedMs: samplesToMs(playedSamples) }
}
