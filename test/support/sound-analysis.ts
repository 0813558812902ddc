// Measures on recorded sound, written against the mathematics alone: where a known sound lies in a recording, how alike
// the two are, and how long something was heard.

/** A tone that rises from 200 to 1,200 Hz: its correlation with itself has one peak. 30 % of full scale. */
export function sweep(ms: number, rateHz = 24_000): Int16Array {
  const samples = Math.round((ms * rateHz) / 1000)
  const seconds = ms / 1000
  return Int16Array.from({ length: samples }, (_, at) => {
    const time = at / rateHz
    return Math.round(9_830 * Math.sin(2 * Math.PI * (200 * time + (500 * time * time) / seconds)))
  })
}

function decimated(samples: Int16Array, by: number): Float64Array {
  return Float64Array.from({ length: Math.floor(samples.length / by) }, (_, at) => {
    let sum = 0
    for (let place = at * by; place < (at + 1) * by; place++) sum += samples[place] ?? 0
    return sum / by
  })
}

/** Normalised: 1 is the same up to volume, 0 has nothing in common. */
function correlationAt(sought: ArrayLike<number>, recording: ArrayLike<number>, at: number): number {
  let [product, own, other] = [0, 0, 0]
  for (let place = 0; place < sought.length; place++) {
    const one = sought[place] ?? 0
    const two = recording[at + place] ?? 0
    product += one * two
    own += one * one
    other += two * two
  }
  return own === 0 || other === 0 ? 0 : product / Math.sqrt(own * other)
}

function bestBetween(sought: ArrayLike<number>, recording: ArrayLike<number>, from: number, to: number) {
  let best = { at: 0, correlation: -1 }
  for (let at = from; at <= to; at++) {
    const correlation = correlationAt(sought, recording, at)
    if (correlation > best.correlation) best = { at, correlation }
  }
  return best
}

/** Where `sought` lies in `recording`: coarsely at a rate of 6 kHz first, then to the sample. */
export function bestMatch(sought: Int16Array, recording: Int16Array): { atSamples: number; correlation: number } {
  const by = 4
  const coarse = bestBetween(
    decimated(sought, by),
    decimated(recording, by),
    0,
    Math.max(0, Math.floor((recording.length - sought.length) / by)),
  )
  const near = coarse.at * by
  const fine = bestBetween(sought, recording, Math.max(0, near - 6 * by), near + 6 * by)
  return { atSamples: fine.at, correlation: fine.correlation }
}

/** The milliseconds in which something is heard (louder than 1 % of full scale), by their start in the recording. */
export function heardMs(recording: Int16Array, rateHz = 24_000): number[] {
  const perMs = rateHz / 1000
  const heard: number[] = []
  for (let ms = 0; (ms + 1) * perMs <= recording.length; ms++) {
    if (recording.subarray(ms * perMs, (ms + 1) * perMs).some((sample) => Math.abs(sample) > 328)) heard.push(ms)
  }
  return heard
}
