// What the other tests of this folder rely on: the proxy does to bytes what it says, and nothing else.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished, describe, expect, it } from 'vitest'
import { createFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { turnsOfTheLoop } from '../../support/loop-turns.ts'

interface End {
  socket: Socket
  text(): string
  /** Resolves when that much has come. */
  got(text: string): Promise<void>
  events: string[]
  closed: Promise<unknown>
  /** Ended either way: a reset right behind bytes may be read as an end. */
  over: Promise<unknown>
}

interface Line {
  proxy: FaultProxy
  clock: StillClock
  join(): Promise<{ client: End; server: End }>
}

function endOf(socket: Socket): End {
  let text = ''
  let wake = (): void => undefined
  const events: string[] = []
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1')
    wake()
  })
  const ended = new Promise((resolve) => socket.on('end', () => resolve(events.push('fin'))))
  socket.on('error', (error: NodeJS.ErrnoException) => void events.push(error.code ?? ''))
  const closed = new Promise((resolve) => socket.on('close', () => resolve(events.push('closed'))))
  return {
    socket,
    text: () => text,
    events,
    closed,
    over: Promise.race([closed, ended]),
    async got(wanted) {
      while (text !== wanted) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

async function startLine(seed = 1): Promise<Line> {
  const joined: Socket[] = []
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => void joined.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clock = createStillClock()
  const proxy = await createFaultProxy({ target: `tcp://127.0.0.1:${port}`, clock, random: seededRandom(seed) })
  const clients: Socket[] = []
  onTestFinished(async () => {
    for (const socket of [...clients, ...joined]) socket.destroy()
    await proxy.close()
    server.close()
    await once(server, 'close')
  })
  return {
    proxy,
    clock,
    async join() {
      const { port: by } = new URL(proxy.through(`tcp://127.0.0.1:${port}`))
      const socket = connect({ host: '127.0.0.1', port: Number(by), allowHalfOpen: true, noDelay: true })
      clients.push(socket)
      const client = endOf(socket)
      if (joined.length < clients.length) await once(server, 'connection')
      return { client, server: endOf(joined.at(-1)!) }
    },
  }
}

describe('the fault proxy', () => {
  it('[F1] in fair weather passes every byte and every end, both ways', async () => {
    const { proxy, join } = await startLine()
    const { client, server } = await join()
    client.socket.write('up')
    server.socket.write('down')
    await Promise.all([server.got('up'), client.got('down')])
    client.socket.end('last')
    await once(server.socket, 'end')
    server.socket.end('after')
    await once(client.socket, 'end')
    expect([server.text(), client.text()]).toEqual(['uplast', 'downafter'])
    await turnsOfTheLoop()
    expect(proxy.open()).toBe(0)
  })

  it('[F1] latency and jitter: late by what was said, in order, and the same again with the same seed', async () => {
    const arrivals = async (seed: number): Promise<string> => {
      const { proxy, clock, join } = await startLine(seed)
      proxy.setWeather('up', { latencyMs: 300, jitterMs: 200 })
      const { client, server } = await join()
      const seen: string[] = []
      for (let ms = 0; ms < 1_000; ms += 10) {
        if (ms < 200) client.socket.write(String((ms / 10) % 10))
        await turnsOfTheLoop()
        clock.pass(10)
        await turnsOfTheLoop()
        seen.push(server.text())
      }
      expect(seen[9]).toBe('')
      expect(seen.at(-1)).toBe('01234567890123456789')
      return seen.join()
    }
    const first = await arrivals(7)
    expect(await arrivals(7)).toBe(first)
    expect(await arrivals(8)).not.toBe(first)
  })

  it('[F1] stalled, nothing passes and nothing is lost', async () => {
    const { proxy, join } = await startLine()
    const { client, server } = await join()
    proxy.stall('up')
    client.socket.write('waits')
    server.socket.write('passes')
    await client.got('passes')
    expect(server.text()).toBe('')
    proxy.flow()
    await server.got('waits')
  })

  it('[F1] a black hole swallows for good and tells nobody; a later connection passes', async () => {
    const { proxy, join } = await startLine()
    const { client, server } = await join()
    proxy.swallow()
    client.socket.write('lost')
    server.socket.write('lost')
    await turnsOfTheLoop()
    proxy.flow()
    const later = await join()
    later.client.socket.write('here')
    await later.server.got('here')
    client.socket.destroy()
    await turnsOfTheLoop()
    expect([server.text(), client.text(), server.events]).toEqual(['', '', []])
    expect(proxy.taken()).toBe(2)
  })

  it('[F1] reset tells both sides RST, half-close tells the client FIN, refusal resets who comes', async () => {
    const { proxy, join } = await startLine()
    const first = await join()
    proxy.reset()
    await Promise.all([first.client.closed, first.server.closed])
    expect([first.client.events, first.server.events]).toEqual([
      ['ECONNRESET', 'closed'],
      ['ECONNRESET', 'closed'],
    ])
    const second = await join()
    proxy.halfClose()
    await once(second.client.socket, 'end')
    second.client.socket.write('still up')
    await second.server.got('still up')
    proxy.refuse(true)
    const { port } = new URL(proxy.through('tcp://127.0.0.1:1'))
    const refused = endOf(connect(Number(port), '127.0.0.1'))
    await refused.closed
    expect(refused.events[0]).toBe('ECONNRESET')
  })

  it('[F1] a slow line in slices lets through its rate and no more', async () => {
    const { proxy, clock, join } = await startLine()
    proxy.setWeather('up', { bytesPerSecond: 1_000, sliceBytes: 50 })
    const { client, server } = await join()
    client.socket.write('x'.repeat(2_000))
    await server.got('x'.repeat(50))
    for (const wanted of [100, 150, 200]) {
      clock.pass(50)
      await server.got('x'.repeat(wanted))
    }
    clock.pass(300)
    await server.got('x'.repeat(500))
  })

  it('[F1] a limit passes exactly so many bytes, then resets', async () => {
    const { proxy, join } = await startLine()
    proxy.setWeather('down', { limitBytes: 1_000 })
    const { client, server } = await join()
    server.socket.write('x'.repeat(700))
    await client.got('x'.repeat(700))
    server.socket.write('x'.repeat(700))
    await server.closed
    expect(server.events).toEqual(['ECONNRESET', 'closed'])
    await client.over
    expect(client.text()).toHaveLength(1_000)
  })
})
