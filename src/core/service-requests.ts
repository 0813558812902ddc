// What a window asks of voice services and of models on this computer: whether they answer; and of the phrase. A part of the
// contract (ipc.ts).
import { z } from 'zod'
import type { LocalModels } from './local-models.ts'
import { phraseRequests, type PhraseAnswers, type PhraseNotice } from './phrase-requests.ts'
import { ask } from './tool-server-requests.ts'
import type { ServiceTrial } from './trial-views.ts'

export type { PhraseNotice }

/** `proxy`: the name and password of the proxy that the settings name. */
export const service = z.enum(['openai', 'compatible', 'proxy'])

export const serviceRequests = {
  ...phraseRequests,
  /** Connects with what the settings name and says whether the service takes it. */
  'try-service': ask(z.null(), 'here'),
  /** The same with this key, before it is kept. */
  'try-key': ask(z.object({ service, key: z.string().min(1).max(16_384) }), 'here'),
  /** Looks once for model servers on this computer, at their usual ports. Nothing is set by it. */
  'find-models': ask(z.null(), 'here'),
} as const

export interface ServiceAnswers extends PhraseAnswers {
  'try-service': ServiceTrial
  'try-key': ServiceTrial
  'find-models': LocalModels[]
}
