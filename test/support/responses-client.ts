// A bare Responses client over a socket: sends what it is told, remembers every event in order, waits for what a test
// names.
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { tokenForTests, type Wired } from './realtime-client.ts'

export interface ResponsesClient {
  readonly events: Wired[]
  readonly socket: WebSocket
  readonly closed: Promise<{ code: number; reason: string }>
  raw(data: string | Buffer): void
  /** A response.create; the embedded model unless said otherwise, `store: false`. */
  create(fields: Record<string, unknown>): void
  /** Events not yet looked at, up to and including the first that matches. */
  until(matches: (event: Wired) => boolean): Promise<Wired[]>
  /** The events of the next response, its end or its error included. */
  answered(): Promise<Wired[]>
  /** Creates and waits: the last event, a terminal or an error. */
  ask(fields: Record<string, unknown>): Promise<Wired>
}

export const isEnd = ({ type }: Wired): boolean =>
  type === 'error' || /^response\.(?:completed|incomplete|failed)$/.test(type)

/** @param baseUrl as the server tells it, `http://127.0.0.1:port/v1` */
export function connectResponses(baseUrl: string, token: string = tokenForTests): ResponsesClient {
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/responses`, {
    headers: { Authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  })
  const events: Wired[] = []
  let seen = 0
  let over: { code: number; reason: string } | null = null
  let wake: () => void = () => undefined
  socket.on('message', (data: Buffer) => {
    events.push(JSON.parse(data.toString()) as Wired)
    wake()
  })
  socket.on('error', () => undefined)
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      over = { code, reason: reason.toString() }
      resolve(over)
      wake()
    })
  })
  const opened = once(socket, 'open').catch(() => undefined)

  async function until(matches: (event: Wired) => boolean): Promise<Wired[]> {
    for (let at = seen; ; at++) {
      while (at >= events.length) {
        if (over) throw new Error(`Closed with ${over.code}; saw ${events.map(({ type }) => type).join(' ')}`)
        await new Promise<void>((resolve) => (wake = resolve))
      }
      if (!matches(events[at]!)) continue
      const found = events.slice(seen, at + 1)
      seen = at + 1
      return found
    }
  }

  const client: ResponsesClient = {
    events,
    socket,
    closed,
    raw: (data) => void opened.then(() => socket.send(data)),
    create: (fields) =>
      client.raw(JSON.stringify({ type: 'response.create', model: 'parley-embedded', store: false, ...fields })),
    until,
    answered: () => until(isEnd),
    async ask(fields) {
      client.create(fields)
      return (await client.answered()).at(-1)!
    },
  }
  return client
}
