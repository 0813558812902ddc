// WAV files as a microphone, in real time: what is asked to be said goes out one file after the other, silence goes on
// before, between and after.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createEmitter } from '../../core/emitter.ts'
import { createFramer } from '../../core/audio/framer.ts'
import { frameSamples, sampleRateHz } from '../../core/audio/pcm.ts'
import { createSampleQueue } from '../../core/audio/sample-queue.ts'
import { mixDown, parseWav, WavError } from '../../core/audio/wav.ts'
import type { Clock, Microphone, Undo } from '../ports.ts'
import { SoundError } from './errors.ts'
import { everyFrame } from './paced.ts'
import { createResampler } from './resample.ts'

export interface FileMicrophone extends Microphone {
  /**
   * Puts a WAV file into the queue (any rate, one or two channels). Resolves when its last frame went out.
   * @throws SoundError when it can't be read, or when the microphone is closed before it was said
   */
  say(file: string): Promise<void>
}

interface Saying {
  frames: Int16Array[]
  said: number
  resolve: () => void
  reject: (error: SoundError) => void
}

/** @param file said as soon as the microphone opens; null begins with silence */
export function createFileMicrophone(opts: { clock: Clock; file: string | null }): FileMicrophone {
  const events = createEmitter<{ frame: Int16Array; end: undefined }>()
  let queue: Saying[] = []
  // Files are read side by side and queued in the order of the calls.
  let reading: Promise<unknown> = Promise.resolve()
  let stop: Undo | null = null
  let closings = 0

  function nextFrame(): void {
    const saying = queue[0]
    const frame = saying?.frames[saying.said]
    if (!saying || !frame) {
      events.emit('frame', new Int16Array(frameSamples))
      return
    }
    saying.said += 1
    events.emit('frame', frame)
    if (saying.said < saying.frames.length) return
    queue.shift()
    saying.resolve()
    if (queue.length === 0) events.emit('end', undefined)
  }

  async function enqueue(frames: Int16Array[]): Promise<void> {
    await new Promise<void>((resolve, reject) => queue.push({ frames, said: 0, resolve, reject }))
  }

  return {
    onFrame: (listen) => events.on('frame', listen),
    onEnd: (listen) => events.on('end', listen),
    // Nothing goes wrong with a file once it is read.
    onTrouble: () => () => undefined,
    async say(file) {
      const life = closings
      const frames = readFrames(file)
      const turn = reading.then(() => frames)
      // Whoever asked hears of the error; the next in line only waits.
      frames.catch(() => undefined)
      reading = turn.catch(() => undefined)
      const read = await turn
      if (life !== closings) throw closedTooSoon()
      await enqueue(read)
    },
    async open() {
      if (stop) throw new SoundError('device-refused', 'The microphone is open already.')
      if (opts.file !== null) {
        const frames = await readFrames(opts.file)
        enqueue(frames).catch(() => undefined)
      }
      stop = everyFrame(opts.clock, nextFrame)
    },
    close() {
      stop?.()
      stop = null
      closings += 1
      for (const { reject } of queue) reject(closedTooSoon())
      queue = []
      return Promise.resolve()
    },
  }
}

function closedTooSoon(): SoundError {
  return new SoundError('closed', 'The microphone was closed before all was said.')
}

async function readFrames(file: string): Promise<Int16Array[]> {
  const samples = await readSound(file)
  const framer = createFramer()
  const frames = framer.push(samples)
  const last = framer.flush()
  return last ? [...frames, last] : frames
}

/** A WAV file as 24 kHz mono PCM16. @throws SoundError */
export async function readSound(file: string): Promise<Int16Array> {
  const name = basename(file)
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new SoundError('no-file', `The sound file “${name}” can't be read. Check its path.`, error)
  })
  try {
    const wav = parseWav(bytes)
    const samples = mixDown(wav)
    if (samples.length === 0) throw new SoundError('empty-file', `The sound file “${name}” holds no sound.`)
    const resampler = await createResampler(wav.rateHz, sampleRateHz)
    const resampled = createSampleQueue()
    resampled.push(resampler.push(samples))
    resampled.push(resampler.flush())
    resampler.close()
    return resampled.all()
  } catch (error) {
    if (!(error instanceof WavError)) throw error
    throw new SoundError('not-wav', `“${name}”: ${error.message}. Convert it to a WAV file of 16 bits.`, error)
  }
}
