// An HTTP proxy as companies have them: CONNECT alone, with or without a name and password. It looks names up in its own table and
// remembers everything that it sees.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface ConnectProxy {
  /** `127.0.0.1:port` */
  readonly host: string
  /** What was asked for, `host:port`, in order. */
  readonly asked: readonly string[]
  /** Its `Proxy-Authorization` header of each, null without. */
  readonly credentials: readonly (string | null)[]
  /** All bytes that came by in either direction, heads included, as latin1. */
  seen(): string
  /** From now on it answers so instead of connecting; null: as usual. */
  refuse(status: number | null): void
  /** From now on it takes connections and says nothing. */
  mute(): void
  /** Tunnels that are open now are reset. */
  cut(): void
  close(): Promise<void>
}

export interface ConnectProxyOpts {
  /** Ports of this machine by `host:port`; anything else is a 502. */
  leads: Readonly<Record<string, number>>
  /** `name:password` that it wants. */
  user?: string
}

export async function openConnectProxy({ leads, user }: ConnectProxyOpts): Promise<ConnectProxy> {
  const server = createServer()
  const asked: string[] = []
  const credentials: (string | null)[] = []
  const seen: Buffer[] = []
  const open = new Set<Duplex>()
  let refusal: number | null = null
  let isMute = false

  function keep(stream: Duplex): void {
    open.add(stream)
    stream.on('error', () => undefined)
    stream.on('close', () => open.delete(stream))
  }

  function answer(client: Duplex, status: number, headers = ''): void {
    client.end(`HTTP/1.1 ${status} No\r\n${headers}content-length: 0\r\n\r\n`)
  }

  server.on('connect', (request, client: Duplex, head: Buffer) => {
    keep(client)
    const given = request.headers['proxy-authorization'] ?? null
    asked.push(request.url ?? '')
    credentials.push(given)
    seen.push(Buffer.from(`${request.method} ${request.url}\r\n${request.rawHeaders.join('\r\n')}`, 'latin1'), head)
    if (isMute) return
    if (refusal !== null) return answer(client, refusal)
    if (user !== undefined && given !== `Basic ${Buffer.from(user).toString('base64')}`)
      return answer(client, 407, 'proxy-authenticate: Basic realm="company"\r\n')
    const port = leads[request.url ?? '']
    if (port === undefined) return answer(client, 502)
    const to = connect({ host: '127.0.0.1', port }, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      join(client, to)
    })
    keep(to)
  })

  function join(client: Duplex, to: Socket): void {
    for (const [from, other] of [
      [client, to],
      [to, client],
    ] as const) {
      from.on('data', (chunk: Buffer) => seen.push(chunk))
      from.pipe(other)
      from.on('close', () => other.destroy())
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    seen: () => Buffer.concat(seen).toString('latin1'),
    refuse: (status) => void (refusal = status),
    mute: () => void (isMute = true),
    cut() {
      for (const stream of open) stream.destroy()
    },
    async close() {
      for (const stream of open) stream.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
