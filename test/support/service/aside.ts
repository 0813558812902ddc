// A response of the modelled service beside the conversation: written at once, no part of any item.
import type { ClientEventOf } from '../../../src/core/realtime/events.ts'
import type { SentEvent } from './habits.ts'

export function answerAside(
  event: ClientEventOf<'response.create'>,
  text: string,
  newId: (prefix: string) => string,
  send: (event: SentEvent) => void,
): void {
  const metadata = event.response?.metadata ?? null
  const response = { object: 'realtime.response', id: newId('resp'), conversation_id: null, output: [], metadata }
  send({ type: 'response.created', response: { ...response, status: 'in_progress' } })
  const output = { id: newId('a'), type: 'message', role: 'assistant', status: 'completed' }
  const ids = { response_id: response.id, item_id: output.id, output_index: 0, content_index: 0 }
  send({ type: 'response.output_text.delta', ...ids, delta: text })
  send({ type: 'response.output_text.done', ...ids, text })
  const content = [{ type: 'output_text', text }]
  send({ type: 'response.done', response: { ...response, status: 'completed', output: [{ ...output, content }] } })
}
