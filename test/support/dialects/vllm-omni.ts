// vLLM-Omni with `duplex=0`. Source: docs.vllm.ai/projects/vllm-omni (Realtime API), as gathered on 26 November 2026: a part of today's
// protocol, voice activity of the server or turns by hand; settings that it does not know are refused by their name.
import type { Habits } from '../service/habits.ts'
import { says, unknownServer, withoutMetadata, type Dialect } from './dialect.ts'

export const vllmOmni: Dialect = {
  name: 'vLLM-Omni',
  config: { ...unknownServer, noiseReduction: 'near_field', effort: 'low' },
  habits: (): Partial<Habits> => ({
    refuse(event) {
      if (event.type !== 'session.update' || !('audio' in event.session)) return null
      const { session } = event
      const odd =
        session.audio?.input?.noise_reduction !== undefined
          ? 'session.audio.input.noise_reduction'
          : 'reasoning' in session
            ? 'session.reasoning'
            : null
      return odd === null ? null : { code: 'unknown_parameter', message: `Unknown parameter: '${odd}'.`, param: odd }
    },
    tamper: says(withoutMetadata),
  }),
}
