// The one way in which a part of Parley is dialled: HTTP and WebSocket on 127.0.0.1, or over TLS on the local network. Every
// socket has its error handler before its first byte; names, user and key come before anything is held; whoever has not come
// in yet waits within limits. What is served, and to whom, is the business of whoever opens it.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { NameFault } from './names.ts'
import { peerUser, type SocketUser } from './socket-user.ts'
import { createWaiting } from './waiting.ts'

export interface ListenerLimits {
  /** Connections that have not shown a key. */
  mostWaiting: number
  /** Open sockets that have. */
  mostSockets: number
  /** Sockets that were upgraded only to be told in the protocol's own words why they may not stay. */
  mostTold: number
  toldMs: number
  headersMs: number
  requestMs: number
  /** Without a byte in either direction, until the key was shown. */
  idleMs: number
  headerBytes: number
  frameBytes: number
}

export const listenerLimits: Omit<ListenerLimits, 'mostSockets' | 'frameBytes'> = {
  mostWaiting: 128,
  mostTold: 8,
  toldMs: 1_000,
  headersMs: 5_000,
  requestMs: 30_000,
  idleMs: 10_000,
  headerBytes: 16 * 1024,
}

export type RefusedFor = 'host' | 'origin' | 'user'

/** What becomes of a request for a socket whose names and user are right. */
export type Entry =
  | { type: 'refused'; status: number; reason: string }
  | { type: 'told'; tell: (socket: WebSocket) => void }
  /** @param arrived bytes so far, those of a frame that is not whole yet too */
  | { type: 'admitted'; serve: (socket: WebSocket, arrived: () => number) => void }

export interface ListenerOpts {
  /** 0: any free one. */
  port: number
  /** Absent: 127.0.0.1 alone. `::` is every address, of IPv4 too where the system has both. */
  address?: string
  /** PEM; absent: without TLS. */
  tls?: { key: string; cert: string }
  /** What is wrong with the names in a request (names.ts). */
  nameFault: (request: IncomingMessage, port: number) => NameFault | null
  /** Whether one more connection from that address may begin; absent: any. */
  paced?: (address: string) => boolean
  limits: Partial<ListenerLimits> & Pick<ListenerLimits, 'mostSockets' | 'frameBytes'>
  enter: (request: IncomingMessage) => Entry
  /** `admit` is called once the request has shown a key: it may take its time from then on. */
  answer: (request: IncomingMessage, response: ServerResponse, admit: () => void) => void
  /** In the words of that server. The connection closes afterwards. */
  refuse: (why: RefusedFor, response: ServerResponse) => void
  protocolOf: (offered: Set<string>) => string | false
  /** Whose socket may come in: the user that Parley runs as, and root, who can do anything anyway. `any`: also from elsewhere. */
  ownUser?: number | 'any' | undefined
}

export interface Listener {
  port: number
  /** Everything that is open, whoever holds it. */
  connections(): number
  close(): Promise<void>
}

/** Rejects with the system's error when the port is taken. */
export async function openListener(opts: ListenerOpts): Promise<Listener> {
  const limits: ListenerLimits = { ...listenerLimits, ...opts.limits }
  const ownUser = opts.ownUser ?? process.getuid?.()
  /** By the other end: what TLS gives to a request is another object than what was accepted. */
  const waiting = createWaiting<string>(limits.mostWaiting)
  const raw = new Map<string, Socket>()
  const users = new WeakMap<Duplex, Promise<SocketUser>>()
  /** Upgraded ones too, which Node's own list forgets. */
  const open = new Set<Socket>()
  const rules = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.ceil(limits.headersMs / 4),
    maxHeaderSize: limits.headerBytes,
    // A missing Host is refused in the same words as a foreign one.
    requireHostHeader: false,
  }
  const http = opts.tls
    ? createTlsServer({ ...rules, ...opts.tls, handshakeTimeout: limits.headersMs, minVersion: 'TLSv1.2' })
    : createServer(rules)
  http.timeout = limits.idleMs
  const upgrading = { noServer: true, perMessageDeflate: false, handleProtocols: opts.protocolOf }
  const sockets = new WebSocketServer({ ...upgrading, maxPayload: limits.frameBytes })
  /** Nobody listens to what they say. */
  const tellers = new WebSocketServer({ ...upgrading, maxPayload: 1_024 })

  http.on('connection', (socket: Socket) => {
    socket.on('error', () => socket.destroy())
    const address = socket.remoteAddress ?? ''
    if (opts.paced?.(address) === false) return void socket.destroy()
    const end = endOf(socket)
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      waiting.remove(end)
      raw.delete(end)
    })
    raw.set(end, socket)
    const leaving = waiting.add(end, address)
    if (leaving !== null) raw.get(leaving)?.destroy()
  })
  http.on('secureConnection', (socket: Socket) => socket.on('error', () => socket.destroy()))
  http.on('tlsClientError', (_error, socket: Socket) => socket.destroy())
  http.on('clientError', (_error, socket) => {
    if (socket.writable) refuse(socket, 400, 'Bad Request')
    else socket.destroy()
  })
  http.on('request', (request, response) => {
    answer(request, response).catch(() => request.socket.destroy())
  })
  http.on('upgrade', (request, socket, head) => {
    upgrade(request, socket, head).catch(() => socket.destroy())
  })
  http.listen(opts.port, opts.address ?? '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo

  async function refusalOf(request: IncomingMessage): Promise<RefusedFor | null> {
    return opts.nameFault(request, port) ?? ((await isOwn(request.socket)) ? null : 'user')
  }

  async function isOwn(socket: Socket): Promise<boolean> {
    const known = users.get(socket) ?? userOf(socket)
    users.set(socket, known)
    const user = await known
    return user === 'unknown' || user === ownUser || user === 0
  }

  function userOf({ remoteAddress, remotePort }: Socket): Promise<SocketUser> {
    if (typeof ownUser !== 'number' || remoteAddress === undefined || remotePort === undefined)
      return Promise.resolve('unknown')
    return peerUser({ address: remoteAddress, port: remotePort }, { address: '127.0.0.1', port })
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = await refusalOf(request)
    if (refused !== null) {
      response.setHeader('connection', 'close')
      opts.refuse(refused, response)
      return
    }
    opts.answer(request, response, () => {
      waiting.remove(endOf(request.socket))
      request.socket.setTimeout(0)
    })
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const refused = await refusalOf(request)
    if (socket.destroyed) return
    if (refused !== null) {
      refuse(socket, 403, 'Forbidden')
      return
    }
    const entry = opts.enter(request)
    if (entry.type === 'refused') {
      refuse(socket, entry.status, entry.reason)
      return
    }
    if (entry.type === 'told') {
      if (tellers.clients.size >= limits.mostTold) {
        refuse(socket, 401, 'Unauthorized')
        return
      }
      tellers.handleUpgrade(request, socket, head, (webSocket) => tell(webSocket, entry.tell))
      return
    }
    if (sockets.clients.size >= limits.mostSockets) {
      refuse(socket, 503, 'Too many sessions')
      return
    }
    waiting.remove(endOf(request.socket))
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      entry.serve(webSocket, () => request.socket.bytesRead)
    })
  }

  /** It keeps its place among those who wait, and is gone when it has been told, whether or not it listens. */
  function tell(webSocket: WebSocket, words: (socket: WebSocket) => void): void {
    const timer = setTimeout(() => webSocket.terminate(), limits.toldMs)
    webSocket.on('error', () => webSocket.terminate())
    webSocket.once('close', () => clearTimeout(timer))
    words(webSocket)
  }

  return {
    port,
    connections: () => open.size,
    async close() {
      sockets.close()
      tellers.close()
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}

const endOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress ?? ''} ${remotePort ?? 0}`

/** Ended and destroyed: a peer that does not end its own side would hold a half-open socket for good. */
function refuse(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}
