// What is known of a phrase that Parley is called by, as plain values: main, the window and the process that hears it use them.

/** `fit`: 0–100, from 50 on it counts. `hasMore`: words behind the phrase. */
export interface PhraseFit {
  fit: number
  isCalled: boolean
  hasMore: boolean
}

/** `short`: too few sounds to be known for certain. `common`: it begins sentences of every day. */
export type PhraseVerdict = 'fine' | 'short' | 'common'

export interface PhraseView {
  sounds: number
  verdict: PhraseVerdict
  /** How well it is told from other words, 0–100. */
  apart: number
  /** What of everyday talk is most like it; null where nothing is. */
  nearest: string | null
}

/** As it is said, in letters. */
export const phrasePattern = /^[\p{L}\p{M}' .,-]+$/u
export const leastSounds = 5
export const leastSyllables = 3
