// The voice models that can be chosen in place, by the name that a person knows them by. Pure.
import type { Say } from '../core/language/messages.ts'
import { voiceModel, voiceModels } from '../core/models.ts'
import type { Settings } from '../core/settings.ts'

type Endpoint = Settings['endpoint']

export function modelName(endpoint: Endpoint, say: Say): string {
  switch (endpoint.kind) {
    case 'embedded':
      return say('service.embedded')
    case 'openai':
      return `OpenAI ${endpoint.model}${endOf(endpoint.model, say)}`
    case 'compatible':
      return say('service.modelAt', { name: endpoint.model, place: new URL(endpoint.baseUrl).host })
  }
}

/** What is in use is always among them. */
export function modelChoices(endpoint: Endpoint, say: Say): readonly Endpoint[] {
  const known: Endpoint[] = [
    { kind: 'embedded', model: 'gpt-realtime' },
    ...voiceModels.map(({ name }) => ({ kind: 'openai' as const, model: name })),
  ]
  return known.some((one) => modelName(one, say) === modelName(endpoint, say)) ? known : [endpoint, ...known]
}

/** A model that the service has announced the end of says so where it is chosen. */
function endOf(model: string, say: Say): string {
  const ends = voiceModel(model)?.ends ?? null
  return ends === null ? '' : say('service.modelEnds', { time: ends })
}
