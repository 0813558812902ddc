// Flite, a speech synthesiser compiled to a WASI command: text in, one clause of 16 kHz speech out. Synchronous, so it
// lives in a thread of its own (synthesis-thread.ts). Loudness and pauses are set here, because they belong to a voice.
import { runProgram } from './wasi.ts'

export const fliteHz = 16_000

/** The first is the default: its speech is the one that is understood best. */
export const voices = ['rms', 'slt'] as const
export type Voice = (typeof voices)[number]

/** Brings both voices to one loudness. rms is the quieter by 5 dB. */
const gainOf: Record<Voice, number> = { rms: 1.35, slt: 0.8 }
/** −3 dBFS. */
const peakLimit = 0.708 * 32_767
/** Below −46 dBFS the voice is not speaking yet. */
const silentBelow = 164
const leadMs = 20
const fadeMs = 5

export interface Utterance {
  text: string
  voice: Voice
  /** 0.25–1.5 of the voice's own speed. Durations are stretched, the pitch stays. */
  speed: number
}

function samplesOfWav(wav: Uint8Array): Int16Array {
  // Flite writes the plain 44-byte header.
  const headerBytes = 44
  return new Int16Array(wav.slice(headerBytes, wav.length - ((wav.length - headerBytes) % 2)).buffer)
}

/** The voice begins with 140–230 ms of silence, which a listener waits through, and ends with a click-free tail. */
function shape(samples: Int16Array, gain: number): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > silentBelow)
  if (first < 0) return new Int16Array(0)
  const from = Math.max(0, first - (leadMs * fliteHz) / 1000)
  const shaped = samples.slice(from)
  const peak = shaped.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1)
  const scale = Math.min(gain, peakLimit / peak)
  const fade = (fadeMs * fliteHz) / 1000
  for (let at = 0; at < shaped.length; at++) {
    const edge = Math.min(1, at / fade, (shaped.length - 1 - at) / fade)
    shaped[at] = Math.round((shaped[at] ?? 0) * scale * edge)
  }
  return shaped
}

/** @param wasm the bytes of flite.wasm */
export function createFlite(wasm: Uint8Array): (utterance: Utterance) => Int16Array {
  const module = new WebAssembly.Module(wasm)
  return ({ text, voice, speed }) => {
    const stretch = (1 / speed).toFixed(3)
    const args = ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', 'spoken.wav']
    const { exitCode, files } = runProgram(module, ['flite', ...args])
    const wav = files.get('spoken.wav')
    if (exitCode !== 0 || !wav) throw new Error(`The voice failed (exit ${exitCode}).`)
    return shape(samplesOfWav(wav), gainOf[voice])
  }
}
