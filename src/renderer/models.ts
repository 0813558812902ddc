// The voice models that can be chosen in place, by the name that a person knows them by. Pure.
import type { Settings } from '../core/settings.ts'

type Endpoint = Settings['endpoint']

const openAi = ['gpt-realtime-2', 'gpt-realtime', 'gpt-realtime-mini']

export function modelName(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'embedded':
      return 'Built-in voice'
    case 'openai':
      return `OpenAI ${endpoint.model}`
    case 'compatible':
      return `${endpoint.model} at ${new URL(endpoint.baseUrl).host}`
  }
}

/** What is in use is always among them. */
export function modelChoices(endpoint: Endpoint): readonly Endpoint[] {
  const known: Endpoint[] = [
    { kind: 'embedded', model: 'gpt-realtime' },
    ...openAi.map((model) => ({ kind: 'openai' as const, model })),
  ]
  return known.some((one) => modelName(one) === modelName(endpoint)) ? known : [endpoint, ...known]
}
