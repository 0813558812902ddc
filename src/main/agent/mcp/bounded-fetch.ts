// `fetch` as it may be used towards a server of tools: no redirects, no more bytes than a message can have, the person's header
// for that server alone, and what the server names as its sign-in only where nobody in between can listen.
import { serverLimits } from '../../../core/agent/limits.ts'
import type { Fetch } from '../../ports.ts'

/** A stream of many messages; the connection is made anew after it. */
const maxStreamBytes = 64 * 1024 * 1024

export interface ServerFetch {
  fetch(url: string | URL, init?: RequestInit): Promise<Response>
  /** The server has asked who we are and was not content. */
  isUnauthorized(): boolean
}

/** @param header the value of `Authorization`, null for none */
export function createServerFetch(
  address: string,
  header: string | null,
  fetch: Fetch = globalThis.fetch,
): ServerFetch {
  const server = new URL(address)
  let isUnauthorized = false
  return {
    async fetch(url, init) {
      const asked = new URL(url)
      if (!mayAsk(asked, server)) throw new Error('The server names an address that is not safe to ask.')
      const isServer = asked.href === server.href
      const headers = new Headers(init?.headers)
      if (isServer && header !== null) headers.set('authorization', header)
      // The person named the address.
      const response = bounded(await fetch(asked, { ...init, headers, redirect: 'error' }))
      if (isServer) isUnauthorized = response.status === 401
      return response
    },
    isUnauthorized: () => isUnauthorized,
  }
}

/** Over https, or on this computer where the server itself is here. */
export function mayAsk(asked: URL, server: URL): boolean {
  return asked.protocol === 'https:' || (asked.protocol === 'http:' && isLoopback(asked) && isLoopback(server))
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
}

function bounded(response: Response): Response {
  if (response.body === null) return response
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  let left = isStream ? maxStreamBytes : serverLimits.messageBytes
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, out) {
      left -= chunk.byteLength
      if (left < 0) out.error(new Error('The server sent too much.'))
      else out.enqueue(chunk)
    },
  })
  const { status, statusText, headers } = response
  return new Response(response.body.pipeThrough(counted), { status, statusText, headers })
}
