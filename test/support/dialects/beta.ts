// The beta of the protocol, as several servers still speak it: flat settings, refused where they are not; one
// `conversation.item.created` for an item; sound and words under their names without `output_`. Source: the beta's reference
// (platform.openai.com/docs/api-reference/realtime, until May 2026) and docs.speaches.ai.
import type { ClientEvent } from '../../../src/core/realtime/events.ts'
import type { Habits, SentEvent } from '../service/habits.ts'
import { says, without } from './dialect.ts'

export function inBeta(): Partial<Habits> {
  return {
    onEvent: toToday,
    refuse: ({ type, ...fields }) => {
      const nested = type === 'session.update' && 'session' in fields ? (fields.session as object) : {}
      const odd = ['type', 'audio', 'output_modalities'].find((name) => name in nested && !('read' in nested))
      if (odd === undefined) return null
      return { code: 'unknown_parameter', message: `Unknown parameter: 'session.${odd}'.`, param: `session.${odd}` }
    },
    tamper: says(toBeta),
  }
}

/** The modelled service understands today's form alone. */
function toToday(event: ClientEvent): void {
  const fields = event as unknown as Record<string, unknown>
  if (event.type === 'session.update') {
    const session = fields['session'] as Record<string, unknown>
    if ('audio' in session || 'type' in session) return
    if ('turn_detection' in session)
      fields['session'] = { ...session, read: true, audio: { input: { turn_detection: session['turn_detection'] } } }
  }
  if (event.type === 'conversation.item.create' && event.item.type === 'message')
    for (const part of event.item.content as { type?: string }[])
      if (event.item.role === 'assistant' && part.type === 'text') part.type = 'output_text'
}

const olderNames = new Map([
  ['conversation.item.added', 'conversation.item.created'],
  ['response.output_audio.delta', 'response.audio.delta'],
  ['response.output_audio.done', 'response.audio.done'],
  ['response.output_audio_transcript.delta', 'response.audio_transcript.delta'],
  ['response.output_audio_transcript.done', 'response.audio_transcript.done'],
  ['response.output_text.delta', 'response.text.delta'],
  ['response.output_text.done', 'response.text.done'],
])

export function toBeta(event: SentEvent): SentEvent | null {
  if (event.type === 'conversation.item.done') return null
  const type = olderNames.get(event.type) ?? event.type
  if (!type.startsWith('session.')) return { ...event, type, ...inBetaItem(event) }
  const { id, expires_at } = event['session'] as { id: string; expires_at: number }
  const session = {
    id,
    expires_at,
    object: 'realtime.session',
    modalities: ['audio', 'text'],
    input_audio_format: 'pcm16',
  }
  return { ...event, session: { ...session, turn_detection: { type: 'server_vad' }, voice: 'alloy' } }
}

function inBetaItem(event: SentEvent): object {
  const item = event['item'] as { content?: { type: string }[] } | undefined
  if (!item?.content) return {}
  const content = item.content.map((part) => ({ ...part, type: part.type.replace('output_', '') }))
  return { item: { ...without(item as SentEvent), content } }
}
