// Real sockets whose pings are counted, so that a test that moves the clock can let every answer arrive before it moves on.
import { openWebSocket } from '../../src/main/net/socket.ts'
import type { OpenSocket } from '../../src/main/ports.ts'
import type { StillClock } from './still-clock.ts'

export interface WatchedSockets {
  openSocket: OpenSocket
  /** Moves the clock in small steps, each once the pings of those before are answered. */
  pass(clock: StillClock, ms: number): Promise<void>
}

export function createWatchedSockets(): WatchedSockets {
  let unanswered = 0
  return {
    openSocket(request, events) {
      let pings = 0
      const answered = (all: boolean): void => {
        unanswered -= all ? pings : Math.min(pings, 1)
        pings -= all ? pings : Math.min(pings, 1)
      }
      const socket = openWebSocket(request, {
        ...events,
        alive(isPong, mark) {
          events.alive(isPong, mark)
          if (isPong) answered(false)
        },
        closed(close) {
          answered(true)
          events.closed(close)
        },
      })
      return {
        ...socket,
        ping(mark) {
          pings++
          unanswered++
          socket.ping(mark)
        },
      }
    },
    async pass(clock, ms) {
      for (let passedMs = 0; passedMs < ms; passedMs += 250) {
        clock.pass(Math.min(250, ms - passedMs))
        await until(() => unanswered === 0)
      }
    },
  }
}

/** Lets the loop turn until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}
