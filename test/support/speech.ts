// The engine's real hearing and speaking for tests, and a speech input that writes down what it tells.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureModels } from '../../scripts/models.mjs'
import { optimiseModels } from '../../scripts/optimise-models.mjs'
import type { SpeechInput, SpeechInputEvents, Speech, TurnRule } from '../../src/engine/ports.ts'
import { createSpeech, type SpeechOptions } from '../../src/engine/speech/speech.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const resourcesDir = join(root, 'resources')
export const modelsDir = join(resourcesDir, 'models')

export async function openSpeech(
  model: 'base' | 'tiny' = 'base',
  how: Pick<SpeechOptions, 'rests'> = {},
): Promise<Speech> {
  await ensureModels({ packagesDir: join(root, 'node_modules'), targetDir: modelsDir })
  await optimiseModels(modelsDir)
  const log = (error: unknown): never => {
    throw error
  }
  return createSpeech({ modelsDir, resourcesDir, model, log, ...how })
}

export const semantic: TurnRule = { type: 'semantic_vad', eagerness: 'medium' }
export const fixed: TurnRule = { type: 'server_vad', threshold: 0.5, prefixPaddingMs: 300, silenceDurationMs: 500 }

export type Told = {
  [Name in keyof SpeechInputEvents]: { name: Name } & SpeechInputEvents[Name]
}[keyof SpeechInputEvents]

/** @returns everything the input tells of `audio`, given in pieces of `pieceSamples` */
export async function listenTo(
  speech: Speech,
  audio: Int16Array,
  { rule = semantic, pieceSamples = 480 }: { rule?: TurnRule; pieceSamples?: number } = {},
): Promise<{ input: SpeechInput; told: Told[]; turns: Told[] }> {
  const input = speech.createSpeechInput()
  const told: Told[] = []
  for (const name of ['started', 'stopped', 'partial'] as const)
    input.on(name, (event) => told.push({ name, ...event } as Told))
  input.follow(rule)
  for (let at = 0; at < audio.length; at += pieceSamples) input.hear(audio.subarray(at, at + pieceSamples))
  await input.settled()
  return { input, told, turns: told.filter(({ name }) => name !== 'partial') }
}
