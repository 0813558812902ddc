// The one door to `ws` in main. Text frames, no compression, no redirects (the key goes to the configured host only),
// and an end that comes: a dead peer is terminated, never waited for.
import { isAscii, isUtf8 } from 'node:buffer'
import { WebSocket } from 'ws'
import type { OpenSocket, SocketClose } from '../ports.ts'

/** Largest frame taken; the service's own frames stay far below it. */
const maxFrameBytes = 8 * 1024 * 1024
/** `ws` itself would wait 30 s for the other side's close frame. */
const closeGraceMs = 1_000

export const openWebSocket: OpenSocket = (request, events) => {
  const socket = new WebSocket(request.url, {
    headers: request.headers,
    handshakeTimeout: request.handshakeTimeoutMs,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    followRedirects: false,
    // Looked at here, where most frames are known to be plain ASCII for another reason.
    skipUTF8Validation: true,
  })
  const facts: Partial<SocketClose> = {}
  const hidden = hideKeys(request.headers)
  let ended = false
  let grace: NodeJS.Timeout | undefined

  socket.on('open', () => events.opened())
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    // The protocol has text frames only; a binary one is still a sign of life.
    if (isBinary) return events.alive(false)
    const text = textOf(data)
    if (text !== null) return events.message(hidden(text))
    // Nothing more is read: what follows on a line that damages text is no better.
    facts.cause = 'WS_ERR_INVALID_UTF8'
    close(1007, '')
    socket.removeAllListeners('message')
  })
  socket.on('ping', () => events.alive(false))
  socket.on('pong', (data: Buffer) => events.alive(true, data.toString('utf8')))
  socket.on('unexpected-response', (clientRequest, response) => {
    facts.status = response.statusCode ?? 0
    const retryAfterSeconds = Number(response.headers['retry-after'])
    if (retryAfterSeconds > 0) facts.retryAfterMs = retryAfterSeconds * 1000
    response.destroy()
    clientRequest.destroy()
    finish(1006, '')
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // Of several addresses that were tried, Node names the reasons in `errors`.
    const inner = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined) : undefined
    facts.cause = error.code ?? inner?.code ?? hidden(error.message)
  })
  socket.on('close', (code, reason) => finish(code, hidden(reason.toString('utf8'))))

  function finish(code: number, reason: string): void {
    if (ended) return
    ended = true
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

/** A service can say its key back, in an error or as the reason of a close. It gets no further than here. */
function hideKeys(headers: Record<string, string>): (text: string) => string {
  const keys = Object.values(headers).map((value) => {
    const key = value.replace(/^Bearer /, '')
    // One character that no sound has rules out most frames; to look for all of the key takes ten times as long.
    return { key, rare: /[^\w+/=]/.exec(key)?.[0] ?? key }
  })
  return (text) =>
    keys.reduce(
      (rest, { key, rare }) => (rest.includes(rare) && rest.includes(key) ? rest.replaceAll(key, '[key]') : rest),
      text,
    )
}
