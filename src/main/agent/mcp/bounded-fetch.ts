// `fetch` as it may be used towards a server of tools: no redirects, and no more bytes than a message can have.

import { serverLimits } from '../../../core/agent/limits.ts'
import type { Fetch } from '../../ports.ts'

/** A stream of many messages; the connection is made anew after it. */
const maxStreamBytes = 64 * 1024 * 1024

/** Redirects are an error: the person named the address. */
export function createBoundedFetch(fetch: Fetch): Fetch {
  return async (url, init) => bounded(await fetch(url, { ...init, redirect: 'error' }))
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
