// The voice models that can be chosen in place, by the name that a person knows them by. Pure.
import { voiceModel, voiceModels } from '../core/models.ts'
import type { Settings } from '../core/settings.ts'

type Endpoint = Settings['endpoint']

export function modelName(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'embedded':
      return 'Built-in voice'
    case 'openai':
      return `OpenAI ${endpoint.model}${endOf(endpoint.model)}`
    case 'compatible':
      return `${endpoint.model} at ${new URL(endpoint.baseUrl).host}`
  }
}

/** What is in use is always among them. */
export function modelChoices(endpoint: Endpoint): readonly Endpoint[] {
  const known: Endpoint[] = [
    { kind: 'embedded', model: 'gpt-realtime' },
    ...voiceModels.map(({ name }) => ({ kind: 'openai' as const, model: name })),
  ]
  return known.some((one) => modelName(one) === modelName(endpoint)) ? known : [endpoint, ...known]
}

/** A model that the service has announced the end of says so where it is chosen. */
function endOf(model: string): string {
  const ends = voiceModel(model)?.ends ?? null
  return ends === null ? '' : ` (ends ${ends})`
}
