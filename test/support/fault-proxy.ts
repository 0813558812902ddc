// A TCP proxy that harms what goes through it: between a real client and a real server it is late, slow, silent, cut to
// pieces or gone. Chance is seeded and time is the clock that it is given, so that a fault can be had again.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Clock, Random } from '../../src/main/ports.ts'
import { createFaultPipe, fairWeather, type FaultPipe, type Weather } from './fault-pipe.ts'

export type Way = 'up' | 'down' | 'both'

export interface FaultProxy {
  /** The same address by way of the proxy. */
  through(url: string): string
  /** How bytes fare from now on, on connections that are open and on later ones. `up` is from the client. */
  setWeather(way: Way, weather: Partial<Weather>): void
  /** Nothing passes and nothing is lost until `flow`. */
  stall(way?: Way): void
  flow(): void
  /**
   * Connections that are open now lose every byte from now on, and neither side hears of it. So do new ones until `flow`;
   * those that are open stay lost.
   */
  swallow(): void
  /** New connections are reset, or taken again. */
  refuse(refuses: boolean): void
  /** Both sides of every connection are told RST. */
  reset(): void
  /** The client is told FIN; what it sends still arrives. */
  halfClose(): void
  /** Connections that were taken so far. */
  taken(): number
  /** Connections whose client is still there. */
  open(): number
  /** Resolves with the next connection's number, from 1. */
  nextTaken(): Promise<number>
  close(): Promise<void>
}

interface Pair {
  client: Socket
  server: Socket
  up: FaultPipe
  down: FaultPipe
}

/** @param target where connections go, e.g. `ws://127.0.0.1:4711/v1` */
export async function createFaultProxy(opts: { target: string; clock: Clock; random: Random }): Promise<FaultProxy> {
  const to = new URL(opts.target)
  const pairs = new Set<Pair>()
  const weather = { up: { ...fairWeather }, down: { ...fairWeather } }
  let holding = { up: false, down: false }
  let swallows = false
  let refuses = false
  let taken = 0
  let awaited: ((number: number) => void)[] = []

  const listener = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    client.on('error', () => undefined)
    if (refuses) return sendReset(client)
    taken++
    for (const tell of awaited.splice(0)) tell(taken)
    join(client)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo

  function join(client: Socket): void {
    const server = connect({ host: to.hostname, port: Number(to.port), allowHalfOpen: true, noDelay: true })
    server.on('error', () => undefined)
    const part = (way: 'up' | 'down'): FaultPipe =>
      createFaultPipe({
        ...(way === 'up' ? { from: client, to: server } : { from: server, to: client }),
        clock: opts.clock,
        random: opts.random,
        weather: () => weather[way],
        onLimit: () => resetPair(pair),
      })
    const pair: Pair = { client, server, up: part('up'), down: part('down') }
    pairs.add(pair)
    if (holding.up) pair.up.hold(true)
    if (holding.down) pair.down.hold(true)
    if (swallows) swallowPair(pair)
    client.on('close', () => {
      pairs.delete(pair)
      pair.up.end()
      pair.down.end()
      // A server behind a hole never learns that its client has gone.
      if (!pair.up.isSwallowing()) server.destroy()
      else stranded.add(server)
    })
    server.on('close', () => {
      if (!pair.down.isSwallowing()) client.destroySoon()
    })
  }

  const stranded = new Set<Socket>()

  function swallowPair(pair: Pair): void {
    pair.up.swallow()
    pair.down.swallow()
  }

  function resetPair({ client, server }: Pair): void {
    sendReset(client)
    sendReset(server)
  }

  function hold(way: Way, now: boolean): void {
    holding = { up: way === 'down' ? holding.up : now, down: way === 'up' ? holding.down : now }
    for (const { up, down } of pairs) {
      up.hold(holding.up)
      down.hold(holding.down)
    }
  }

  return {
    through(url) {
      const by = new URL(url)
      by.port = String(port)
      return by.href
    },
    setWeather(way, some) {
      for (const each of ['up', 'down'] as const)
        if (way === each || way === 'both') weather[each] = { ...weather[each], ...some }
    },
    stall: (way = 'both') => hold(way, true),
    flow() {
      swallows = false
      hold('both', false)
    },
    swallow() {
      swallows = true
      for (const pair of pairs) swallowPair(pair)
    },
    refuse: (now) => void (refuses = now),
    reset() {
      for (const pair of pairs) resetPair(pair)
    },
    halfClose() {
      for (const { client, down } of pairs) {
        down.swallow()
        client.end()
      }
    },
    taken: () => taken,
    open: () => pairs.size,
    nextTaken: () => new Promise((resolve) => void (awaited = [...awaited, resolve])),
    async close() {
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
      for (const server of stranded) server.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

/** Node's own `resetAndDestroy` sends FIN first, so that the other side may see an orderly end. */
function sendReset(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true }).destroy()
}
