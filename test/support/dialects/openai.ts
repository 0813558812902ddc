// OpenAI Realtime, today's protocol. Source: the types of the package `openai` (generated from the service's own description) and
// developers.openai.com/docs/guides/realtime, read on 26 November 2026. This is what the modelled service is without a change.
import type { Dialect } from './dialect.ts'

export const openai: Dialect = { name: 'OpenAI', habits: () => ({}), config: {} }
