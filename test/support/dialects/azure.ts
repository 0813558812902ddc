// Azure OpenAI under /openai/v1, and an older resource under ?api-version=, which speaks the beta. Source: learn.microsoft.com,
// “Use the GPT Realtime API” and “Realtime API (preview) reference”, as of 26 November 2026: today's protocol with OpenAI's own models;
// the preview has flat settings, `conversation.item.created` and names without `output_`.
import { inBeta } from './beta.ts'
import type { Dialect } from './dialect.ts'

export const azure: Dialect = {
  name: 'Azure OpenAI',
  habits: () => ({}),
  config: { transcription: { model: 'my-reader' } },
}

export const olderAzure: Dialect = {
  name: 'Azure OpenAI, preview',
  habits: inBeta,
  config: { transcription: { model: 'whisper-1' } },
}
