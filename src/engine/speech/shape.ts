// A clause as it leaves the voice, made fit to be played: no long silence in front, one loudness, soft edges. Pure.
import type { Voice } from './flite.ts'

/** Brings both voices to one loudness: rms is the quieter by 5 dB. */
const gainOf: Record<Voice, number> = { rms: 1.35, slt: 0.8 }
/** −3 dBFS. */
const peakLimit = 0.708 * 32_767
/** Below −46 dBFS the voice is not speaking yet. */
const silentBelow = 164
const leadMs = 20
const fadeMs = 5

/**
 * The voice begins with 140–230 ms of silence, which a listener would wait through.
 * @param samples 24 kHz mono PCM16: after the change of rate, because that raises peaks by up to 1 dB
 */
export function shape(samples: Int16Array, voice: Voice): Int16Array<ArrayBuffer> {
  const first = samples.findIndex((sample) => Math.abs(sample) > silentBelow)
  if (first < 0) return new Int16Array(0)
  const shaped = samples.slice(Math.max(0, first - leadMs * 24))
  const peak = shaped.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1)
  const scale = Math.min(gainOf[voice], peakLimit / peak)
  const fade = fadeMs * 24
  for (let at = 0; at < shaped.length; at++) {
    const edge = Math.min(1, at / fade, (shaped.length - 1 - at) / fade)
    shaped[at] = Math.round((shaped[at] ?? 0) * scale * edge)
  }
  return shaped
}
