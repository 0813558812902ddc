// What main and the process that knows a phrase say to each other. Sound goes one way only; of what was understood nothing comes
// back but whether it was the phrase.
import type { PhraseFit, PhraseView } from '../../core/audio/phrase.ts'

export type ToHearing =
  /** 16 kHz mono. */
  { type: 'read'; id: number; phrase: string; samples: Int16Array } | { type: 'view'; id: number; phrase: string }

export type FromHearing =
  | ({ type: 'fit'; id: number } & PhraseFit)
  | ({ type: 'view'; id: number } & PhraseView)
  | { type: 'failed'; id: number; message: string }
