import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createVoiceLine, numberedFrame } from '../../support/voice-line.ts'

const times = Number(process.env['PARLEY_RUNS'] ?? 150)

interface Held {
  descriptors: number
  resources: Record<string, number>
  timers: number
  listeners: number
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

describe('a line that breaks again and again', () => {
  it(`[C17] ${times} times: descriptors, timers, resources and listeners are back where they were`, async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    let service = await line.live()
    const held = async (): Promise<Held> => {
      await service.settled()
      await new Promise((resolve) => setImmediate(resolve))
      return {
        descriptors: readdirSync('/proc/self/fd').length,
        resources: count(process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'))),
        timers: line.clock.waiting(),
        listeners: process.listenerCount('uncaughtException') + process.listenerCount('exit'),
      }
    }
    const breakOnce = async (at: number): Promise<void> => {
      line.session.hear(numberedFrame(at))
      const live = line.told('phase', ({ type }) => type === 'live')
      const lost = line.told('phase', ({ type }) => type === 'waiting')
      service.terminate()
      await lost
      line.clock.pass(10)
      service = await line.server.connection()
      await live
    }
    // The first breaks settle what is made once.
    for (let at = 0; at < 5; at++) await breakOnce(at)
    const before = await held()
    for (let at = 0; at < times; at++) {
      await breakOnce(at)
      // A session that has lived is worth a quick retry; otherwise the wait grows.
      await line.pass(service, 11_000, 11_000)
    }
    const after = await held()
    expect(after).toEqual(before)
    expect(line.server.mostOpen()).toBeLessThanOrEqual(2)
  })
})
