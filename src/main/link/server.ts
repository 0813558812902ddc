// Serves the window to this computer's own browser and carries the contract over a WebSocket, by listener/. What requests
// mean is the app's business.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebSocket } from 'ws'
import { mostRequestBytes, requestsWithPictures } from '../../core/picture-requests.ts'
import { openListener, type Entry, type ListenerLimits, type RefusedFor } from '../../listener/listener.ts'
import { loopbackFault } from '../../listener/names.ts'
import { systemClock } from '../clock.ts'
import type { App } from '../app/app.ts'
import type { Clock } from '../ports.ts'
import { readAsk } from './ask.ts'
import { createCodes } from './codes.ts'
import type { WebFile } from './files.ts'
import { codeHeader, enterPath, holdsToken, ownOrigins, protocol, securityHeaders } from './gate.ts'

export interface WebServer {
  readonly origin: string
  /** With a fresh code behind `#`, which a browser sends to nobody; the page exchanges it for the token. */
  newAddress(): string
  /** Sockets that are open, whoever holds them. */
  connections(): number
  close(): Promise<void>
}

export interface WebServerOpts {
  app: Pick<App, 'answer' | 'hear'>
  files: ReadonlyMap<string, WebFile>
  /** 0: any free one. */
  port?: number
  clock?: Pick<Clock, 'monotonicMs'>
  /** For tests: what the door allows, and whose sockets may come in. */
  limits?: Partial<ListenerLimits>
  ownUser?: number
}

/** The longest request without pictures is a text of 16,000 characters in the settings. */
const maxPlainBytes = 256 * 1024
/** A window that does not read is let go; it asks for everything again when it comes back. */
const mostBufferedBytes = 8 * 1024 * 1024
const mostWindows = 32

/** Rejects with the system's error when the port is taken. */
export async function openWebServer(opts: WebServerOpts): Promise<WebServer> {
  const token = randomBytes(32).toString('base64url')
  const codes = createCodes(opts.clock ?? systemClock)
  let headers: Record<string, string> = {}
  const listener = await openListener({
    port: opts.port ?? 0,
    nameFault: loopbackFault({ ownPortOnly: true, origins: ownOrigins }),
    limits: { frameBytes: Math.max(maxPlainBytes, mostRequestBytes), mostSockets: mostWindows, ...opts.limits },
    enter,
    answer: answerHttp,
    refuse: refuseHttp,
    protocolOf: () => protocol,
    ownUser: opts.ownUser,
  })
  const origin = `http://127.0.0.1:${listener.port}`
  headers = securityHeaders(`ws://127.0.0.1:${listener.port} ws://localhost:${listener.port}`)

  function say(response: ServerResponse, status: number, text: string): void {
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
  }

  function refuseHttp(why: RefusedFor, response: ServerResponse): void {
    if (why === 'host') say(response, 421, 'This address is not served.')
    else say(response, 403, 'This Parley belongs to somebody else.')
  }

  function answerHttp(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').split(/[?#]/)[0] ?? '/'
    if (path === enterPath) return exchange(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Connection', 'close')
      return say(response, 405, 'Only reading is allowed.')
    }
    const file = opts.files.get(path)
    if (!file) return say(response, 404, 'There is nothing here.')
    response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.bytes.length })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
  }

  /** Asked by the page itself, so a browser says its origin. */
  function exchange({ method, headers: given }: IncomingMessage, response: ServerResponse): void {
    const code = given[codeHeader]
    const mayAsk = method === 'POST' && given.origin !== undefined && typeof code === 'string'
    response.setHeader('Connection', 'close')
    if (mayAsk && codes.take(code)) say(response, 200, token)
    else say(response, 403, 'This code was used before or is too old.')
  }

  /** A browser always says the origin of a WebSocket. */
  function enter({ headers: { origin: given, 'sec-websocket-protocol': offered } }: IncomingMessage): Entry {
    if (given === undefined || !holdsToken(offered, token)) return { type: 'refused', status: 403, reason: 'Forbidden' }
    return { type: 'admitted', serve: (socket) => serve(socket, opts.app) }
  }

  return {
    origin,
    newAddress: () => `${origin}/#code=${codes.make()}`,
    connections: () => listener.connections(),
    close: () => listener.close(),
  }
}

function serve(socket: WebSocket, app: WebServerOpts['app']): void {
  const send = (value: unknown): void => {
    if (socket.bufferedAmount > mostBufferedBytes) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(value))
  }
  const undo = app.hear((notice) => send({ notice }))
  socket.on('close', undo)
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const asked = isBinary ? null : readAsk(data.toString('utf8'))
    // Nobody who speaks the contract sends such a thing.
    if (asked === null) return socket.close(1008, 'not understood')
    if (data.length > maxPlainBytes && !requestsWithPictures.has(asked.name)) return socket.close(1009, 'too large')
    void app.answer(asked.name, asked.argument).then((reply) => send({ id: asked.id, reply }))
  })
}
