// The one door to `ws` in main. Text frames, no compression, no redirects (the key goes to the configured host only),
// and an end that comes: a dead peer is terminated, never waited for.
import { isAscii, isUtf8 } from 'node:buffer'
import { WebSocket, type ClientOptions } from 'ws'
import { createKeyHider } from '../../core/connection/said-back.ts'
import { readRetryAfter } from '../../core/connection/retry-after.ts'
import type { OpenSocket, SocketClose, SocketRequest } from '../ports.ts'
import { codeOf, connectBy, destinationOf, ProxyError } from './dial.ts'
import { readRefusal } from './refusal.ts'

/** Largest frame taken; the service's own frames stay far below it. */
const maxFrameBytes = 8 * 1024 * 1024
/** `ws` itself would wait 30 s for the other side's close frame. */
const closeGraceMs = 1_000

export const openWebSocket: OpenSocket = (request, events) => {
  const over = new AbortController()
  const socket = new WebSocket(request.url, {
    ...wayOf(request, over.signal),
    headers: request.headers,
    handshakeTimeout: request.handshakeTimeoutMs,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    followRedirects: false,
    // Looked at here, where most frames are known to be plain ASCII for another reason.
    skipUTF8Validation: true,
  })
  const facts: Partial<SocketClose> = {}
  const hider = createKeyHider(request.headers)
  let ended = false
  let grace: NodeJS.Timeout | undefined

  socket.on('open', () => events.opened())
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    // The protocol has text frames only; a binary one is still a sign of life.
    if (isBinary) return events.alive(false)
    const text = textOf(data)
    if (text !== null) return events.message(hider.frame(text))
    // Nothing more is read: what follows on a line that damages text is no better.
    facts.cause = 'WS_ERR_INVALID_UTF8'
    close(1007, '')
    socket.removeAllListeners('message')
  })
  socket.on('ping', () => events.alive(false))
  socket.on('pong', (data: Buffer) => events.alive(true, data.toString('utf8')))
  socket.on('unexpected-response', (clientRequest, response) => {
    facts.status = response.statusCode ?? 0
    const afterMs = readRetryAfter(response.headers, Date.now())
    if (afterMs !== null && afterMs > 0) facts.retryAfterMs = afterMs
    void readRefusal(response).then((code) => {
      if (code !== null) facts.said = code
      clientRequest.destroy()
      finish(1006, '')
    })
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    facts.cause = causeOf(error)
    if (error instanceof ProxyError && error.isFinal) facts.barred = error.message
  })
  socket.on('close', (code, reason) => finish(code, hider.text(reason.toString('utf8'))))

  /** A certificate that is not believed may be one that was to be named and could not be read. */
  function causeOf(error: NodeJS.ErrnoException): string {
    if (error instanceof ProxyError) return error.message
    const problem = request.way?.problem ?? null
    const code = codeOf(error) ?? hider.text(error.message)
    return problem !== null && /CERT|ISSUER|VERIFY/.test(code) ? `${code}; ${problem}` : code
  }

  function finish(code: number, reason: string): void {
    if (ended) return
    ended = true
    over.abort()
    clearTimeout(grace)
    events.closed({ code, reason, ...facts })
  }

  function close(code: number, reason: string): void {
    socket.close(code, reason)
    grace = setTimeout(() => socket.terminate(), closeGraceMs)
  }

  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false
      socket.send(text)
      return true
    },
    bufferedBytes: () => socket.bufferedAmount,
    ping(mark) {
      if (socket.readyState === WebSocket.OPEN) socket.ping(mark)
    },
    close,
    terminate: () => socket.terminate(),
  }
}

/** What is plain ASCII, as nearly all of it is, is read without looking for longer characters. Null for what is no UTF-8. */
function textOf(data: Buffer): string | null {
  if (isAscii(data)) return data.toString('latin1')
  return isUtf8(data) ? data.toString('utf8') : null
}

/** A tunnel through a proxy is given up with the socket that it is for, and at the latest with its handshake. */
function wayOf({ url, way, handshakeTimeoutMs }: SocketRequest, signal: AbortSignal): ClientOptions {
  if (way === undefined) return {}
  // The package's types don't know what it hands on to TLS.
  if (way.proxy === null) return (way.trust === null ? {} : { secureContext: way.trust }) as ClientOptions
  const connectLater = connectBy(destinationOf(url), way, { withinMs: handshakeTimeoutMs, signal })
  return { createConnection: connectLater as unknown as NonNullable<ClientOptions['createConnection']> }
}
