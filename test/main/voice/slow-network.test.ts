import { onTestFinished, describe, expect, it } from 'vitest'
import type { Socket } from '../../../src/main/ports.ts'
import { openWebSocket } from '../../../src/main/net/socket.ts'
import { mostHeldMs } from '../../../src/core/audio/sent-sound.ts'
import { createUplink, mostBufferedBytes, type Uplink } from '../../../src/main/voice/uplink.ts'
import { createScriptedServer, type ScriptedConnection } from '../../support/scripted-server.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { numberedFrame } from '../../support/voice-line.ts'

interface Stuffed {
  clock: StillClock
  service: ScriptedConnection
  uplink: Uplink
  told: number[]
  bufferedBytes: () => number
}

/** An uplink on a real socket whose other end reads nothing, with the buffers between them full. */
async function stuff(): Promise<Stuffed> {
  const server = await createScriptedServer({ mute: () => true })
  const clock = createStillClock()
  const told: number[] = []
  const uplink = createUplink(clock, () => void told.push(clock.monotonicMs()))
  const nothing = (): void => undefined
  const socket = await new Promise<Socket>((resolve) => {
    const opening: Socket = openWebSocket(
      { url: `${server.url}/realtime`, headers: {}, handshakeTimeoutMs: 5_000 },
      { opened: () => resolve(opening), message: nothing, alive: nothing, closed: nothing },
    )
  })
  onTestFinished(() => {
    socket.terminate()
    return server.close()
  })
  const service = await server.connection()
  service.pause()
  uplink.useLine({
    send: (event) => socket.send(JSON.stringify(event)),
    bufferedBytes: () => socket.bufferedBytes(),
    ping: () => null,
  })
  return { clock, service, uplink, told, bufferedBytes: () => socket.bufferedBytes() }
}

describe('a network that does not take the sound', () => {
  it('[V12] a minute of sound: memory is bounded, the oldest is dropped and counted, the person is told within 5 s and once', async () => {
    const { clock, service, uplink, told, bufferedBytes } = await stuff()
    let pushed = 0
    const push = async (): Promise<void> => {
      uplink.push(numberedFrame(pushed++ % 32_000))
      clock.pass(20)
      await new Promise((resolve) => setImmediate(resolve))
    }
    // What the kernel takes first is not ours to bound.
    while (!uplink.health().blocked) await push()
    const blockedAtMs = clock.monotonicMs()
    globalThis.gc?.()
    const before = process.memoryUsage()
    for (let frame = 0; frame < 3_000; frame++) await push()
    const after = process.memoryUsage()

    const { heldMs, droppedFrames, sentFrames } = uplink.health()
    expect(heldMs).toBe(mostHeldMs)
    expect(droppedFrames).toBeGreaterThan(2_400)
    expect(sentFrames + droppedFrames + heldMs / 20).toBe(pushed)
    expect(bufferedBytes()).toBeLessThanOrEqual(mostBufferedBytes + 2_000)
    expect(after.external + after.arrayBuffers - before.external - before.arrayBuffers).toBeLessThanOrEqual(
      10 * 1024 ** 2,
    )
    expect(told).toHaveLength(1)
    expect(told[0]! - blockedAtMs).toBeLessThanOrEqual(5_000)

    // The other end reads again: the newest ten seconds arrive, in order and without a hole.
    service.resume()
    while (uplink.health().heldMs > 0) {
      await service.settled()
      clock.pass(50)
    }
    await service.settled()
    const last = service.frames().slice(-mostHeldMs / 20)
    expect(last).toEqual(Array.from({ length: 500 }, (_, at) => (pushed - 500 + at) % 32_000))
    expect(uplink.health()).toMatchObject({ heldMs: 0, blocked: false })

    // It is told again when it happens again.
    service.pause()
    while (told.length < 2) await push()
    expect(uplink.health().blocked).toBe(true)
  })

  it('[V12] what waits goes out by itself when the network takes it again, although no more sound comes', async () => {
    const { clock, service, uplink } = await stuff()
    let pushed = 0
    while (!uplink.health().blocked) {
      uplink.push(numberedFrame(pushed++ % 32_000))
      await new Promise((resolve) => setImmediate(resolve))
    }
    let sent = 0
    uplink.then('press', () => (sent = 1))
    service.resume()
    while (sent === 0) {
      await service.settled()
      clock.pass(50)
    }
    await service.settled()
    expect(service.frames()).toHaveLength(pushed)
  })
})
