// Serves the window to this computer's own browser and carries the contract over a WebSocket. The second door to `ws`:
// net/socket.ts dials out, this one is dialled. What requests mean is the desk's business.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Desk } from '../desk/desk.ts'
import type { WebFile } from './files.ts'
import { holdsToken, isOwnHost, isOwnOrigin, protocol, securityHeaders } from './gate.ts'

export interface WebServer {
  /** With the token behind `#`, which a browser sends to nobody. */
  readonly address: string
  close(): Promise<void>
}

export interface WebServerOpts {
  desk: Pick<Desk, 'answer' | 'hear'>
  files: ReadonlyMap<string, WebFile>
  /** 0: any free one. */
  port?: number
}

/** The longest request is a text of 16,000 characters in the settings. */
const maxRequestBytes = 256 * 1024
/** A window that does not read is let go; it asks for everything again when it comes back. */
const mostBufferedBytes = 8 * 1024 * 1024

/** Rejects with the system's error when the port is taken. */
export async function openWebServer(opts: WebServerOpts): Promise<WebServer> {
  const token = randomBytes(32).toString('base64url')
  const http = createServer((request, response) => answerHttp(request, response))
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxRequestBytes,
    perMessageDeflate: false,
    handleProtocols: () => protocol,
  })
  http.on('upgrade', (request, socket, head) => upgrade(request, socket, head))
  http.listen(opts.port ?? 0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const headers = securityHeaders(port)

  function answerHttp(request: IncomingMessage, response: ServerResponse): void {
    const refuse = (status: number, text: string): void => {
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
    }
    if (!isOwnHost(request.headers.host, port)) return refuse(421, 'This address is not served.')
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only reading is allowed.')
    const file = opts.files.get((request.url ?? '/').split(/[?#]/)[0] ?? '/')
    if (!file) return refuse(404, 'There is nothing here.')
    response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.bytes.length })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { host, origin, 'sec-websocket-protocol': offered } = request.headers
    const mayEnter = isOwnHost(host, port) && isOwnOrigin(origin, port) && holdsToken(offered, token)
    if (!mayEnter) return void socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, opts.desk))
  }

  return {
    address: `http://127.0.0.1:${port}/#token=${token}`,
    async close() {
      for (const client of sockets.clients) client.terminate()
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}

function serve(socket: WebSocket, desk: WebServerOpts['desk']): void {
  const send = (value: unknown): void => {
    if (socket.bufferedAmount > mostBufferedBytes) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(value))
  }
  const undo = desk.hear((notice) => send({ notice }))
  socket.on('close', undo)
  socket.on('error', () => socket.terminate())
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const asked = isBinary ? null : readAsk(data.toString('utf8'))
    // Nobody who speaks the contract sends such a thing.
    if (asked === null) return socket.close(1008, 'not understood')
    void desk.answer(asked.name, asked.argument).then((reply) => send({ id: asked.id, reply }))
  })
}

function readAsk(text: string): { id: number; name: unknown; argument: unknown } | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { id, name, argument } = value as Record<string, unknown>
  return typeof id === 'number' ? { id, name, argument } : null
}
