// A Responses service that does what a test tells it: real sockets and real HTTP on a port of its own. It keeps the newest state
// of a lane in the connection's memory, evicts it after a failure and refuses what does not fit together, as the service does;
// what it says is the test's mind, what goes wrong the test's fate.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Item } from '../../src/core/agent/item.ts'
import { answerEvents, faultEvents, misfitOf, type ScriptedFault } from './responses-events.ts'

/** The body of a `response.create`, of either transport. */
export interface SeenRequest {
  /** From 1, of all that asked for an answer (warm-ups and compactions not). */
  number: number
  over: 'socket' | 'http'
  /** The connection's number, from 1; 0 over HTTP. */
  connection: number
  bytes: number
  body: {
    previous_response_id?: string | null
    input: Item[]
    tools: unknown[]
    instructions: string
    store: boolean
    stream_id?: string
    generate?: boolean
    context_management?: unknown
  }
  /** Everything the model knew. */
  context: Item[]
}

export type Fate =
  | { type: 'answer' }
  | ScriptedFault
  /** The socket is reset once so many events of the answer are out. */
  | { type: 'cut'; afterEvents: number }
  | { type: 'incomplete'; reason: string }
  /** In place of everything else, over HTTP. */
  | { type: 'http'; status: number; headers: Record<string, string>; body: string | Buffer }
  /** The hour is over: the error, then the close. */
  | { type: 'limit'; closeCode: 1000 | 1006 }

export interface Script {
  mind: (context: readonly Item[], request: SeenRequest) => Item[] | Promise<Item[]>
  fate?: (request: SeenRequest) => Fate
  /** The service's count of a request; a hundred tokens in and ten out where it is absent. */
  usage?: (request: SeenRequest) => object
  /** A warm-up is answered when this resolves. */
  warm?: () => Promise<void>
  /** HTTP status instead of the upgrade of connection `n`. */
  refuse?: (n: number) => number | null
  /** The end of a response names none of its items. */
  endsEmpty?: boolean
  lanes?: 'offered' | 'ignored' | 'refused'
  refusesContextManagement?: boolean
  compact?: (input: readonly Item[]) => { status: number; output: Item[] }
}

export interface ScriptedResponses {
  /** `ws://127.0.0.1:port/v1` */
  readonly url: string
  readonly requests: readonly SeenRequest[]
  readonly warmUps: readonly SeenRequest['body'][]
  readonly compactions: readonly Item[][]
  /** Upgrades that were asked for. */
  attempts(): number
  /** Sockets open now. */
  open(): number
  /** Resolves with the request of that number when it has arrived. */
  request(number: number): Promise<SeenRequest>
  /** Ends every socket without a word. */
  cutAll(): void
  close(): Promise<void>
}

interface Lane {
  id: string
  items: readonly Item[]
}

export async function createScriptedResponses(script: Script): Promise<ScriptedResponses> {
  const http = createServer((request, response) => void answerHttp(request, response))
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const streams = new Set<Duplex>()
  const requests: SeenRequest[] = []
  const warmUps: SeenRequest['body'][] = []
  const compactions: Item[][] = []
  const waiters = new Map<number, ((request: SeenRequest) => void)[]>()
  let attempts = 0
  let serial = 0

  http.on('connection', (socket) => {
    streams.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => streams.delete(socket))
  })
  http.on('upgrade', (request, stream: Duplex, head) => {
    const number = ++attempts
    const status = script.refuse?.(number) ?? null
    if (status !== null)
      return void stream.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
    server.handleUpgrade(request, stream, head, (socket) => serve(socket, number))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo

  function ending(event: object & { type: string }): object {
    return script.endsEmpty && event.type === 'response.completed'
      ? { ...event, response: { ...(event as { response?: object }).response, output: [] } }
      : event
  }

  function note(seen: Omit<SeenRequest, 'number'>): SeenRequest {
    const request = { ...seen, number: requests.length + 1 }
    requests.push(request)
    for (const tell of waiters.get(request.number) ?? []) tell(request)
    return request
  }

  function serve(socket: WebSocket, connection: number): void {
    const memory = new Map<string, Lane>()
    const queues = new Map<string, Promise<void>>()
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8')
      const body = JSON.parse(text) as SeenRequest['body']
      const lane = script.lanes === 'offered' ? (body.stream_id ?? '') : ''
      const before = queues.get(lane) ?? Promise.resolve()
      queues.set(
        lane,
        before.then(() => respond(socket, connection, memory, lane, body, data.length)),
      )
    })
  }

  async function respond(
    socket: WebSocket,
    connection: number,
    memory: Map<string, Lane>,
    lane: string,
    body: SeenRequest['body'],
    bytes: number,
  ): Promise<void> {
    const tag = script.lanes === 'offered' && body.stream_id !== undefined ? { stream_id: body.stream_id } : {}
    const send = (event: object): void => socket.send(JSON.stringify({ ...event, ...tag }))
    const refuse = (fault: ScriptedFault): void => {
      if (body.previous_response_id === memory.get(lane)?.id) memory.delete(lane)
      for (const event of faultEvents(fault, `resp_${++serial}`)) send(event)
    }
    const bad = (param: string): ScriptedFault => ({
      type: 'error',
      shape: 'envelope',
      status: 400,
      code: 'unknown_parameter',
      param,
      message: `Unknown parameter: '${param}'.`,
    })
    if (script.lanes === 'refused' && body.stream_id !== undefined) {
      refuse(bad('stream_id'))
      return
    }
    if (script.refusesContextManagement === true && body.context_management !== undefined) {
      refuse(bad('context_management'))
      return
    }
    const previous = body.previous_response_id ?? null
    const parent = previous === null ? null : [...memory.values()].find(({ id }) => id === previous)
    const context = [...(parent?.items ?? []), ...body.input]
    if (body.generate === false) {
      warmUps.push(body)
      await script.warm?.()
      const id = `resp_${++serial}`
      memory.set(lane, { id, items: context })
      for (const event of answerEvents(id, [], 'completed')) send(event)
      return
    }
    const request = note({ over: 'socket', connection, bytes, body, context })
    const fate: Fate = script.fate?.(request) ?? { type: 'answer' }
    if (fate.type === 'error') {
      refuse(fate)
      return
    }
    if (fate.type === 'limit') {
      const message = 'Responses websocket connection limit reached (60 minutes).'
      socket.send(
        JSON.stringify({
          type: 'error',
          status: 400,
          error: { type: 'invalid_request_error', code: 'websocket_connection_limit_reached', message },
        }),
      )
      if (fate.closeCode === 1000) socket.close(1000)
      else socket.terminate()
      return
    }
    if (parent === undefined) {
      refuse({ type: 'error', shape: 'envelope', status: 400, code: 'previous_response_not_found' })
      return
    }
    const misfit = misfitOf(context)
    if (misfit !== null) {
      refuse({ type: 'error', shape: 'envelope', status: 400, code: 'misfit', message: misfit })
      return
    }
    if (fate.type === 'cut' && fate.afterEvents === 0) {
      socket.terminate()
      return
    }
    const output = await script.mind(context, request)
    if (socket.readyState !== socket.OPEN) return
    const id = `resp_${++serial}`
    memory.set(lane, { id, items: [...context, ...output] })
    const events = answerEvents(
      id,
      output,
      fate.type === 'incomplete' ? fate.reason : 'completed',
      script.usage?.(request),
    )
    const last = fate.type === 'cut' ? fate.afterEvents : events.length
    for (const event of events.slice(0, last)) send(ending(event))
    // Sent before, so that what was said arrives ahead of the end.
    if (fate.type === 'cut') socket.close(1011, 'cut')
  }

  async function answerHttp(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of incoming) text += String(chunk)
    const body = JSON.parse(text) as SeenRequest['body']
    const say = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    if (incoming.url?.endsWith('/compact') === true) {
      compactions.push(body.input)
      const { status, output } = script.compact?.(body.input) ?? { status: 404, output: [] }
      if (status !== 200) {
        say(status, { error: { code: 'nope', message: 'No.', param: null } })
        return
      }
      say(200, {
        id: 'cmp_1',
        object: 'response.compaction',
        output,
        usage: { input_tokens: 9, output_tokens: 1 },
      })
      return
    }
    const request = note({ over: 'http', connection: 0, bytes: text.length, body, context: body.input })
    const fate: Fate = script.fate?.(request) ?? { type: 'answer' }
    if (fate.type === 'error') {
      say(fate.status, { error: { code: fate.code, message: fate.message ?? 'No.' } })
      return
    }
    const misfit = misfitOf(body.input)
    if (misfit !== null) {
      say(400, { error: { code: 'misfit', message: misfit } })
      return
    }
    if (fate.type === 'http') return void response.writeHead(fate.status, fate.headers).end(fate.body)
    if (fate.type === 'cut' && fate.afterEvents === 0) return void incoming.socket.destroy()
    const events = answerEvents(`resp_${++serial}`, await script.mind(body.input, request), 'completed')
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const last = fate.type === 'cut' ? fate.afterEvents : events.length
    for (const event of events.slice(0, last))
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(ending(event))}\n\n`)
    response.end()
  }

  return {
    url: `ws://127.0.0.1:${port}/v1`,
    requests,
    warmUps,
    compactions,
    attempts: () => attempts,
    open: () => server.clients.size,
    request(number) {
      const there = requests[number - 1]
      if (there) return Promise.resolve(there)
      return new Promise((resolve) => waiters.set(number, [...(waiters.get(number) ?? []), resolve]))
    },
    cutAll() {
      for (const socket of server.clients) socket.terminate()
    },
    async close() {
      for (const stream of streams) stream.destroy()
      server.close()
      http.close()
      await once(http, 'close')
    },
  }
}
