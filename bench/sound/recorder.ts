// What a device of the virtual card gives, with the time of each sample. Recorders lag a little behind; the smallest lag that was
// seen is part of every time, so that two of them share it and a single one tells rather too late than too early.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createPcmReader } from '../../src/core/audio/pcm.ts'
import { within } from '../../test/support/within.ts'

export interface Recorder {
  /** Everything so far, 24 kHz mono. */
  samples(): Int16Array
  /** When that sample was there, in the milliseconds of `performance.now()`. */
  timeOf(sample: number): number
  sampleAt(timeMs: number): number
  stop(): Promise<void>
}

const raw = ['--raw', '--format=s16le', '--rate=24000', '--channels=1', '--latency-msec=10']

export async function record(device: 'vmic' | 'vspeaker.monitor', mostMs = 900_000): Promise<Recorder> {
  const recorder = spawn('parecord', [`--device=${device}`, ...raw], { stdio: ['ignore', 'pipe', 'inherit'] })
  const samples = new Int16Array(mostMs * 24)
  const reader = createPcmReader()
  let count = 0
  let baseMs = Infinity
  recorder.stdout.on('data', (bytes: Buffer) => {
    const read = reader.read(bytes)
    samples.set(read, count)
    count += read.length
    baseMs = Math.min(baseMs, performance.now() - count / 24)
  })
  const began = new Promise<void>((resolve) => recorder.stdout.once('data', () => resolve()))
  await within('sound from the recorder', began)
  return {
    samples: () => samples.subarray(0, count),
    timeOf: (sample) => baseMs + sample / 24,
    sampleAt: (timeMs) => Math.max(0, Math.round((timeMs - baseMs) * 24)),
    async stop() {
      recorder.kill('SIGINT')
      await within('the recorder to end', once(recorder, 'exit'))
    },
  }
}

/** The loudest of each millisecond from there on. */
export function peaks(samples: Int16Array, from: number, ms: number): number[] {
  return Array.from({ length: ms }, (_, at) =>
    samples.subarray(from + at * 24, from + (at + 1) * 24).reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  )
}

/** The first sample from there on that is that loud; -1 for none. */
export function firstLoud(samples: Int16Array, from: number, loud: number): number {
  for (let at = from; at < samples.length; at++) if (Math.abs(samples[at] ?? 0) > loud) return at
  return -1
}

/** The last sample of that loudness from there on, before `quietMs` without one; -1 where it never is so quiet. */
export function lastLoud(samples: Int16Array, from: number, loud: number, quietMs = 60): number {
  let last = from
  for (let at = from; at < samples.length; at++) {
    if (Math.abs(samples[at] ?? 0) > loud) last = at
    else if (at - last > quietMs * 24) return last
  }
  return -1
}

export const tone = (ms: number, amplitude = 12_000): Int16Array =>
  Int16Array.from({ length: Math.round(ms * 24) }, (_, at) => Math.round(amplitude * Math.sin((2 * Math.PI * at) / 24)))

/** Nothing in the world happens at that moment: only sound passes. */
export const passing = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
