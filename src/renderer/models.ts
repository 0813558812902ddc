// The voice models that can be chosen in place, by the name that a person knows them by. Pure.
import type { Say } from '../core/language/messages.ts'
import type { Settings } from '../core/settings.ts'

type Endpoint = Settings['endpoint']

const openAi = ['gpt-realtime-2', 'gpt-realtime', 'gpt-realtime-mini']

export function modelName(endpoint: Endpoint, say: Say): string {
  switch (endpoint.kind) {
    case 'embedded':
      return say('service.embedded')
    case 'openai':
      return `OpenAI ${endpoint.model}`
    case 'compatible':
      return say('service.modelAt', { name: endpoint.model, place: new URL(endpoint.baseUrl).host })
  }
}

/** What is in use is always among them. */
export function modelChoices(endpoint: Endpoint, say: Say): readonly Endpoint[] {
  const known: Endpoint[] = [
    { kind: 'embedded', model: 'gpt-realtime' },
    ...openAi.map((model) => ({ kind: 'openai' as const, model })),
  ]
  return known.some((one) => modelName(one, say) === modelName(endpoint, say)) ? known : [endpoint, ...known]
}
