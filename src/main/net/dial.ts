// A connection to one host by a given way: straight, or through the tunnel of an HTTP proxy (CONNECT, RFC 9110 9.3.6), with TLS
// inside. The proxy sees host and port and bytes that it can't read. A name that a proxy is given is looked up by the proxy.
import { request as httpRequest, type ClientRequest, type ClientRequestArgs } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect, isIP, Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { systemClock } from '../clock.ts'
import type { Proxy, Way } from '../ports.ts'
import { limitTime } from '../time-limit.ts'
import { proxyName } from './proxy.ts'

export interface Destination {
  /** A name or numbers, without brackets. */
  host: string
  port: number
  /** TLS, and the name that its certificate must have. */
  secureFor: string | null
}

/** The proxy did not lead there. The message is for the person and holds no password. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  /** What it answered, null when it did not. */
  readonly status: number | null
  constructor(message: string, status: number | null) {
    super(message)
    this.status = status
  }

  /** To ask again changes nothing until a person has. */
  get isFinal(): boolean {
    return this.status !== null && [401, 403, 405, 407, 451].includes(this.status)
  }
}

/** Without a proxy, with the certificates that the runtime brings. */
export const straight: Way = { proxy: null, trust: null, problem: null }

/** Where a web or socket address leads. */
export function destinationOf(address: string): Destination {
  const { protocol, hostname, port } = new URL(address)
  const isSecure = protocol === 'wss:' || protocol === 'https:'
  const host = hostname.replace(/^\[|\]$/g, '')
  return { host, port: Number(port || (isSecure ? 443 : 80)), secureFor: isSecure ? host : null }
}

/** For a request of Node's, which waits for its connection. */
export function connectBy(
  to: Destination,
  way: Way,
  limits: { withinMs: number; signal: AbortSignal },
): NonNullable<ClientRequestArgs['createConnection']> {
  return (_options, done) => {
    dial(to, way, limits).then(
      (connection) => done(null, connection),
      // Node asks for no socket beside an error, its types do.
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), new Socket()),
    )
    return null
  }
}

/**
 * Resolves with a socket that is connected and, where asked for, secured.
 * Rejects with ProxyError, with the system's or TLS's own error, or with the signal's reason.
 */
export async function dial(
  to: Destination,
  way: Way,
  limits: { withinMs: number; signal: AbortSignal },
): Promise<Socket> {
  const { signal, end } = limitTime(systemClock, limits.withinMs, limits.signal)
  try {
    const plain =
      way.proxy === null
        ? await open(connect({ host: to.host, port: to.port }), 'connect', signal)
        : await tunnel(to, way, way.proxy, signal)
    if (to.secureFor === null) return plain
    return await open(secure(plain, to.secureFor, way), 'secureConnect', signal)
  } finally {
    end()
  }
}

function secure(socket: Socket, name: string, { trust }: Way): TLSSocket {
  return connectTls({
    socket,
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ALPNProtocols: ['http/1.1'],
    ...(trust === null ? {} : { secureContext: trust }),
  })
}

/** Resolves with the socket at that event. */
function open<Kind extends Socket>(
  socket: Kind,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      signal.removeEventListener('abort', abort)
      socket.removeListener('error', fail)
      act()
    }
    const fail = (error: Error): void => settle(() => reject(error))
    const abort = (): void => {
      socket.on('error', () => undefined)
      socket.destroy()
      fail(reasonOf(signal))
    }
    if (signal.aborted) return abort()
    socket.once('error', fail)
    socket.once(event, () => settle(() => resolve(socket)))
    signal.addEventListener('abort', abort, { once: true })
  })
}

function tunnel(to: Destination, way: Way, proxy: Proxy, signal: AbortSignal): Promise<Socket> {
  const name = proxyName(proxy)
  const wanted = `${isIP(to.host) === 6 ? `[${to.host}]` : to.host}:${to.port}`
  return new Promise((resolve, reject) => {
    const asked = ask(proxy, way, wanted, signal)
    asked.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0)
        if (head.length > 0) socket.unshift(head)
        return resolve(socket)
      }
      socket.on('error', () => undefined)
      socket.destroy()
      reject(new ProxyError(refusal(name, to.host, statusCode), statusCode))
    })
    // Some answer a request that is not CONNECT's.
    asked.once('response', (response) => {
      response.destroy()
      reject(new ProxyError(refusal(name, to.host, response.statusCode ?? 0), response.statusCode ?? 0))
    })
    asked.once('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) return reject(reasonOf(signal))
      reject(new ProxyError(`The proxy ${name} can’t be reached (${codeOf(error) ?? 'no answer'}).`, null))
    })
    asked.end()
  })
}

function ask(proxy: Proxy, { trust }: Way, wanted: string, signal: AbortSignal): ClientRequest {
  const { user } = proxy
  const credentials = user === null ? null : Buffer.from(`${user.name}:${user.password}`).toString('base64')
  const options = {
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: wanted,
    agent: false,
    signal,
    headers: { host: wanted, ...(credentials === null ? {} : { 'proxy-authorization': `Basic ${credentials}` }) },
  } as const
  if (proxy.protocol === 'http:') return httpRequest(options)
  return httpsRequest({ ...options, ...(trust === null ? {} : { secureContext: trust }) })
}

function refusal(proxy: string, host: string, status: number): string {
  if (status === 407 || status === 401)
    return `The proxy ${proxy} wants a name and a password. Set them beside the proxy in the settings, or in HTTPS_PROXY.`
  if ([403, 405, 451].includes(status))
    return `The proxy ${proxy} does not let anybody reach ${host} (${status}). Ask whoever runs it to allow it.`
  return `The proxy ${proxy} could not reach ${host} (${status}).`
}

function reasonOf(signal: AbortSignal): Error {
  const { reason } = signal as { reason: unknown }
  if (reason instanceof Error && reason.name !== 'TimeoutError') return reason
  return Object.assign(new Error('It took too long to connect.'), { code: 'ETIMEDOUT' })
}

/** Of several addresses that were tried, Node names the reasons in `errors`. */
export function codeOf(error: NodeJS.ErrnoException): string | undefined {
  const inner = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined) : undefined
  return error.code ?? inner?.code
}
