// Sounds that are not speech, the same at every run. All 24 kHz mono PCM16.
const hz = 24_000

/** Numerical Recipes' linear congruential generator, −1 to 1. */
function createChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 0x8000_0000 - 1
  }
}

const amplitudeOf = (dbfs: number): number => 32_767 * 10 ** (dbfs / 20)

/** @param dbfs the root mean square of the noise */
export function whiteNoise(durationMs: number, dbfs: number): Int16Array {
  const chance = createChance(1)
  const amplitude = amplitudeOf(dbfs) * Math.sqrt(3)
  return Int16Array.from({ length: durationMs * 24 }, () => Math.round(chance() * amplitude))
}

/** 50 Hz with its overtones, as from a badly grounded cable. */
export function mainsHum(durationMs: number, dbfs: number): Int16Array {
  const amplitude = amplitudeOf(dbfs)
  return Int16Array.from({ length: durationMs * 24 }, (_, at) => {
    const phase = (2 * Math.PI * 50 * at) / hz
    return Math.round(amplitude * (Math.sin(phase) + 0.5 * Math.sin(3 * phase) + 0.25 * Math.sin(5 * phase)))
  })
}

/** Keys being typed: short decaying bursts of noise, two to six a second. */
export function keyClicks(durationMs: number, dbfs: number): Int16Array {
  const chance = createChance(2)
  const samples = new Int16Array(durationMs * 24)
  for (let start = 2400; start < samples.length; start += Math.round(hz * (0.33 + 0.16 * chance())))
    for (let at = 0; at < 240 && start + at < samples.length; at++)
      samples[start + at] = Math.round(chance() * amplitudeOf(dbfs) * Math.exp(-at / 60))
  return samples
}

/** Adds two sounds; the shorter one ends earlier. */
export function mixed(one: Int16Array, other: Int16Array): Int16Array {
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one]
  return longer.map((sample, at) => Math.max(-32_768, Math.min(32_767, sample + (shorter[at] ?? 0))))
}
