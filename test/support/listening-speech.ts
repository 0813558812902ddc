// Scripted speech that also counts what it hears: milliseconds of voice, speech input by input, and tells when there is more of it.
import { createScriptedSpeech, type ScriptedSpeech } from './scripted-speech.ts'

export interface ListeningSpeech extends ScriptedSpeech {
  /** Milliseconds of voice that each speech input has heard, oldest first. */
  heardMs(): number[]
  /** Resolves when the newest speech input has heard so much. */
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
    createSpeechInput: inputOf(speech.createSpeechInput.bind(speech)),
  })

  function inputOf(create: ScriptedSpeech['createSpeechInput']): ScriptedSpeech['createSpeechInput'] {
    return (...how) => {
      const input = create(...how)
      const number = loudSamples.push(0) - 1
      return {
        ...input,
        hear(samples) {
          loudSamples[number]! += samples.reduce((sum, sample) => sum + Number(Math.abs(sample) > loud), 0)
          for (const look of looks) look()
          input.hear(samples)
        },
      }
    }
  }
}
