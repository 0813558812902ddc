// A real WebSocket with a tap: everything that went either way, as parsed events.
import { openWebSocket } from '../../src/main/net/socket.ts'
import type { OpenSocket } from '../../src/main/ports.ts'

export type Frame = Record<string, unknown> & { type: string }

export interface TappedSocket {
  open: OpenSocket
  sent: Frame[]
  received: Frame[]
}

export function createTappedSocket(): TappedSocket {
  const sent: Frame[] = []
  const received: Frame[] = []
  return {
    sent,
    received,
    open(request, events) {
      const socket = openWebSocket(request, {
        ...events,
        message(text) {
          received.push(JSON.parse(text) as Frame)
          events.message(text)
        },
      })
      return {
        ...socket,
        send(text) {
          sent.push(JSON.parse(text) as Frame)
          return socket.send(text)
        },
      }
    },
  }
}
