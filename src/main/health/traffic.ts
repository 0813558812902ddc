// Listens to the sockets of the voice for the health of the line: when the service was last heard of, how long ordinary
// requests take, how much waits in the socket. Alters nothing.
import { answerTookMs, requestSent, type Awaited } from '../../core/health/pairs.ts'
import { proxyName } from '../net/proxy.ts'
import type { Clock, OpenSocket, Socket } from '../ports.ts'

export interface Traffic {
  open: OpenSocket
  /** Wall clock; null when nothing was ever heard. */
  lastHeardMs(): number | null
  /** Host and port of the proxy that the newest socket goes through, null for none. */
  proxy(): string | null
  /** Of all sockets that are open. */
  bufferedBytes(): number
}

export function watchTraffic(opts: {
  openSocket: OpenSocket
  clock: Clock
  onRoundTrip: (roundTripMs: number) => void
}): Traffic {
  const { clock } = opts
  const sockets = new Set<Socket>()
  let lastHeardMs: number | null = null
  let proxy: string | null = null

  return {
    open(request, events) {
      let awaited: Awaited | null = null
      proxy = request.way?.proxy ? proxyName(request.way.proxy) : null
      const heard = (): void => void (lastHeardMs = clock.nowMs())
      const socket = opts.openSocket(request, {
        opened() {
          heard()
          events.opened()
        },
        message(text) {
          heard()
          const tookMs = awaited === null ? null : answerTookMs(awaited, text, clock.monotonicMs())
          if (tookMs !== null) {
            awaited = null
            opts.onRoundTrip(tookMs)
          }
          events.message(text)
        },
        alive(isPong, mark) {
          heard()
          events.alive(isPong, mark)
        },
        closed(close) {
          sockets.delete(watched)
          events.closed(close)
        },
      })
      const watched: Socket = {
        ...socket,
        send(text) {
          const isSent = socket.send(text)
          if (isSent) awaited = requestSent(awaited, text, clock.monotonicMs())
          return isSent
        },
      }
      sockets.add(watched)
      return watched
    },
    lastHeardMs: () => lastHeardMs,
    proxy: () => proxy,
    bufferedBytes: () => [...sockets].reduce((sum, socket) => sum + socket.bufferedBytes(), 0),
  }
}
