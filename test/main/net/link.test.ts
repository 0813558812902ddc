import { describe, expect, it } from 'vitest'
import { voicePolicy } from '../../../src/core/connection/policy.ts'
import { createLink, type Line, type Link } from '../../../src/main/net/link.ts'
import type { OpenSocket, SocketClose } from '../../../src/main/ports.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock } from '../../support/still-clock.ts'

interface FaultySocket {
  /** Pings of the client so far. */
  pings: number
  bufferedBytes: number
  terminated: boolean
  events: Parameters<OpenSocket>[1]
}

/** A link over sockets that fail as the test says. */
function createFaultyLink(answersAfterMs?: () => number | null): {
  clock: ReturnType<typeof createStillClock>
  sockets: FaultySocket[]
  lines: Line[]
  log: string[]
  link: Link
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
          const afterMs = answersAfterMs?.() ?? null
          if (afterMs !== null) clock.after(afterMs, () => events.alive(true))
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
    link,
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

  it('[C11] an hour of 500 ± 400 ms each way and stalls of a second in an active turn: no false alarm', async () => {
    const chance = seededRandom(7)
    const oneWayMs = (): number => 100 + chance() * 800
    const { clock, sockets, start } = createFaultyLink(() => oneWayMs() + oneWayMs() + (chance() < 0.2 ? 1_000 : 0))
    await start()
    clock.pass(60 * 60_000)
    expect(sockets).toHaveLength(1)
    expect(sockets[0]).toMatchObject({ terminated: false })
    expect(sockets[0]!.pings).toBeGreaterThan(500)
  })

  it('[C16] a line that is asked to prove itself and does not answer is replaced after exactly a second', async () => {
    let answers = true
    const { clock, sockets, link, start } = createFaultyLink(() => (answers ? 40 : null))
    await start()
    link.setActive(false)
    clock.pass(3_333)
    link.prove()
    clock.pass(5_000)
    expect(sockets[0]).toMatchObject({ terminated: false })
    answers = false
    link.prove()
    clock.pass(999)
    expect(sockets[0]).toMatchObject({ terminated: false })
    clock.pass(1)
    expect(sockets[0]).toMatchObject({ terminated: true })
    clock.pass(0)
    await Promise.resolve()
    expect(sockets).toHaveLength(2)
  })

  it('[C16] proving cuts the wait between attempts, and a key press asks only a line that has been silent', async () => {
    const { clock, sockets, link, start } = createFaultyLink(() => 40)
    await start()
    const pings = sockets[0]!.pings
    link.begin()
    expect(sockets[0]!.pings).toBe(pings)
    link.setActive(false)
    clock.pass(9_900)
    sockets[0]!.events.alive(false)
    clock.pass(9_900)
    link.begin()
    expect(sockets[0]!.pings).toBe(pings)
    clock.pass(90)
    sockets[0]!.events.closed({ code: 1011, reason: '' })
    expect(link.phase().type).toBe('waiting')
    link.prove()
    expect(link.phase().type).toBe('opening')
  })

  it('[C16] a line that has been silent when the key is pressed has a second to answer', async () => {
    const { clock, sockets, link, start } = createFaultyLink(() => null)
    await start()
    link.setActive(false)
    clock.pass(11_000)
    expect(sockets[0]).toMatchObject({ terminated: false })
    link.begin()
    clock.pass(1_000)
    expect(sockets[0]).toMatchObject({ terminated: true })
  })

  it('[C16] an answer that was on its way before the question proves nothing', async () => {
    const { clock, sockets, link, start } = createFaultyLink(() => null)
    await start()
    link.prove()
    clock.pass(500)
    sockets[0]!.events.alive(true, '1')
    link.prove()
    sockets[0]!.events.alive(true, '1')
    clock.pass(1_000)
    expect(sockets[0]).toMatchObject({ terminated: true })
  })
})
