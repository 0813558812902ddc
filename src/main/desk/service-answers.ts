// What requests about a voice service do: try it as it is set, try a key before it is kept, keep it, forget it. The key itself
// goes to the keyring and to the service's own host, never back to a window.
import type { Answers, ArgumentOf, KeyView, Service } from '../../core/ipc.ts'
import { EndpointError, openAiBaseUrl, voiceRequest } from '../net/endpoint.ts'
import { addressOf } from './address.ts'
import { DeskError } from './reply.ts'
import type { DeskOpts } from './desk-opts.ts'
import type { Table } from './table.ts'
import { tryService } from './try-service.ts'
import { keyNameOf, usualOpenAiModel } from './voice-config.ts'

type ServiceRequest = 'try-service' | 'try-key' | 'set-key' | 'remove-key'

export type ServiceAnswers = { [Name in ServiceRequest]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]> }

export function createServiceAnswers(opts: DeskOpts, table: Table): ServiceAnswers & { keys: () => Promise<KeyView> } {
  const { settings, secrets, clock, openSocket } = opts

  async function keys(): Promise<KeyView> {
    const held = await Promise.all(
      (['openai', 'compatible'] as const).map(async (service) => {
        const name = keyNameFor(service)
        return name !== null && (await secrets.get(name)) !== null ? [service] : []
      }),
    )
    return { keeping: await secrets.keeping(), held: held.flat() }
  }

  /** Of another server the key goes with the server's name, which the settings hold. */
  function keyNameFor(service: Service): string | null {
    const { endpoint } = settings.current()
    if (service === 'openai') return 'openai'
    return endpoint.kind === 'compatible' ? keyNameOf(endpoint) : null
  }

  async function tellKeys(service: Service): Promise<KeyView> {
    const view = await keys()
    table.tell({ type: 'keys', keys: view })
    if (settings.current().endpoint.kind === service) await table.reconnect()
    return view
  }

  return {
    keys,
    'try-service'() {
      const { endpoint } = settings.current()
      if (endpoint.kind === 'embedded')
        return Promise.resolve({ ok: true, message: 'The built-in voice needs no key and no network.', why: null })
      const request = async (): Promise<ReturnType<typeof voiceRequest>> => {
        const address = await addressOf(endpoint, secrets)
        if (address === null) throw new DeskError('failed', 'This service has no address.')
        return voiceRequest(address, endpoint.model)
      }
      return tryService({ clock, openSocket, request })
    },
    'try-key'({ service, key }) {
      const { endpoint } = settings.current()
      const isSet = endpoint.kind === service
      const model = isSet ? endpoint.model : usualOpenAiModel
      const baseUrl = service === 'openai' ? openAiBaseUrl : endpoint.kind === 'compatible' ? endpoint.baseUrl : null
      const request = (): Promise<ReturnType<typeof voiceRequest>> =>
        baseUrl === null
          ? Promise.reject(new EndpointError('Enter the address of the server first, then its key.', 'address'))
          : Promise.resolve(voiceRequest({ baseUrl, key }, model))
      return tryService({ clock, openSocket, request: async () => request() })
    },
    async 'set-key'({ service, key, plain }) {
      const name = keyNameFor(service)
      if (name === null) throw new DeskError('invalid', 'Enter the address of the server first, then its key.')
      await secrets.set(name, key, plain)
      return tellKeys(service)
    },
    async 'remove-key'({ service }) {
      const name = keyNameFor(service)
      if (name !== null) await secrets.remove(name)
      return tellKeys(service)
    },
  }
}
