// What a window asks about the phrase that Parley is called by: whether it will do, and a trial of it on the spot. A part of the
// contract (ipc.ts).
import { z } from 'zod'
import { phrasePattern, type PhraseView } from './audio/phrase.ts'
import { ask } from './tool-server-requests.ts'

export const phraseText = z.string().trim().min(1).max(40).regex(phrasePattern, 'letters only, as it is said')

export const phraseRequests = {
  'judge-phrase': ask(z.object({ phrase: phraseText }), 'here'),
  /** From now on each thing that is heard is told as `phrase-fit`, for half a minute at most; null ends it. */
  'try-phrase': ask(z.object({ phrase: phraseText.nullable() }), 'here'),
} as const

export interface PhraseAnswers {
  /** Null: it can't be judged now. */
  'judge-phrase': PhraseView | null
  'try-phrase': null
}

/** How well what was heard fits the phrase that is being tried, 0–100. */
export interface PhraseNotice {
  type: 'phrase-fit'
  fit: number
}
