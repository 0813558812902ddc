// Where the settings' endpoint is and with which key. A service gets its own key and no other; without one there is
// nothing to try, and the person is told what to do.
import type { Settings } from '../../core/settings.ts'
import { EndpointError, openAiBaseUrl, type Address } from '../net/endpoint.ts'
import type { Secrets } from '../ports.ts'
import { keyNameOf } from './voice-config.ts'

/** Null for the embedded engine, which is elsewhere each time. */
export function baseUrlOf(endpoint: Settings['endpoint']): string | null {
  switch (endpoint.kind) {
    case 'embedded':
      return null
    case 'openai':
      return openAiBaseUrl
    case 'compatible':
      return endpoint.baseUrl
  }
}

/** @returns null for the embedded engine. @throws EndpointError when the service has no key and can't do without */
export async function addressOf(endpoint: Settings['endpoint'], secrets: Secrets): Promise<Address | null> {
  const name = keyNameOf(endpoint)
  const key = name === null ? null : await secrets.get(name)
  switch (endpoint.kind) {
    case 'embedded':
      return null
    case 'openai':
      if (key === null)
        throw new EndpointError(
          'There is no OpenAI key yet. Add one in the settings, or use the built-in voice.',
          'key',
        )
      return { baseUrl: openAiBaseUrl, key }
    case 'compatible':
      // A server of one's own may ask for none.
      return { baseUrl: endpoint.baseUrl, key, keyHeader: endpoint.keyHeader }
  }
}
