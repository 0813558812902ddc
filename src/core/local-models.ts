// Model servers on this computer as the settings show them: who answers, and whether the one that is named does. Pure.

export interface LocalModels {
  /** Who usually answers at that port. */
  name: string
  port: number
  /** Names that its models have, as a chat request would give them. */
  models: string[]
}

/** The model of this computer that the built-in voice asks. */
export type ModelView =
  | { type: 'none' }
  /** The engine has not told yet. */
  | { type: 'waiting' }
  /** `name` is fit to be shown. */
  | { type: 'answers'; name: string; port: number }
  | { type: 'silent' }

/** The last are models that a server on this computer only passes on to its maker’s. */
const noTalker = /embed|rerank|whisper|tts|[:-]cloud$/i

/** Whether a model of that name can talk, and does so on this computer. */
export function talksHere(name: string): boolean {
  return name !== '' && !noTalker.test(name)
}
