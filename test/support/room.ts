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
function createLoudspeaker(): (sample: number) => number {
  const lowCut = Math.exp((-2 * Math.PI * 200) / hz)
  const highCut = 1 - Math.exp((-2 * Math.PI * 7_000) / hz)
  let [slow, smooth] = [0, 0]
  return (sample) => {
    const driven = Math.tanh((1.6 * sample) / 32_768) / 1.6
    slow = lowCut * slow + (1 - lowCut) * driven
    smooth += highCut * (driven - slow - smooth)
    return smooth
  }
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

/** What the microphone hears of what is played, without the person, piece by piece; each as long as what is played. */
export function createRoom({ delayMs, echoDb, noiseDbfs = -65, seed = 1 }: Room): (played: Int16Array) => Int16Array {
  const chance = seededRandom(seed + 100)
  const loudspeaker = createLoudspeaker()
  const taps = [...impulseResponse(seed).entries()].filter(([, tap]) => tap !== 0)
  const delay = Math.round((delayMs * hz) / 1_000)
  const longest = delay + Math.max(...taps.map(([lag]) => lag))
  const gain = 10 ** (echoDb / 20)
  const noise = 10 ** (noiseDbfs / 20) * Math.sqrt(3)
  let before = new Float64Array(longest)
  return (played) => {
    const given = new Float64Array(longest + played.length)
    given.set(before)
    for (const [at, sample] of played.entries()) given[longest + at] = loudspeaker(sample)
    before = given.slice(played.length)
    const heard = new Float64Array(played.length)
    for (const [lag, tap] of taps)
      for (let at = 0, from = longest - delay - lag; at < heard.length; at++)
        heard[at] = (heard[at] ?? 0) + tap * (given[from + at] ?? 0)
    return Int16Array.from(heard, (sample) => {
      const value = gain * sample + noise * (chance() * 2 - 1)
      return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)))
    })
  }
}

export const echoOf = (played: Int16Array, room: Room): Int16Array => createRoom(room)(played)
