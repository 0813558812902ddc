// Loads hearing and speaking once for a process: the voice, the recogniser, the detector of voice. Each connection gets
// a speech input of its own; all of them share the models.
import { access, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Speech } from '../ports.ts'
import { createSpeechInput } from './speech-input.ts'
import { completeness, parseSentenceEndTable } from './end-of-turn.ts'
import { openRecogniser } from '../../speech/recognise.ts'
import { loadResampler } from './resample.ts'
import { openSynthesiser } from './synthesise.ts'
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
}

/** @throws when a model file is missing or broken, with the step that helps */
export async function createSpeech(opts: SpeechOptions): Promise<Speech> {
  const { modelsDir, model, threads = Math.min(2, availableParallelism()) } = opts
  await access(join(modelsDir, model, 'decoder.onnx')).catch((cause: unknown) => {
    throw new Error(`The speech models are not in ${modelsDir}. Run: node scripts/models.mjs`, { cause })
  })
  const table = parseSentenceEndTable(await readFile(join(opts.resourcesDir, 'sentence-end.json'), 'utf8'))
  const [synthesiser, recogniser, voiceActivity, createResampler] = await Promise.all([
    openSynthesiser(),
    openRecogniser({ modelsDir, model, threads }),
    loadVoiceActivity(modelsDir),
    loadResampler(),
  ])
  return {
    synthesiser,
    createSpeechInput: () =>
      createSpeechInput({
        listen: voiceActivity.createListener(),
        createResampler,
        recogniser,
        completeness: (text) => completeness(table, text),
        onError: opts.log ?? (() => undefined),
      }),
    async close() {
      await Promise.all([synthesiser.close(), recogniser.close(), voiceActivity.close()])
    },
  }
}
