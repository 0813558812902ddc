// What requests about a voice service do: try it as it is set, try a key before it is kept, keep it, forget it; and look for a
// model on this computer. The key itself goes to the keyring and to the service's own host, never back to a window.
import { readKey } from '../../core/connection/service-key.ts'
import { usualModels } from '../../core/models.ts'
import type { Answers, ArgumentOf, KeyView, Service } from '../../core/ipc.ts'
import { EndpointError, openAiBaseUrl, voiceRequest } from '../net/endpoint.ts'
import type { SocketRequest } from '../ports.ts'
import { addressOf } from './address.ts'
import { RefusedRequest } from './reply.ts'
import type { AppOpts } from './app-opts.ts'
import type { AppParts } from './app-parts.ts'
import { tryService } from './try-service.ts'
import { keyNameOf, proxyKeyName } from './voice-config.ts'

type ServiceRequest = 'try-service' | 'try-key' | 'find-models' | 'set-key' | 'remove-key'

export type ServiceHandlers = { [Name in ServiceRequest]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]> }

export function createServiceHandlers(
  opts: AppOpts,
  parts: AppParts,
): ServiceHandlers & { keys: () => Promise<KeyView> } {
  const { settings, secrets, clock, openSocket } = opts

  async function keys(): Promise<KeyView> {
    const held = await Promise.all(
      (['openai', 'compatible', 'proxy'] as const).map(async (service) => {
        const name = keyNameFor(service)
        return name !== null && (await secrets.get(name)) !== null ? [service] : []
      }),
    )
    return { keeping: await secrets.keeping(), held: held.flat() }
  }

  /** Of another server or a proxy the key goes with its name, which the settings hold. */
  function keyNameFor(service: Service): string | null {
    const { endpoint, proxy } = settings.current()
    if (service === 'openai') return 'openai'
    if (service === 'proxy') return proxyKeyName(proxy)
    return endpoint.kind === 'compatible' ? keyNameOf(endpoint) : null
  }

  async function tellKeys(service: Service): Promise<KeyView> {
    const view = await keys()
    parts.tell({ type: 'keys', keys: view })
    if (settings.current().endpoint.kind === service || service === 'proxy') await parts.reconnect()
    return view
  }

  return {
    keys,
    'try-service'() {
      const { endpoint } = settings.current()
      if (endpoint.kind === 'embedded')
        return Promise.resolve({ ok: true, message: 'The built-in voice needs no key and no network.', why: null })
      const request = async (): Promise<SocketRequest> => {
        const address = await addressOf(endpoint, secrets)
        if (address === null) throw new RefusedRequest('failed', 'This service has no address.')
        return opts.wayOut.by(voiceRequest(address, endpoint.model))
      }
      return tryService({ clock, openSocket, request })
    },
    'try-key'({ service, key }) {
      const { endpoint } = settings.current()
      const model = endpoint.kind === service ? endpoint.model : usualModels.voice
      const request = async (): Promise<SocketRequest> => {
        if (service === 'openai')
          return opts.wayOut.by(voiceRequest({ baseUrl: openAiBaseUrl, key: checkedKey(key) }, model))
        if (service === 'proxy' || endpoint.kind !== 'compatible')
          throw new EndpointError('Enter the address of the server first, then its key.', 'address')
        const { baseUrl, keyHeader } = endpoint
        return opts.wayOut.by(voiceRequest({ baseUrl, key: checkedKey(key), keyHeader }, model))
      }
      return tryService({ clock, openSocket, request })
    },
    'find-models': () => opts.localModel.find(),
    async 'set-key'({ service, key, plain }) {
      const name = keyNameFor(service)
      if (name === null) throw new RefusedRequest('invalid', 'Enter the address first, then what belongs to it.')
      await secrets.set(name, service === 'proxy' ? checkedUser(key) : checkedKey(key), plain)
      return tellKeys(service)
    },
    async 'remove-key'({ service }) {
      const name = keyNameFor(service)
      if (name !== null) await secrets.remove(name)
      return tellKeys(service)
    },
  }
}

/** @throws RefusedRequest for a key that can't be sent */
function checkedKey(text: string): string {
  const read = readKey(text)
  if (read.type === 'key') return read.key
  throw new RefusedRequest('invalid', read.type === 'refused' ? read.why : 'There is no key in this.')
}

/** @throws RefusedRequest for what is no name and password */
function checkedUser(text: string): string {
  if (/^[^:\u0000-\u001f]+:[^\u0000-\u001f]*$/.test(text)) return text
  throw new RefusedRequest('invalid', 'Write name and password in one line with a colon between: name:password.')
}
