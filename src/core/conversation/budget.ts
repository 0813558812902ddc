// How full the model's memory is: what the service counted last, else an estimate from what the session holds, against what
// the model takes in; and when the next compaction is due. Pure.
import { inputCeiling } from '../models.ts'
import type { Usage } from './change.ts'
import type { HeldItem } from './holds.ts'
import { totalTokens } from './usage.ts'

export interface ContextView {
  usedTokens: number
  /** Counted by the service with its last response, or estimated here. */
  source: 'counted' | 'estimated'
  /** What the model takes in: its window less its largest answer. */
  windowTokens: number
  headroomTokens: number
  /** At so many tokens older turns are replaced by their summary. */
  compactAtTokens: number
  /** Wall clock; null before the first. */
  compactedMs: number | null
}

/** Of text, four characters are about a token. */
const charactersPerToken = 4
/** A token is 100 ms of what is heard and 50 ms of what is spoken; people say about 15 characters a second. */
const heardTokensPerCharacter = 10 / 15
const spokenTokensPerCharacter = 20 / 15

/** Room for a long answer and what is said meanwhile. */
const compactAtShare = 0.8

export function viewContext(opts: {
  model: string
  instructions: string
  items: readonly HeldItem[]
  /** Of the last response of this session; null when none came, or when items were taken away since. */
  counted: Usage | null
  compactedMs: number | null
}): ContextView {
  const windowTokens = inputCeiling(opts.model)
  const usedTokens = opts.counted === null ? estimateTokens(opts.instructions, opts.items) : totalTokens(opts.counted)
  return {
    usedTokens,
    source: opts.counted === null ? 'estimated' : 'counted',
    windowTokens,
    headroomTokens: Math.max(0, windowTokens - usedTokens),
    compactAtTokens: Math.floor(windowTokens * compactAtShare),
    compactedMs: opts.compactedMs,
  }
}

export function isContextFull({ usedTokens, compactAtTokens }: ContextView): boolean {
  return usedTokens >= compactAtTokens
}

function estimateTokens(instructions: string, items: readonly HeldItem[]): number {
  const characters = items.reduce(
    (sum, item) => sum + item.text.length * tokensPerCharacter(item) + (item.pictureTokens ?? 0),
    instructions.length / charactersPerToken,
  )
  return Math.ceil(characters)
}

function tokensPerCharacter({ from, kind }: HeldItem): number {
  if (from === 'live' && kind === 'person') return heardTokensPerCharacter
  if (from === 'live' && kind === 'voice') return spokenTokensPerCharacter
  return 1 / charactersPerToken
}
