// What one event of a response costs the client that reads it: Parley's connection and openai's ResponsesWS, in turns, against
// one server in a thread of its own, which sends everything at once. Processor time of this thread, events in one response.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import OpenAI from 'openai'
import { ResponsesWS } from 'openai/resources/responses/ws'
import { agentPolicy } from '../src/core/agent/policy.ts'
import { warmRequest } from '../src/core/agent/request.ts'
import { createConnection } from '../src/main/agent/connection.ts'
import { systemClock } from '../src/main/clock.ts'
import { agentRequest } from '../src/main/net/endpoint.ts'
import { openWebSocket } from '../src/main/net/socket.ts'
import { measureInTurns } from './in-turns.ts'

const deltas = 5_000
const rounds = 15

/** Answers every request with a response of many deltas. */
const serverCode = `
  const { parentPort } = require('node:worker_threads')
  const { WebSocketServer } = require('ws')
  const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [] }
  const response = { id: 'resp_1', object: 'response', status: 'completed', output: [item], usage: null }
  const delta = { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'a few words', logprobs: [] }
  const events = [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
    ...Array.from({ length: ${deltas} }, () => delta),
    { type: 'response.completed', response },
  ].map((event, at) => JSON.stringify({ ...event, sequence_number: at }))
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  server.on('connection', (socket) => socket.on('message', () => { for (const event of events) socket.send(event) }))
  server.on('listening', () => parentPort.postMessage(server.address().port))
`

export interface EventCost {
  parleyUs: number
  openaiUs: number
}

export async function measureEvents(): Promise<EventCost> {
  const worker = new Worker(serverCode, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const baseUrl = `http://127.0.0.1:${port}/v1`
  const parley = await openParley(baseUrl)
  const openai = await openOpenai(baseUrl)
  const clients = { parley, openai }
  const medianUs = await measureInTurns(['parley', 'openai'], { rounds, warmUp: 3 }, async (name) => {
    const fromMs = performance.now()
    await clients[name].ask()
    return ((performance.now() - fromMs) * 1000) / deltas
  })
  parley.close()
  openai.close()
  await worker.terminate()
  return { parleyUs: medianUs.parley, openaiUs: medianUs.openai }
}

interface Client {
  ask(): Promise<void>
  close(): void
}

async function openParley(baseUrl: string): Promise<Client> {
  const connection = createConnection({
    clock: systemClock,
    random: Math.random,
    openSocket: openWebSocket,
    request: () => Promise.resolve(agentRequest({ baseUrl, key: 'key' })),
    policy: agentPolicy,
    number: 1,
    connectWithinMs: 5_000,
    lanes: { known: 'none' },
    counts: { events: 0, unknown: 0, broken: 0, stray: 0, losses: [] },
    onMoved: () => undefined,
    onUpgrade: () => null,
  })
  const { signal } = new AbortController()
  connection.start()
  await connection.settle('lane_1', signal)
  const request = warmRequest({ model: 'm', instructions: '', compactAtTokens: 1 }, [])
  return {
    async ask() {
      const end = await connection.ask('lane_1', request, signal)
      if (end.type !== 'answered') throw new Error(end.type)
    },
    close: () => connection.stop(),
  }
}

async function openOpenai(baseURL: string): Promise<Client> {
  const socket = new ResponsesWS(new OpenAI({ apiKey: 'key', baseURL }))
  let done = (): void => undefined
  socket.on('response.completed', () => done())
  socket.on('error', (error) => {
    throw error
  })
  await once(socket.socket as never, 'open')
  return {
    async ask() {
      const completed = new Promise<void>((resolve) => (done = resolve))
      socket.send({ type: 'response.create', model: 'm', input: [] })
      await completed
    },
    close: () => socket.close(),
  }
}
