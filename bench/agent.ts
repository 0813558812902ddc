// A loop of 20 tool calls over a socket against the same loop over HTTP with its full history: same agent, same engine, same
// simulated server time, both through a proxy that is 40 ms there and back. And what reading an event costs the client, beside
// openai's own ResponsesWS.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { systemClock } from '../src/main/clock.ts'
import { systemClock as engineClock } from '../src/engine/clock.ts'
import type { Ask, Thought } from '../src/engine/ports.ts'
import { createEngineServer } from '../src/engine/server.ts'
import { wording } from '../src/core/language/wording.ts'
import type { Fetch } from '../src/main/ports.ts'
import { defineTool, type Tool } from '../src/main/agent/tool.ts'
import { agentRequest } from '../src/main/net/endpoint.ts'
import { openWebSocket } from '../src/main/net/socket.ts'
import type { OpenSocket } from '../src/main/ports.ts'
import { joinAgent, whenEnded } from '../test/support/agent-line.ts'
import { createFaultProxy } from '../test/support/fault-proxy.ts'
import { createMemoryRecord } from '../test/support/memory-record.ts'
import { tokenForTests } from '../test/support/realtime-client.ts'
import { createScriptedMind } from '../test/support/scripted-mind.ts'
import { createScriptedSpeech } from '../test/support/scripted-speech.ts'
import { seededRandom } from '../test/support/seeded-random.ts'
import { measureEvents } from './agent-events.ts'
import { percentile, printTable } from './statistics.ts'

const calls = 20
const roundTripMs = 40
const serverTimeMs = 100
const rounds = 3

interface Setting {
  what: string
  /** Of each tool's output. */
  outputBytes: number
  upBytesPerSecond: number
  /** Where the round trip is all there is, a kept HTTP connection pays the same one. */
  wanted: string
}

const settings: Setting[] = [
  { what: 'outputs of 8 KiB, 4 Mbit/s up', outputBytes: 8 * 1024, upBytesPerSecond: 500_000, wanted: '≥ 40 %' },
  { what: 'outputs of 8 KiB, no limit', outputBytes: 8 * 1024, upBytesPerSecond: Infinity, wanted: '' },
  { what: 'outputs of 200 bytes, no limit', outputBytes: 200, upBytesPerSecond: Infinity, wanted: '' },
]

type Route = 'socket' | 'http'

interface Loop {
  tookMs: number
  /** Body bytes of every request, in order. */
  sentBytes: number[]
}

export async function run(): Promise<void> {
  for (const setting of settings) {
    const took: Record<Route, number[]> = { socket: [], http: [] }
    const sent: Record<Route, number[]> = { socket: [], http: [] }
    for (let round = 0; round < rounds; round++)
      for (const route of ['socket', 'http'] as const) {
        const loop = await runLoop(setting, route)
        took[route].push(loop.tookMs)
        sent[route] = loop.sentBytes
      }
    printCurves(setting, sent)
    printTimes(setting, took)
  }
  const events = await measureEvents()
  printTable([
    ['an event read by Parley, median', `${events.parleyUs.toFixed(1)} µs`, '≤ that of openai’s'],
    ['the same by openai’s ResponsesWS', `${events.openaiUs.toFixed(1)} µs`, ''],
  ])
}

function printCurves({ what }: Setting, sent: Record<Route, number[]>): void {
  const upTo = (bytes: readonly number[], turn: number): string =>
    `${(bytes.slice(0, turn).reduce((sum, one) => sum + one, 0) / 1024).toFixed(1)} KiB`.padStart(12)
  console.log(`\n${what}: sent after so many requests`)
  const turns = [1, 6, 11, 16, 21]
  console.log(['        ', ...turns.map((turn) => String(turn).padStart(12))].join(''))
  for (const route of ['socket', 'http'] as const)
    console.log([route.padEnd(8), ...turns.map((turn) => upTo(sent[route], turn))].join(''))
}

function printTimes({ wanted }: Setting, took: Record<Route, number[]>): void {
  const median = { socket: percentile(took.socket, 0.5), http: percentile(took.http, 0.5) }
  const faster = (1 - median.socket / median.http) * 100
  printTable([
    ['socket, end to end, median of three', `${median.socket.toFixed(0)} ms`, ''],
    ['HTTP with kept connections and full history', `${median.http.toFixed(0)} ms`, ''],
    ['the socket is faster by', `${faster.toFixed(0)} %`, wanted],
  ])
}

/** Reads files until it has read all. */
function* mind({ memos }: Ask): Iterable<Thought> {
  const done = memos.filter(({ type }) => type === 'result').length
  if (done < calls) yield { type: 'call', name: 'read', arguments: JSON.stringify({ file: `file ${done + 1}` }) }
  else yield { type: 'text', text: 'All read.' }
}

async function runLoop(setting: Setting, route: Route): Promise<Loop> {
  const speech = Promise.resolve(createScriptedSpeech())
  const engine = await createEngineServer({
    token: tokenForTests,
    clock: engineClock,
    speech,
    mind: createScriptedMind(mind),
    serverTimeMs,
  })
  const proxy = await createFaultProxy({ target: engine.url, clock: systemClock, random: seededRandom(1) })
  proxy.setWeather('up', { latencyMs: roundTripMs / 2, bytesPerSecond: setting.upBytesPerSecond })
  proxy.setWeather('down', { latencyMs: roundTripMs / 2 })
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const sentBytes: number[] = []
  const request = agentRequest({ baseUrl: proxy.through(engine.url), key: tokenForTests })
  const agent = joinAgent('', folder, createMemoryRecord(), {
    request: () => Promise.resolve(request),
    config: () => ({ model: 'parley-embedded', instructions: 'Read the files.', compactAtTokens: 1_000_000 }),
    tools: [reader(setting.outputBytes)],
    openSocket: route === 'socket' ? counting(sentBytes) : noSockets,
    fetch: countingFetch(sentBytes),
  })
  // Both begin with a connection that has been used once.
  await whenEnded(agent, agent.begin({ request: 'Read nothing.', context: '' }))
  sentBytes.length = 0
  const fromMs = systemClock.monotonicMs()
  const task = await whenEnded(agent, agent.begin({ request: 'Read the files.', context: '' }))
  const tookMs = systemClock.monotonicMs() - fromMs
  if (task.state !== 'done') throw new Error(`The loop ended as ${task.state}: ${task.result}`)
  await agent.stop()
  await proxy.close()
  await engine.close()
  await rm(folder, { recursive: true })
  return { tookMs, sentBytes }
}

function reader(outputBytes: number): Tool {
  const words = seededRandom(2)
  return defineTool({
    name: 'read',
    description: 'Reads a file.',
    risk: 'reads',
    asks: 'never',
    schema: z.object({ file: z.string() }),
    describe: ({ file }) => wording('step.reading', { place: file }),
    run({ file }) {
      let text = file
      while (text.length < outputBytes) text += ` ${Math.floor(words() * 1e6).toString(36)}`
      return Promise.resolve({ text, untrusted: null })
    },
  })
}

function counting(sentBytes: number[]): OpenSocket {
  return (request, events) => {
    const socket = openWebSocket(request, events)
    return {
      ...socket,
      send(text) {
        sentBytes.push(Buffer.byteLength(text))
        return socket.send(text)
      },
    }
  }
}

function countingFetch(sentBytes: number[]): Fetch {
  return (url, init) => {
    if (typeof init?.body === 'string') sentBytes.push(Buffer.byteLength(init.body))
    return fetch(url, init)
  }
}

/** As a server that knows no upgrade: the agent then uses HTTP. */
const noSockets: OpenSocket = (_, events) => {
  queueMicrotask(() => events.closed({ code: 1006, reason: '', status: 426 }))
  return {
    send: () => false,
    bufferedBytes: () => 0,
    ping: () => undefined,
    close: () => undefined,
    terminate: () => undefined,
  }
}
