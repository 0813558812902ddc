// Lines that are late, slow or flooded: nothing is called dead that lives, nothing grows, and the person is told.
import { describe, expect, it } from 'vitest'
import type { OpenSocket, Socket } from '../../../src/main/ports.ts'
import { openWebSocket } from '../../../src/main/net/socket.ts'
import { mostHeldMs } from '../../../src/core/audio/sent-sound.ts'
import { createUplink, mostBufferedBytes } from '../../../src/main/voice/uplink.ts'
import { createFaultLine, faultSeeds } from '../../support/fault-line.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { numberedFrame } from '../../support/voice-line.ts'

describe.each(faultSeeds)('a poor line, seed %i', (seed) => {
  it('[F9] 300 ± 200 ms and stalls of a second: never called dead, under-runs are counted, every word arrives', async () => {
    const line = await createFaultLine({ seed })
    const first = await line.live()
    line.proxy.setWeather('both', { latencyMs: 150, jitterMs: 100, stallShare: 0.05, stallMs: 1_000 })
    for (let turn = 0; turn < 10; turn++) {
      first.beginAnswer({ response: `r${turn}`, item: `a${turn}`, previous: null })
      for (let part = 0; part < 20; part++) {
        first.speak({ response: `r${turn}`, item: `a${turn}` }, ` ${part}`, 200)
        await line.travel(200)
      }
      first.endAnswer({ response: `r${turn}`, item: `a${turn}` }, `Answer ${turn}.`)
      await line.travel(3_000)
    }
    await line.travel(10_000)
    expect(line.proxy.taken()).toBe(1)
    expect(line.heard('phase').map(({ type }) => type)).not.toContain('waiting')
    expect(line.speaker.health().underruns).toBeGreaterThan(0)
    expect(line.record.conversation().turns.map(({ text, state }) => [text, state.type])).toEqual(
      Array.from({ length: 10 }, (_, turn) => [`Answer ${turn}.`, 'final']),
    )
  })

  it('[F10] 20 kB/s where a voice needs 64: told within two seconds, and nothing grows without bound', async () => {
    let socket: Socket | null = null
    const openSocket: OpenSocket = (request, events) => (socket = openWebSocket(request, events))
    const line = await createFaultLine({ seed, openSocket })
    await line.live()
    let spoken = 0
    const speak = async (): Promise<void> => {
      line.session.hear(numberedFrame(spoken++ % 32_000))
      await line.travel(20, 20)
    }
    // What the kernel takes in at first is not ours to bound.
    line.proxy.stall('up')
    while (!line.session.health().blocked) {
      line.session.hear(numberedFrame(spoken++ % 32_000))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(line.heard('notice')).toEqual([])
    line.proxy.setWeather('up', { bytesPerSecond: 20_000 })
    line.proxy.flow()
    const sinceMs = line.clock.monotonicMs()
    while (line.heard('notice').length === 0 && line.clock.monotonicMs() - sinceMs < 5_000) await speak()
    expect(line.heard('notice')).toEqual([{ message: expect.stringMatching(/network is too slow/i) as string }])
    expect(line.clock.monotonicMs() - sinceMs).toBeLessThanOrEqual(2_100)
    for (let frame = 0; frame < 1_500; frame++) await speak()
    expect(line.session.health().heldMs).toBeLessThanOrEqual(mostHeldMs)
    expect(socket!.bufferedBytes()).toBeLessThanOrEqual(mostBufferedBytes + 2_000)
    expect(line.view().type).toBe('live')
  })
})

describe('a slow line', () => {
  it('[F10] that takes a third of the voice steadily, so that it is never stuck, is told all the same', () => {
    const clock = createStillClock()
    const told: number[] = []
    const uplink = createUplink(clock, () => void told.push(clock.monotonicMs()))
    let bufferedBytes = 0
    uplink.useLine({
      send(event) {
        bufferedBytes += JSON.stringify(event).length
        return true
      },
      bufferedBytes: () => bufferedBytes,
      ping: () => null,
    })
    let fullMs = 0
    for (let ms = 0; ms < 10_000; ms += 20) {
      uplink.push(new Int16Array(480))
      clock.pass(20)
      if (uplink.health().blocked) fullMs ||= ms
      bufferedBytes = Math.max(0, bufferedBytes - 400)
    }
    expect(told).toHaveLength(1)
    expect(told[0]! - fullMs).toBeLessThanOrEqual(2_100)
  })
})
