// Servers behind `/realtime` of another protocol: Gemini Live answers a `setup` that we never send and closes at anything else;
// Qwen-omni's and vLLM's transcription begin with events of their own. Source: ai.google.dev/api/live and
// docs.vllm.ai (Realtime transcription), as gathered on 26 November 2026.
import type { Habits } from '../service/habits.ts'
import { rows, unknownServer, type Dialect, type Row } from './dialect.ts'

const everyRow = (sentence: RegExp): Partial<Record<Row, RegExp>> =>
  Object.fromEntries(rows.map((row) => [row, sentence]))

export const silentProtocol: Dialect = {
  name: 'Gemini Live',
  config: unknownServer,
  cannot: everyRow(/said nothing|another protocol/),
  habits: (): Partial<Habits> => ({ ignores: () => true, tamper: () => [] }),
}

export const otherProtocol: Dialect = {
  name: 'vLLM transcription',
  config: unknownServer,
  cannot: everyRow(/another protocol/),
  habits: (): Partial<Habits> => ({
    ignores: () => true,
    tamper: (event) => (event.type === 'session.created' ? [{ event: { type: 'transcription.ready' } }] : []),
  }),
}
