// Scripted speech that also counts what it hears: milliseconds of voice, ear by ear, and tells when there is more of it.
import { createScriptedSpeech, type ScriptedSpeech } from './scripted-speech.ts'

export interface ListeningSpeech extends ScriptedSpeech {
  /** Milliseconds of voice that each ear has heard, oldest first. */
  heardMs(): number[]
  /** Resolves when the newest ear has heard so much. */
  hears(ms: number): Promise<void>
}

const samplesPerMs = 24
const loud = 1_000

export function createListeningSpeech(): ListeningSpeech {
  const speech = createScriptedSpeech()
  const loudSamples: number[] = []
  const looks = new Set<() => void>()
  const heardMs = (): number[] => loudSamples.map((samples) => samples / samplesPerMs)
  return Object.assign(speech, {
    heardMs,
    hears: (ms: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if ((heardMs().at(-1) ?? 0) < ms) return
          looks.delete(look)
          resolve()
        }
        looks.add(look)
        look()
      }),
    createEar: earOf(speech.createEar.bind(speech)),
  })

  function earOf(create: ScriptedSpeech['createEar']): ScriptedSpeech['createEar'] {
    return (...how) => {
      const ear = create(...how)
      const number = loudSamples.push(0) - 1
      return {
        ...ear,
        hear(samples) {
          loudSamples[number]! += samples.reduce((sum, sample) => sum + Number(Math.abs(sample) > loud), 0)
          for (const look of looks) look()
          ear.hear(samples)
        },
      }
    }
  }
}
