// A microphone and a speaker on the virtual sound card (virtual-sound.ts): sound into the one, and what the other plays.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createPcmReader } from '../../src/core/audio/pcm.ts'
import { createSampleQueue } from '../../src/core/audio/sample-queue.ts'
import { within } from './within.ts'

export interface Recording {
  /** Everything recorded so far, 24 kHz mono. */
  samples(): Int16Array
  /** Resolves when as much as `ms` is recorded in all. */
  reaches(ms: number): Promise<void>
  recordedMs(): number
  stop(): Promise<void>
}

const raw = ['--raw', '--format=s16le', '--rate=24000', '--channels=1']

/** Resolves when sound, even silence, arrives. */
export async function recordSpeaker(device = 'vspeaker.monitor'): Promise<Recording> {
  const recorder = spawn('parecord', [`--device=${device}`, '--latency-msec=10', ...raw], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const queue = createSampleQueue()
  const reader = createPcmReader()
  const waiting = new Set<() => void>()
  recorder.stdout.on('data', (bytes: Buffer) => {
    queue.push(reader.read(bytes))
    for (const look of waiting) look()
  })
  const recordedMs = (): number => Math.floor(queue.length() / 24)
  const reaches = (ms: number): Promise<void> => {
    const reached = new Promise<void>((resolve) => {
      const look = (): void => {
        if (recordedMs() < ms) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
    return within(`${ms} ms of sound from the speaker`, reached, { seen: () => `${recordedMs()} ms` })
  }
  await reaches(1)
  return {
    samples: () => queue.all(),
    reaches,
    recordedMs,
    async stop() {
      recorder.kill('SIGINT')
      await within('the recorder to end', once(recorder, 'exit'))
    },
  }
}

/** Plays into the virtual microphone; resolves when all of it has been played. */
export async function speakIntoMicrophone(samples: Int16Array): Promise<void> {
  const player = spawn('pacat', ['--playback', '--device=vmic_in', '--latency-msec=100', ...raw], {
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  player.stdin.end(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength))
  await within('the microphone to take all that is said', once(player, 'exit'))
}
