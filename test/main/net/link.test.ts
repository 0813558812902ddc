import { describe, expect, it } from 'vitest'
import { voicePolicy } from '../../../src/core/connection/policy.ts'
import { createLink, type Line } from '../../../src/main/net/link.ts'
import type { OpenSocket, SocketClose } from '../../../src/main/ports.ts'
import { createStillClock } from '../../support/still-clock.ts'

interface FaultySocket {
  /** Pings of the client so far. */
  pings: number
  bufferedBytes: number
  terminated: boolean
  events: Parameters<OpenSocket>[1]
}

/** A link over sockets that fail as the test says. */
function createFaultyLink(): {
  clock: ReturnType<typeof createStillClock>
  sockets: FaultySocket[]
  lines: Line[]
  log: string[]
  start: () => Promise<void>
} {
  const clock = createStillClock()
  const sockets: FaultySocket[] = []
  const lines: Line[] = []
  const log: string[] = []
  const link = createLink({
    clock,
    random: () => 0,
    policy: voicePolicy,
    request: async () => ({ url: 'ws://nowhere', headers: {}, handshakeTimeoutMs: 1 }),
    openSocket(_, events) {
      const socket: FaultySocket = { pings: 0, bufferedBytes: 0, terminated: false, events }
      sockets.push(socket)
      return {
        send(text) {
          socket.bufferedBytes += text.length
          return true
        },
        bufferedBytes: () => socket.bufferedBytes,
        ping() {
          socket.pings++
        },
        close: () => undefined,
        terminate: () => void (socket.terminated = true),
      }
    },
    attach(line) {
      lines.push(line)
      return {
        opened: () => void log.push(`${line.number} opened`),
        message: (text) => void log.push(`${line.number} ${text}`),
        closed(close: SocketClose) {
          log.push(`${line.number} closed`)
          return { type: 'retry', cause: close.cause ?? '' }
        },
      }
    },
    onPhase: () => undefined,
    onLive: () => undefined,
  })
  return {
    clock,
    sockets,
    lines,
    log,
    async start() {
      link.setActive(true)
      link.start()
      await Promise.resolve()
      sockets[0]?.events.opened()
      lines[0]?.ready(null)
    },
  }
}

describe('a link', () => {
  it('[C8] hears nothing of a socket that it has given up, whatever that still says', async () => {
    const { clock, sockets, lines, log, start } = createFaultyLink()
    await start()
    clock.pass(5_000)
    expect(sockets[0]).toMatchObject({ terminated: true })
    expect(log).toEqual(['1 opened', '1 closed'])
    sockets[0]!.events.message('late')
    sockets[0]!.events.alive(true)
    sockets[0]!.events.closed({ code: 1000, reason: '' })
    expect(lines[0]!.send('late')).toBe(false)
    lines[0]!.fail({ type: 'expired' })
    lines[0]!.ready(null)
    expect(log).toEqual(['1 opened', '1 closed'])
  })

  it('[C11] a line that is slow but takes what it is given is not called dead; one that takes nothing more is', async () => {
    const { clock, sockets, lines, start } = createFaultyLink()
    await start()
    const socket = sockets[0]!
    const send = (ms: number, takenBytesPerSecond: number): void => {
      for (let passedMs = 0; passedMs < ms; passedMs += 100) {
        if (socket.bufferedBytes < 66_000) lines[0]!.send('x'.repeat(6_600))
        socket.bufferedBytes = Math.max(0, socket.bufferedBytes - takenBytesPerSecond / 10)
        clock.pass(100)
      }
    }
    send(60_000, 20_000)
    expect(socket.bufferedBytes).toBeGreaterThan(0)
    expect(socket.terminated).toBe(false)
    send(5_000, 0)
    expect(socket.terminated).toBe(true)
  })
})
