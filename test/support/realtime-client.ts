/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
// A bare Realtime client: sends what it is told, remembers every event in order, waits for what a test names.
import { once } from 'node:events'
import { WebSocket } from 'ws'

/** An event as it came off the wire; tests assert its shape. */
// oxlint-disable-next-line typescript/no-explicit-any -- the wire has no type until it is asserted
export type Wired = { type: string } & Record<string, any>

export interface RealtimeClient {
  readonly events: Wired[]
  readonly socket: WebSocket
  send(event: Record<string, unknown>): void
  raw(data: string | Buffer): void
  append(samples: Int16Array): void
  /** Events not yet looked at, up to and including the first of that type. */
  until(type: string): Promise<Wired[]>
  /** The first not yet looked at event of that type. */
  next(type: string): Promise<Wired>
  /** Everything the server sent before it had read all that was sent until now. */
  fence(): Promise<Wired[]>
  readonly closed: Promise<{ code: number; reason: string }>
  close(): void
}

export interface ConnectOptions {
  token?: string
  model?: string | null
  headers?: Record<string, string>
  protocols?: string[]
}

export const tokenForTests = 'a-key-for-tests'

/** @param baseUrl as the server tells it, `http://127.0.0.1:port/v1` */
export function connect(baseUrl: string, options: ConnectOptions = {}): RealtimeClient {
  const { token = tokenForTests, model = 'parley-embedded' } = options
  const url = `${baseUrl.replace('http', 'ws')}/realtime${model === null ? '' : `?model=${model}`}`
  const headers = { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...options.headers }
  const socket = new WebSocket(url, options.protocols ?? [], { headers, perMessageDeflate: false })
  const events: Wired[] = []
  let seen = 0
  let over: { code: number; reason: string } | null = null
  let wake: () => void = () => undefined
  let fences = 0

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
  const raw = (data: string | Buffer): void => void opened.then(() => socket.send(data))

  async function untilMatch(matches: (event: Wired) => boolean, what: string): Promise<Wired[]> {
    for (let at = seen; ; at++) {
      while (at >= events.length) {
        if (over)
          throw new Error(`Closed with ${over.code} before ${what}; saw ${events.map(({ type }) => type).join(' ')}`)
        await new Promise<void>((resolve) => (wake = resolve))
      }
      if (!matches(events[at]!)) continue
      const found = events.slice(seen, at + 1)
      seen = at + 1
      return found
    }
  }

  const client: RealtimeClient = {
    events,
    socket,
    closed,
    raw,
    send: (event) => raw(JSON.stringify(event)),
    append: (samples) =>
      client.send({
        type: 'input_audio_buffer.append',
        audio: Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64'),
      }),
    until: (type) => untilMatch((event) => event.type === type, type),
    next: async (type) => (await client.until(type)).at(-1)!,
    async fence() {
      const eventId = `fence_${++fences}`
      client.send({ type: 'conversation.item.retrieve', item_id: 'no such item', event_id: eventId })
      const found = await untilMatch((event) => event.error?.event_id === eventId, 'the fence')
      return found.slice(0, -1)
    },
    close: () => socket.close(),
  }
  return client
}

export const typesOf = (events: readonly Wired[]): string[] => events.map(({ type }) => type)
