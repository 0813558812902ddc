// The voice through a computed room (room.ts) and the very cleaner that the sound process uses, frame by frame: how much of it
// is left, and how much of what the person says meanwhile. The bench prints it, the tests hold it to its bounds.
import { frameSamples, levelDbfs } from '../../src/core/audio/pcm.ts'
import type { CleaningChoice } from '../../src/core/audio/echo-view.ts'
import { loadCanceller } from '../../src/main/audio/canceller.ts'
import { createCleaner, type Cleaner } from '../../src/main/audio/cleaner.ts'
import { echoOf, type Room } from './room.ts'
import { joinAudio, say } from './say.ts'

const farWords = [
  'The old lighthouse keeper wrote down every ship that passed in the night, and every morning he read the list aloud.',
  'Rain fell on the harbour for three days, and on the fourth the boats went out again with nets mended and hopes high.',
]
export const nearWords = ['Please stop now and tell me the time instead.', 'I want to hear something else today.']

export const farSpeech = async (): Promise<Int16Array> =>
  joinAudio(...(await Promise.all(farWords.map((text) => say(text, { voice: 'festival-slt' })))))
export const nearSpeech = async (): Promise<Int16Array> =>
  joinAudio(...(await Promise.all(nearWords.map((text) => say(text)))))

export interface EchoCell {
  /** Echo return loss enhancement in dB after two seconds of voice, where nobody else speaks. */
  erleDb: number
  /** Share of the person's 20 ms frames that come through within 12 dB; null without double talk. */
  kept: number | null
  cleaned: Int16Array
  captured: Int16Array
  cleaner: Cleaner
  /** So many frames the microphone was closed for. */
  closedFrames: number
  /** Of processing for each 10 ms. */
  microseconds: number
}

const settledSamples = 2 * 24_000
/** The person begins here, when there is double talk. */
export const nearFromSamples = 5 * 24_000
const nearGainDb = -12

export const openCleaner = (): Cleaner => createCleaner({ load: loadCanceller, onView: () => undefined })

export function runCell(
  far: Int16Array,
  near: Int16Array | null,
  room: Room,
  choice: CleaningChoice = { echo: 'on', noise: true },
): EchoCell {
  const captured = echoOf(far, room)
  for (const [at, sample] of (near === null ? [] : atMicrophone(near)).entries()) {
    const place = nearFromSamples + at
    if (place < captured.length) captured[place] = Math.max(-32_768, Math.min(32_767, (captured[place] ?? 0) + sample))
  }
  const cleaner = openCleaner()
  cleaner.speaker('computed')
  cleaner.choose(choice)
  const cleaned = new Int16Array(captured.length)
  let closedFrames = 0
  const beganMs = performance.now()
  for (let at = 0; at + frameSamples <= captured.length; at += frameSamples) {
    cleaner.played(far.subarray(at, at + frameSamples))
    // What is sent.
    cleaned.set(cleaner.heard(captured.subarray(at, at + frameSamples)).sent.at(-1) ?? [], at)
    closedFrames += cleaner.isHalfDuplex() ? 1 : 0
  }
  const microseconds = ((performance.now() - beganMs) * 1_000) / (captured.length / 240)
  const from = near === null ? settledSamples : Math.min(captured.length, nearFromSamples + near.length + 7_200)
  const until = near === null ? captured.length : captured.length
  const erleDb = levelDbfs(captured.subarray(from, until)) - levelDbfs(cleaned.subarray(from, until))
  return { erleDb, kept: near && keptShare(near, cleaned), cleaned, captured, cleaner, closedFrames, microseconds }
}

/** The person as the microphone hears them. */
export const atMicrophone = (near: Int16Array): Int16Array =>
  near.map((sample) => Math.round(sample * 10 ** (nearGainDb / 20)))

/** The cleaned sound lags: at the lag that fits best, at most 25 ms. */
export function keptShare(near: Int16Array, cleaned: Int16Array): number {
  let best = 0
  for (let lag = 0; lag <= 600; lag += 24) {
    let [kept, all] = [0, 0]
    for (let at = 0; at + frameSamples <= near.length; at += frameSamples) {
      const wanted = levelDbfs(near.subarray(at, at + frameSamples)) + nearGainDb
      if (wanted < -45) continue
      all += 1
      const from = nearFromSamples + at + lag
      if (levelDbfs(cleaned.subarray(from, from + frameSamples)) > wanted - 12) kept += 1
    }
    best = Math.max(best, kept / all)
  }
  return best
}
