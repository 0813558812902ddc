// What an event of the voice socket costs its reader: Parley, `@openai/agents-realtime` and openai’s `OpenAIRealtimeWS`, each
// in a process of its own, read the same stream over a loopback WebSocket in turns. The figure is processor time of the
// client’s process (kernel, collector and helper threads included) for an event that it was sent, so it is that of one core
// however busy the machine is. Parley stands here twice: its path for the same work, and its whole voice session.
import { fork, type ChildProcess } from 'node:child_process'
import { isDeepStrictEqual } from 'node:util'
import { measureInTurns } from './in-turns.ts'
import { printTable } from './statistics.ts'
import type { ReadNews, Reading, ReadOrder } from './wire-client.ts'
import type { ClientName } from './wire-clients.ts'
import { createWireServer } from './wire-server.ts'
import { recordStream, type RecordedStream } from './wire-stream.ts'

const names = ['bare', 'path', 'session', 'agents', 'openai'] as const satisfies ClientName[]
/** About six minutes of talk; ten times as long it is the hour that a session may last. */
const exchanges = 40
const longer = 10
const rounds = Number(process.env['PARLEY_RUNS'] ?? 15)
const longRounds = Math.ceil(rounds / 5)
const longWarmUp = 6
/** A client that has not read the stream by then never will. */
const readWithinMs = 60_000
const entry = new URL('./wire-client.ts', import.meta.url)

type Clients = ReadonlyMap<ClientName, ChildProcess>
type Costs = Record<ClientName, number>

export async function run(): Promise<void> {
  const clients: Clients = new Map(names.map((name) => [name, fork(entry, [name])]))
  const [short, long] = [recordStream(exchanges), recordStream(exchanges * longer)]
  // The compiler settles over the first rounds of the long stream, hundreds of thousands of events; what it knows then serves both.
  const longUs = await measure(clients, long, { rounds: longRounds, warmUp: longWarmUp })
  const us = await measure(clients, short, { rounds, warmUp: 1 })
  for (const client of clients.values()) client.kill()
  printCosts(us, longUs, [short, long])
}

function printCosts(us: Costs, longUs: Costs, streams: readonly RecordedStream[]): void {
  const cost = (name: ClientName): string =>
    `${us[name].toFixed(1)} µs, ${Math.round(1e6 / us[name]).toLocaleString('en')} events a second`
  const times = (name: ClientName): string =>
    `${(us[name] / us.path).toFixed(2)} ×, over the longer stream ${(longUs[name] / longUs.path).toFixed(2)} ×`
  const above = (['path', 'openai', 'agents'] as const).map((one) => `${(us[one] - us.bare).toFixed(1)} µs`).join(', ')
  const grown = (name: ClientName): string => `${us[name].toFixed(1)} → ${longUs[name].toFixed(1)} µs`
  const [events, longEvents] = streams.map(({ parts }) => parts.flat().length.toLocaleString('en'))
  console.log(`${rounds} rounds of ${events} events; ten times the length: ${longEvents} events`)
  printTable([
    ['parsed, decoded, transcript kept by Parley, an event', cost('path'), ''],
    ['the same by @openai/agents-realtime', cost('agents'), ''],
    ['the same by openai’s OpenAIRealtimeWS', cost('openai'), ''],
    ['the socket alone, of which nothing is read: the floor of all three', cost('bare'), ''],
    ['above that floor: Parley, OpenAIRealtimeWS, agents-realtime', above, ''],
    ['Parley reads so many times what agents-realtime does', times('agents'), '≥ 3 ×'],
    ['… and what OpenAIRealtimeWS does', times('openai'), '≥ 1.2 ×'],
    ['the most that any reader could gain over OpenAIRealtimeWS', `${(us.openai / us.bare).toFixed(2)} ×`, ''],
    ['Parley’s whole session with its record on disk, an event', cost('session'), '≤ 60 µs'],
    ['ten times the length, Parley’s path', grown('path'), 'no more'],
    ['ten times the length, Parley’s whole session', grown('session'), 'no more'],
    ['ten times the length, agents-realtime', grown('agents'), ''],
    ['ten times the length, OpenAIRealtimeWS', grown('openai'), ''],
  ])
}

async function measure(
  clients: Clients,
  stream: RecordedStream,
  how: { rounds: number; warmUp: number },
): Promise<Costs> {
  const events = stream.parts.flat().length.toLocaleString('en')
  const server = await createWireServer(stream)
  const us = await measureInTurns(
    names,
    how,
    async (name, isWarmUp) => {
      const client = clients.get(name)
      if (!client) throw new Error(name)
      const { lastItem, responses } = stream
      client.send({ port: server.port, lastItem, responses, proves: isWarmUp } satisfies ReadOrder)
      await newsOf(client, name)
      const reading = newsOf(client, name)
      const sent = await server.play()
      const read = await reading
      if (read.type !== 'read') throw new Error(`${name}: ${read.type}`)
      prove(name, read, stream, isWarmUp)
      return read.cpuUs / sent()
    },
    (done, of) => console.log(`${events} events each: round ${done} of ${of}`),
  )
  server.close()
  return us
}

function newsOf(client: ChildProcess, name: string): Promise<ReadNews> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`The client ${name} ended.`))
    const late = setTimeout(() => reject(new Error(`The client ${name} does not come to an end.`)), readWithinMs)
    client.once('exit', fail)
    client.once('message', (news: ReadNews) => {
      client.off('exit', fail)
      clearTimeout(late)
      resolve(news)
    })
  })
}

/** The same work: every sample, and every word of both sides in its order. */
function prove(name: string, read: Reading, stream: RecordedStream, isSummed: boolean): void {
  if (name === 'bare') return
  if (read.samples !== stream.samples) throw new Error(`${name}: ${read.samples} samples of ${stream.samples}`)
  if (isSummed && read.checksum !== stream.checksum) throw new Error(`${name}: other samples`)
  if (!isDeepStrictEqual(read.said, stream.said)) throw new Error(`${name}: other words`)
}
