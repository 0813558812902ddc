// Loads hearing and speaking once for a process: the voice, the recogniser, the detector of voice. Each connection gets
// a speech input of its own; all of them share the models.
import { access, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { EngineClock, Speech } from '../ports.ts'
import { createSpeechInput } from './speech-input.ts'
import { completeness, parseSentenceEndTable } from './end-of-turn.ts'
import { openRecogniser, type Recogniser } from '../../speech/recognise.ts'
import { loadResampler } from './resample.ts'
import { createResting, type Resting } from './resting.ts'
import { openSynthesiser, type OpenSynthesiser } from './synthesise.ts'
import { loadVoiceActivity } from '../../speech/voice-activity.ts'

export interface SpeechOptions {
  /** As scripts/models.mjs fills it. */
  modelsDir: string
  /** Holds sentence-end.json. */
  resourcesDir: string
  /** `base` hears better, `tiny` is about half the work. */
  model: 'base' | 'tiny'
  /** Threads of one recognition; two at most by default, because the voice and the sockets need a core as well. */
  threads?: number
  log?: (error: unknown) => void
  /** When recogniser and voice, which nobody has used for so long, leave the memory; absent: never. */
  rests?: { clock: EngineClock; afterMs: number }
}

/** @throws when a model file is missing or broken, with the step that helps */
export async function createSpeech(opts: SpeechOptions): Promise<Speech> {
  const { modelsDir, model, threads = Math.min(2, availableParallelism()) } = opts
  const decoder = join(modelsDir, model, 'decoder')
  await Promise.any([access(`${decoder}.ort`), access(`${decoder}.onnx`)]).catch((cause: unknown) => {
    throw new Error(`The speech models are not in ${modelsDir}. Run: node scripts/models.mjs`, { cause })
  })
  const table = parseSentenceEndTable(await readFile(join(opts.resourcesDir, 'sentence-end.json'), 'utf8'))
  const openOwnRecogniser = (): Promise<Recogniser> => openRecogniser({ modelsDir, model, threads })
  const [firstSynthesiser, firstRecogniser, voiceActivity, createResampler] = await Promise.all([
    openSynthesiser(),
    openOwnRecogniser(),
    loadVoiceActivity(modelsDir),
    loadResampler(),
  ])
  const clock = opts.rests?.clock ?? still
  const restAfterMs = opts.rests?.afterMs ?? 0
  const recogniser = createResting({ clock, restAfterMs, first: firstRecogniser, open: openOwnRecogniser })
  const synthesiser = createResting({ clock, restAfterMs, first: firstSynthesiser, open: openSynthesiser })
  return {
    synthesiser: { voices: firstSynthesiser.voices, speak: (text, how) => speakBy(synthesiser, text, how) },
    createSpeechInput: () =>
      createSpeechInput({
        onVoice() {
          recogniser.rouse()
          synthesiser.rouse()
        },
        listen: voiceActivity.createListener(),
        createResampler,
        recogniser: { read: (request) => recogniser.use((own) => own.read(request)) },
        completeness: (text) => completeness(table, text),
        onError: opts.log ?? (() => undefined),
      }),
    async close() {
      await Promise.all([synthesiser.close(), recogniser.close(), voiceActivity.close()])
    },
  }
}

/** On which nothing ever rests. */
const still: EngineClock = { nowMs: () => 0, after: () => () => undefined }

/** The voice is in use until the last of its sound was taken. */
async function* speakBy(
  synthesiser: Resting<OpenSynthesiser>,
  ...said: Parameters<OpenSynthesiser['speak']>
): AsyncGenerator<Int16Array> {
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  try {
    const own = await new Promise<OpenSynthesiser>((resolve, reject) => {
      synthesiser
        .use((part) => {
          resolve(part)
          return ended
        })
        .catch(reject)
    })
    yield* own.speak(...said)
  } finally {
    end()
  }
}
