// What one talk is asked for: what the person set in the window, and for this talk what the command line says instead. Pure.
import { usualModels } from '../../core/models.ts'
import type { Settings } from '../../core/settings.ts'
import type { TalkOptions } from './options.ts'

/** A voice or model of another service than the one that is set means nothing here. */
export function wishesOf(settings: Settings, options: TalkOptions): Settings {
  const endpoint = endpointOf(settings, options)
  const isSame = endpoint.kind === settings.endpoint.kind && hostOf(endpoint) === hostOf(settings.endpoint)
  const own = isSame ? {} : { voice: '', transcriptionModel: '', agentModel: '' }
  const voice = options.voice === null ? {} : { voice: options.voice }
  const grantedFolders = [...settings.grantedFolders, ...options.grants]
  return { ...settings, ...own, ...voice, endpoint, grantedFolders, turnMode: options.mode }
}

function endpointOf({ endpoint: set }: Settings, { endpoint, model }: TalkOptions): Settings['endpoint'] {
  if (endpoint.kind === 'embedded') return { kind: 'embedded', model: model ?? 'parley-embedded' }
  const isOpenAi = endpoint.name === 'openai'
  const kind = isOpenAi ? 'openai' : 'compatible'
  const usual = set.kind === kind ? set.model : isOpenAi ? usualModels.voice : 'gpt-realtime'
  if (isOpenAi) return { kind: 'openai', model: model ?? usual }
  return { kind: 'compatible', baseUrl: endpoint.baseUrl, model: model ?? usual }
}

function hostOf(endpoint: Settings['endpoint']): string {
  return endpoint.kind === 'compatible' ? new URL(endpoint.baseUrl).host : ''
}
