// Speaches. Source: docs.speaches.ai (Realtime API) and github.com/speaches-ai/speaches, as gathered on 26 November 2026: the beta's
// names and flat settings, what it does not know is ignored, also `conversation: none`: such a response is one of the conversation.
import type { Habits } from '../service/habits.ts'
import { inBeta, toBeta } from './beta.ts'
import { says, unknownServer, withoutMetadata, type Dialect } from './dialect.ts'

export const speaches: Dialect = {
  name: 'Speaches',
  config: unknownServer,
  habits: (): Partial<Habits> => {
    const { onEvent = () => undefined } = inBeta()
    return {
      onEvent,
      tamper: says((event) => {
        const told = toBeta(event)
        return told && withoutMetadata(told)
      }),
    }
  },
}
