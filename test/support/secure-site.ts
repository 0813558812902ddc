// A real https server on this machine with pages of a test's own; it remembers what was asked of it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { FetchOpts } from '../../src/main/agent/tools/fetch-page.ts'
import { selfSigned } from './self-signed.ts'

export interface SecureSite {
  /** `https://localhost:1234` */
  origin: string
  /** Its certificate, in PEM. */
  cert: string
  /** Paths with their queries, in order. */
  asked: string[]
  /** With which this site, and nothing else that is private, may be read. */
  allowed: FetchOpts
  close(): Promise<void>
}

export async function openSecureSite(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<SecureSite> {
  const { key, cert } = selfSigned(['localhost', 'other.test'])
  const asked: string[] = []
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `localhost:${(server.address() as AddressInfo).port}`
  return {
    origin: `https://${host}`,
    asked,
    cert,
    allowed: {
      privateHosts: [host],
      wayTo: async () => ({ proxy: null, trust: createSecureContext({ ca: cert }), problem: null }),
      resolve: async () => ['127.0.0.1'],
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
