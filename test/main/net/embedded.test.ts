import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createEmbeddedEngine, type EngineProcess } from '../../../src/main/net/embedded.ts'
import { EndpointError } from '../../../src/main/net/endpoint.ts'
import { createStillClock } from '../../support/still-clock.ts'

/** Processes that do what the test says, as the real ones do it: by messages and an exit. */
function createProcesses({ isDeaf = false } = {}): {
  spawn: () => EngineProcess
  all: (EventEmitter & { killed: string[] })[]
} {
  const all: (EventEmitter & { killed: string[] })[] = []
  return {
    all,
    spawn() {
      const killed: string[] = []
      const child = Object.assign(new EventEmitter(), {
        killed,
        kill(signal: string) {
          killed.push(signal)
          if (signal === 'SIGKILL' || !isDeaf) child.emit('exit')
          return true
        },
      })
      all.push(child)
      return child
    },
  }
}

const ready = { type: 'ready', url: 'http://127.0.0.1:1/v1', token: 'secret' }

describe('the embedded engine as a process', () => {
  it('[C20] it is started once for all who want it, and again when it has died', async () => {
    const processes = createProcesses()
    const engine = createEmbeddedEngine({ clock: createStillClock(), spawn: processes.spawn })
    const [one, other] = [engine.address(), engine.address()]
    processes.all[0]?.emit('message', ready)
    expect(await one).toEqual({ baseUrl: ready.url, key: 'secret' })
    expect(await other).toEqual(await one)
    expect(processes.all).toHaveLength(1)
    processes.all[0]?.emit('exit')
    const again = engine.address()
    processes.all[1]?.emit('message', ready)
    await again
    expect(processes.all).toHaveLength(2)
  })

  it('[W223] what keeps it from hearing after it was ready ends the trying once, and another wish starts it anew', async () => {
    const processes = createProcesses()
    const engine = createEmbeddedEngine({ clock: createStillClock(), spawn: processes.spawn })
    const first = engine.address()
    processes.all[0]?.emit('message', ready)
    await first
    processes.all[0]?.emit('message', { type: 'failed', message: 'The speech models are not in /x.' })
    await expect(engine.address()).rejects.toBeInstanceOf(EndpointError)
    expect(processes.all[0]?.killed).toEqual(['SIGKILL'])
    expect(processes.all).toHaveLength(1)
    const again = engine.address()
    processes.all[1]?.emit('message', ready)
    expect(await again).toEqual({ baseUrl: ready.url, key: 'secret' })
  })

  it('[W223] what keeps it from starting ends the trying; what may pass is tried three times', async () => {
    const processes = createProcesses()
    const engine = createEmbeddedEngine({ clock: createStillClock(), spawn: processes.spawn })
    const fails = async (how: (child: EventEmitter) => void): Promise<unknown> => {
      const address = engine.address().then(
        () => null,
        (error: unknown) => error,
      )
      how(processes.all.at(-1)!)
      return address
    }
    const said = await fails((child) => child.emit('message', { type: 'failed', message: 'The models are not in /x.' }))
    expect(said).toBeInstanceOf(EndpointError)
    expect(said).toMatchObject({ verdict: { type: 'fatal', remedy: 'engine' } })
    expect((said as Error).message).not.toContain('/x')
    for (const isLast of [false, false, true, false, false, true])
      expect((await fails((child) => child.emit('exit'))) instanceof EndpointError).toBe(isLast)
    await fails((child) => child.emit('message', ready))
    for (let at = 0; at < 2; at++) expect(await fails((child) => child.emit('exit'))).not.toBeInstanceOf(EndpointError)
  })

  it('[C20] it leaves the memory five minutes after nobody uses it any more, and not before', async () => {
    const clock = createStillClock()
    const processes = createProcesses()
    const engine = createEmbeddedEngine({ clock, spawn: processes.spawn })
    const address = engine.address()
    processes.all[0]?.emit('message', ready)
    await address
    engine.setInUse(false)
    clock.pass(4 * 60_000)
    engine.setInUse(true)
    clock.pass(60 * 60_000)
    engine.setInUse(false)
    clock.pass(5 * 60_000 - 1)
    expect(processes.all[0]?.killed).toEqual([])
    clock.pass(1)
    expect(processes.all[0]?.killed).toEqual(['SIGTERM'])
  })

  it('[C21] what keeps it from starting is told, and one that hangs is ended', async () => {
    const clock = createStillClock()
    const processes = createProcesses()
    const engine = createEmbeddedEngine({ clock, spawn: processes.spawn })
    const told = engine.address()
    processes.all[0]?.emit('message', { type: 'failed', message: 'The speech models are missing.' })
    await expect(told).rejects.toThrow('can’t start')
    processes.all[0]?.emit('exit')
    const hung = engine.address()
    processes.all[1]?.emit('message', 'something else')
    clock.pass(30_000)
    await expect(hung).rejects.toThrow(/did not start/)
    expect(processes.all[1]?.killed).toEqual(['SIGKILL'])
  })

  it('[C21] one that does not end when asked is ended, and the end is waited for', async () => {
    const clock = createStillClock()
    const processes = createProcesses({ isDeaf: true })
    const engine = createEmbeddedEngine({ clock, spawn: processes.spawn })
    const address = engine.address()
    processes.all[0]?.emit('message', ready)
    await address
    let isOver = false
    const stopped = engine.stop().then(() => (isOver = true))
    await Promise.resolve()
    expect(isOver).toBe(false)
    clock.pass(1_500)
    await stopped
    expect(processes.all[0]?.killed).toEqual(['SIGTERM', 'SIGKILL'])
  })

  it('[C21] a failed start is not kept: the next one who asks starts it anew', async () => {
    const processes = createProcesses()
    const engine = createEmbeddedEngine({ clock: createStillClock(), spawn: processes.spawn })
    const first = engine.address()
    processes.all[0]?.emit('message', { type: 'failed', message: 'No.' })
    await expect(first).rejects.toThrow('can’t start')
    const second = engine.address()
    processes.all[1]?.emit('message', ready)
    expect(await second).toMatchObject({ key: 'secret' })
  })
})
