// Raw sound from a pipe (24 kHz mono PCM16, little-endian) as a microphone in real time. Silence where none has come.
import { createEmitter } from '../../core/emitter.ts'
import { createPcmReader, frameSamples, msToSamples } from '../../core/audio/pcm.ts'
import { createSampleQueue } from '../../core/audio/sample-queue.ts'
import type { Clock, Microphone, SoundTrouble, Undo } from '../ports.ts'
import { SoundError } from './errors.ts'
import { everyFrame } from './paced.ts'

/** A file behind the pipe is read no further ahead than this; a live recorder never gets that far. */
const readAheadMs = 1_000

export function createPipeMicrophone(opts: { clock: Clock; input: AsyncIterable<Uint8Array> }): Microphone {
  const events = createEmitter<{ frame: Int16Array; end: undefined; trouble: SoundTrouble }>()
  const queue = createSampleQueue()
  let input: 'unread' | 'flowing' | 'ended' | 'told' = 'unread'
  let wake: (() => void) | null = null
  let stop: Undo | null = null

  async function readAll(): Promise<void> {
    const reader = createPcmReader()
    input = 'flowing'
    try {
      for await (const bytes of opts.input) {
        queue.push(reader.read(bytes))
        while (queue.length() > msToSamples(readAheadMs)) await new Promise<void>((resolve) => (wake = resolve))
      }
    } catch {
      events.emit('trouble', { part: 'microphone', message: 'The sound that was piped in broke off.', fatal: true })
    }
    input = 'ended'
  }

  function nextFrame(): void {
    const frame = new Int16Array(frameSamples)
    if (queue.length() >= frameSamples || input === 'ended') frame.set(queue.take(frameSamples))
    events.emit('frame', frame)
    wake?.()
    if (input !== 'ended' || queue.length() > 0) return
    input = 'told'
    events.emit('end', undefined)
  }

  return {
    onFrame: (listen) => events.on('frame', listen),
    onEnd: (listen) => events.on('end', listen),
    onTrouble: (listen) => events.on('trouble', listen),
    open() {
      if (stop) return Promise.reject(new SoundError('device-refused', 'The microphone is open already.'))
      if (input === 'unread') void readAll()
      stop = everyFrame(opts.clock, nextFrame)
      return Promise.resolve()
    },
    close() {
      stop?.()
      stop = null
      return Promise.resolve()
    },
  }
}
