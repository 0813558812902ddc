// The sounds of a room in which nobody speaks to Parley, the same at every run: a fan, music of four kinds, and mixing to a wanted
// distance between a voice and the noise around it. All 24 kHz mono PCM16. Keys and hum: noise.ts.
import { seededRandom } from './seeded-random.ts'

const hz = 24_000
const amplitudeOf = (dbfs: number): number => 32_767 * 10 ** (dbfs / 20)

/** Air and blades: noise that falls with the frequency, breathing with the turning of the fan. */
export function fan(durationMs: number, dbfs: number, seed = 5): Int16Array {
  const random = seededRandom(seed)
  let [low, lower] = [0, 0]
  const raw = Float64Array.from({ length: durationMs * 24 }, (_, at) => {
    low += 0.12 * (random() * 2 - 1 - low)
    lower += 0.02 * (random() * 2 - 1 - lower)
    const seconds = at / hz
    const blades = 0.03 * Math.sin(2 * Math.PI * 97 * seconds) + 0.015 * Math.sin(2 * Math.PI * 194 * seconds)
    return (low + 2 * lower + blades) * (1 + 0.15 * Math.sin(2 * Math.PI * 0.9 * seconds))
  })
  return atLevel(raw, dbfs)
}

export const musicKinds = ['piano', 'strings', 'organ and drums', 'lead'] as const

const scale = [0, 2, 4, 5, 7, 9, 11, 12]
const pitch = (step: number): number => 220 * 2 ** (step / 12)

/** Notes without words: struck, bowed, held with a beat, or one gliding lead. */
export function music(durationMs: number, dbfs: number, kind: (typeof musicKinds)[number], seed = 9): Int16Array {
  const random = seededRandom(seed)
  const raw = new Float64Array(durationMs * 24)
  const noteMs = kind === 'strings' ? 900 : kind === 'organ and drums' ? 500 : 300
  for (let startMs = 0; startMs < durationMs; startMs += noteMs) {
    const root = scale[Math.floor(random() * scale.length)] ?? 0
    const notes = kind === 'lead' ? [root + 12] : [root - 12, root, root + 4, root + 7]
    for (const note of notes) addNote(raw, startMs, noteMs * 1.15, pitch(note), kind)
    if (kind === 'organ and drums') {
      addHit(raw, startMs, 90, random)
      addHit(raw, startMs + noteMs / 2, 30, random)
    }
  }
  return atLevel(raw, dbfs)
}

function addNote(
  into: Float64Array,
  startMs: number,
  ms: number,
  noteHz: number,
  kind: (typeof musicKinds)[number],
): void {
  const from = Math.round(startMs * 24)
  const length = Math.round(ms * 24)
  const vibrato = kind === 'strings' || kind === 'lead' ? 0.004 : 0
  for (let at = 0; at < length && from + at < into.length; at++) {
    const seconds = at / hz
    const share = at / length
    const envelope =
      kind === 'piano' ? Math.min(1, at / 120) * Math.exp(-4 * share) : Math.min(1, share * 12, (1 - share) * 12)
    const phase =
      2 * Math.PI * noteHz * (seconds + (vibrato / (2 * Math.PI * 5.5)) * Math.sin(2 * Math.PI * 5.5 * seconds))
    let sample = 0
    for (let overtone = 1; overtone <= 6; overtone++) sample += Math.sin(phase * overtone) / overtone ** 1.3
    into[from + at] = (into[from + at] ?? 0) + sample * envelope
  }
}

function addHit(into: Float64Array, startMs: number, ms: number, random: () => number): void {
  const from = Math.round(startMs * 24)
  const length = ms * 24
  for (let at = 0; at < length && from + at < into.length; at++)
    into[from + at] = (into[from + at] ?? 0) + (random() * 2 - 1) * 3 * Math.exp((-6 * at) / length)
}

function atLevel(raw: Float64Array, dbfs: number): Int16Array {
  const by = amplitudeOf(dbfs) / Math.max(1e-9, rmsOf(raw))
  return Int16Array.from(raw, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * by))))
}

/** Root mean square, 1 for full scale of `samples`' own unit. */
function rmsOf(samples: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < samples.length; at++) sum += (samples[at] ?? 0) ** 2
  return Math.sqrt(sum / Math.max(1, samples.length))
}

/** Root mean square of what is not a pause in it: frames of 20 ms within 30 dB of the loudest. */
export function speechRms(samples: Int16Array): number {
  const frames: number[] = []
  for (let at = 0; at + 480 <= samples.length; at += 480) frames.push(rmsOf(samples.subarray(at, at + 480)))
  const loudest = Math.max(...frames, 1)
  const loud = frames.filter((rms) => rms > loudest / 31.6)
  return Math.sqrt(loud.reduce((sum, rms) => sum + rms * rms, 0) / Math.max(1, loud.length))
}

/** @returns the speech at so many dB over a noise of that level; it may be under it */
export function speechAt(speech: Int16Array, overDb: number, noiseDbfs: number): Int16Array {
  const by = amplitudeOf(noiseDbfs + overDb) / speechRms(speech)
  return speech.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * by))))
}
