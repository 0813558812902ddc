// xAI's voice agent at api.x.ai/v1/realtime. Source: docs.x.ai/docs/guides/voice/agent, as gathered on 26 November 2026: `voice` and
// `turn_detection` stand at the session's top, server_vad only, no `conversation.item.done`, and it sends
// `conversation.item.input_audio_transcription.updated` in place of pieces of words.
import type { ClientEvent } from '../../../src/core/realtime/events.ts'
import { says, unknownServer, withoutMetadata, type Dialect } from './dialect.ts'

export const xai: Dialect = {
  name: 'xAI',
  config: unknownServer,
  habits: () => ({
    onEvent(event: ClientEvent) {
      if (event.type !== 'session.update') return
      // Where it does not look nothing is found.
      const session = event.session as { audio?: object; turn_detection?: unknown }
      const top = 'turn_detection' in session ? { turn_detection: session.turn_detection } : {}
      Object.assign(session, { audio: { input: top } })
    },
    tamper: says((event) => {
      if (event.type === 'conversation.item.done') return null
      if (event.type.endsWith('transcription.delta')) {
        const type = 'conversation.item.input_audio_transcription.updated'
        return { ...event, type, transcript: event['delta'] }
      }
      if (!event.type.startsWith('session.')) return withoutMetadata(event)
      const shown = { voice: 'Ara', turn_detection: { type: 'server_vad' } }
      return { ...event, session: { ...(event['session'] as object), ...shown } }
    }),
  }),
}
