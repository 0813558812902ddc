// A room without hardware: what a microphone hears of a loudspeaker (clipping, its own narrow band, walls, air, noise) and of
// the person, computed. All 24 kHz mono PCM16; the same at every run.
import { seededRandom } from './seeded-random.ts'

export interface Room {
  /** From the write to the speaker until the sound is back in a captured frame. */
  delayMs: number
  /** Of the echo at the microphone against the sound that is played. */
  echoDb: number
  /** Of the noise that is always there. */
  noiseDbfs?: number
  seed?: number
}

const hz = 24_000

/** A small loudspeaker driven hard: soft clipping, and nothing below 200 Hz or above 7 kHz to speak of. */
function loudspeaker(samples: Int16Array): Float64Array {
  const lowCut = Math.exp((-2 * Math.PI * 200) / hz)
  const highCut = 1 - Math.exp((-2 * Math.PI * 7_000) / hz)
  let [slow, smooth] = [0, 0]
  return Float64Array.from(samples, (sample) => {
    const driven = Math.tanh((1.6 * sample) / 32_768) / 1.6
    slow = lowCut * slow + (1 - lowCut) * driven
    smooth += highCut * (driven - slow - smooth)
    return smooth
  })
}

/** The direct sound, and 120 ms of walls that fade by 60 dB; its energy is 1. */
function impulseResponse(seed: number): Float64Array {
  const chance = seededRandom(seed)
  const taps = new Float64Array(hz * 0.12)
  taps[0] = 1
  for (let at = 24; at < taps.length; at++)
    if (chance() < 0.06) taps[at] = (chance() * 2 - 1) * 0.5 * 10 ** ((-3 * at) / taps.length)
  const energy = Math.sqrt(taps.reduce((sum, tap) => sum + tap * tap, 0))
  return taps.map((tap) => tap / energy)
}

function convolved(signal: Float64Array, taps: Float64Array): Float64Array {
  const sparse = [...taps.entries()].filter(([, tap]) => tap !== 0)
  const result = new Float64Array(signal.length)
  for (const [lag, tap] of sparse)
    for (let at = lag; at < result.length; at++) result[at] = (result[at] ?? 0) + tap * (signal[at - lag] ?? 0)
  return result
}

/** What the microphone hears of what is played, without the person. As long as `played`. */
export function echoOf(played: Int16Array, { delayMs, echoDb, noiseDbfs = -65, seed = 1 }: Room): Int16Array {
  const chance = seededRandom(seed + 100)
  const heard = convolved(loudspeaker(played), impulseResponse(seed))
  const delay = Math.round((delayMs * hz) / 1_000)
  const gain = 10 ** (echoDb / 20)
  const noise = 10 ** (noiseDbfs / 20) * Math.sqrt(3)
  return Int16Array.from(played, (_, at) => {
    const value = gain * (heard[at - delay] ?? 0) + noise * (chance() * 2 - 1)
    return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)))
  })
}
