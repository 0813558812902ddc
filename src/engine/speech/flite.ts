// Flite, a speech synthesiser compiled to a WASI command: text in, 16 kHz speech out. Synchronous, so it
// lives in a thread of its own (synthesis-thread.ts).
import { runProgram } from './wasi.ts'

export const fliteHz = 16_000

/** The first is the default: its speech is the one that is understood best. */
export const voices = ['rms', 'slt'] as const
export type Voice = (typeof voices)[number]

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

/** @param wasm the bytes of flite.wasm */
export function createFlite(wasm: Uint8Array): (utterance: Utterance) => Int16Array {
  const module = new WebAssembly.Module(wasm)
  return ({ text, voice, speed }) => {
    const stretch = (1 / speed).toFixed(3)
    const args = ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', 'spoken.wav']
    const { exitCode, files } = runProgram(module, ['flite', ...args])
    const wav = files.get('spoken.wav')
    if (exitCode !== 0 || !wav) throw new Error(`The voice failed (exit ${exitCode}).`)
    return samplesOfWav(wav)
  }
}
