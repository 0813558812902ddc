// The three clients that read the same stream: each parses it, decodes its sound to samples, keeps the transcript of both
// sides and answers function calls. What a library does by itself is left to it; what it leaves to its user is done here
// with the least that does it.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime'
import OpenAI from 'openai'
import { OpenAIRealtimeWS } from 'openai/realtime/ws'
import { z } from 'zod'
import { sampleRateHz } from '../src/core/audio/pcm.ts'
import type { Change } from '../src/core/conversation/change.ts'
import { emptyConversation, reduce } from '../src/core/conversation/reduce.ts'
import { createEmitter } from '../src/core/emitter.ts'
import type { Act } from '../src/core/realtime/act.ts'
import { configureSession, createItem, createResponse } from '../src/core/realtime/commands.ts'
import type { ClientEvent } from '../src/core/realtime/events.ts'
import { functionOutput } from '../src/core/realtime/function-calls.ts'
import { interpret } from '../src/core/realtime/interpret.ts'
import { parseServerEvent } from '../src/core/realtime/parse.ts'
import { responseAsked } from '../src/core/realtime/responses.ts'
import { beginView, receivedSound } from '../src/core/realtime/voice-view.ts'
import { systemClock } from '../src/main/clock.ts'
import { newId } from '../src/main/new-id.ts'
import { voiceRequest } from '../src/main/net/endpoint.ts'
import { openWebSocket } from '../src/main/net/socket.ts'
import type { PlayedItem, Speaker } from '../src/main/ports.ts'
import { openConversations } from '../src/main/store/conversations.ts'
import type { VoiceFunctions } from '../src/main/voice/functions.ts'
import { createPlayback } from '../src/main/voice/playback.ts'
import { createVoiceSession } from '../src/main/voice/session.ts'
import { embeddedVoice } from '../test/support/embedded-voice.ts'
import { openBare } from './wire-bare.ts'
import type { Said } from './wire-stream.ts'

export interface OpenOpts {
  port: number
  take: (samples: Int16Array) => void
  lastItem: string
  responses: number
}

export interface WireClient {
  /** Resolves when everything of the stream has been read and kept. */
  whole: Promise<void>
  said(): Said[]
  close(): Promise<void>
}

export type ClientName = 'path' | 'session' | 'agents' | 'openai' | 'bare'
export const openClient: Record<ClientName, (opts: OpenOpts) => Promise<WireClient>> = {
  path: openPath,
  session: openSession,
  agents: openAgents,
  openai: openOpenai,
  bare: openBare,
}

const key = 'sk-bench'
export const weather = 'Rain, twelve degrees.'
const weatherTool = { name: 'get_weather', description: 'Tells the weather in a city.' }

/** What Parley does for the same work: socket, schema, meaning, sound, and the changes folded into a conversation. */
async function openPath({ port, take, responses }: OpenOpts): Promise<WireClient> {
  let view = beginView([], null)
  let conversation = emptyConversation
  let ended = 0
  let [isReady, isWhole] = [(): void => undefined, (): void => undefined]
  const live = new Promise<void>((resolve) => (isReady = resolve))
  const whole = new Promise<void>((resolve) => (isWhole = resolve))
  const send = (event: ClientEvent): boolean => socket.send(JSON.stringify(event))
  const keep = (changes: readonly Change[]): void => {
    for (const change of changes)
      conversation = reduce(conversation, { seq: conversation.seq + 1, atMs: systemClock.nowMs(), change })
  }
  const playback = createPlayback({
    clock: systemClock,
    speaker: swallow(take),
    spoken: (item) => {
      const spoken = view.speaking.get(item)
      return spoken && { ...spoken, ofThisSession: true }
    },
    onPlayed: keep,
    onUnknown: () => undefined,
    onTrouble: console.error,
    onIdle: () => undefined,
  })
  const perform = (act: Act): void => {
    if (act.type === 'record') keep(act.changes)
    else if (act.type === 'play') view = receivedSound(view, act.item, playback.play(act.item, act.audio))
    else if (act.type === 'finish') playback.finish(act.item)
    else if (act.type === 'send') send(act.event)
    else if (act.type === 'asked')
      for (const { call } of act.calls) {
        send(createItem(functionOutput(call, weather)))
        const eventId = newId('create')
        view = { ...view, flight: responseAsked(eventId) }
        send(createResponse(eventId))
      }
    else if (act.type === 'ended' && ++ended === responses) setImmediate(isWhole)
  }
  const socket = openWebSocket(voiceRequest({ baseUrl: `ws://127.0.0.1:${port}/v1`, key }, 'gpt-realtime'), {
    opened: () => undefined,
    message(text) {
      const parsed = parseServerEvent(text)
      if (parsed.type !== 'known') return
      if (parsed.event.type === 'session.created') send(configureSession(embeddedVoice('server')))
      if (parsed.event.type === 'session.updated') isReady()
      const next = interpret(view, parsed.event)
      view = next.view
      for (const act of next.acts) perform(act)
    },
    alive: () => undefined,
    closed: () => undefined,
  })
  await live
  return {
    whole,
    said: () => conversation.turns.map(({ role, text }) => ({ role, text })),
    close() {
      socket.close(1000, 'done')
      return Promise.resolve()
    },
  }
}

/** All of Parley, down to the flushed record on the disk; only the sound ends here. */
async function openSession({ port, take, lastItem, responses }: OpenOpts): Promise<WireClient> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const store = await openConversations({ folder, clock: systemClock, random: Math.random })
  const record = await store.open('bench')
  await record.append([{ type: 'conversation-started', conversation: 'bench', title: 'bench' }])
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
  const outcome = { outcome: 'ended' as const, output: weather }
  const functions: VoiceFunctions = {
    offered: () => [{ type: 'function', ...weatherTool, parameters }],
    async use({ call, name, arguments: text, after }) {
      await record.append([
        { type: 'tool-asked', call, after, name, arguments: text },
        { type: 'tool-ended', call, ...outcome },
      ])
      return outcome
    },
    drop: () => Promise.resolve(outcome),
    note: () => Promise.resolve(),
    onTold: () => () => undefined,
  }
  const session = createVoiceSession({
    clock: systemClock,
    random: Math.random,
    openSocket: openWebSocket,
    request: () => Promise.resolve(voiceRequest({ baseUrl: `ws://127.0.0.1:${port}/v1`, key }, 'gpt-realtime')),
    record,
    speaker: swallow(take),
    config: embeddedVoice('server'),
    endpoint: { name: 'bench', model: 'gpt-realtime' },
    functions,
    newId,
  })
  const live = new Promise<void>((resolve) => session.on('phase', ({ type }) => type === 'live' && resolve()))
  let ended = 0
  let played = false
  const whole = new Promise<void>((resolve) =>
    record.onStored(({ change }) => {
      // What reading the person’s words took is told with its model.
      if (change.type === 'tokens-used' && change.model === undefined) ended++
      if (change.type === 'played' && change.turn === lastItem) played = true
      if (played && ended === responses) resolve()
    }),
  )
  session.start()
  await live
  return {
    whole,
    said: () => record.conversation().turns.map(({ role, text }) => ({ role, text })),
    async close() {
      await session.stop()
      await record.close()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** A speaker that plays in no time. */
function swallow(take: (samples: Int16Array) => void): Speaker {
  const emitter = createEmitter<{ ended: PlayedItem }>()
  const played = new Map<string, number>()
  const nothing = (): void => undefined
  return {
    open: () => Promise.resolve(),
    play(item, samples) {
      take(samples)
      played.set(item, (played.get(item) ?? 0) + samples.length)
    },
    finish(item) {
      queueMicrotask(() => {
        emitter.emit('ended', { item, playedMs: ((played.get(item) ?? 0) * 1000) / sampleRateHz })
        played.delete(item)
      })
    },
    cut: () => Promise.resolve([]),
    onPosition: () => nothing,
    onEnded: (listen) => emitter.on('ended', listen),
    onTrouble: () => nothing,
    health: () => ({ queuedMs: 0, underruns: 0 }),
    drained: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

/** Its session keeps the history by itself and runs the tool. */
async function openAgents({ port, take, responses }: OpenOpts): Promise<WireClient> {
  const transport = new OpenAIRealtimeWebSocket({
    url: `ws://127.0.0.1:${port}/v1/realtime?model=gpt-realtime`,
    model: 'gpt-realtime',
  })
  const parameters = z.object({ city: z.string() })
  const tools = [tool({ ...weatherTool, parameters, execute: () => Promise.resolve(weather) })]
  const agent = new RealtimeAgent({ name: 'Bench', instructions: 'Be brief.', tools })
  const session = new RealtimeSession(agent, { transport, model: 'gpt-realtime', tracingDisabled: true })
  session.on('error', (error) => console.error(error))
  session.on('audio', ({ data }) => take(new Int16Array(data)))
  let ended = 0
  const whole = new Promise<void>((resolve) =>
    transport.on('turn_done', () => {
      if (++ended === responses) setImmediate(resolve)
    }),
  )
  await session.connect({ apiKey: key })
  return {
    whole,
    said: () =>
      session.history.flatMap((item) => {
        if (item.type !== 'message' || item.role === 'system') return []
        const text = item.content.map((part) => ('transcript' in part ? (part.transcript ?? '') : '')).join('')
        return [{ role: item.role, text }]
      }),
    close() {
      session.close()
      return Promise.resolve()
    },
  }
}

/** Its emitter parses and sorts; the rest is its user's. It dials `wss:` only, so the connection is made for it. */
async function openOpenai({ port, take, responses }: OpenOpts): Promise<WireClient> {
  const client = new OpenAIRealtimeWS(
    { model: 'gpt-realtime', options: { createConnection: () => connectTcp(port, '127.0.0.1') } },
    new OpenAI({ apiKey: key, baseURL: `http://127.0.0.1:${port}/v1` }),
  )
  const said = new Map<string, Said>()
  const grow = (role: Said['role'], item: string, delta: string): void => {
    const known = said.get(item)
    if (known) known.text += delta
    else said.set(item, { role, text: delta })
  }
  client.on('error', (error) => console.error(error))
  client.on('response.output_audio.delta', ({ delta }) => {
    const bytes = Buffer.from(delta, 'base64')
    take(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1))
  })
  client.on('response.output_audio_transcript.delta', ({ item_id, delta }) => grow('assistant', item_id, delta))
  client.on('response.output_audio_transcript.done', ({ item_id, transcript }) =>
    said.set(item_id, { role: 'assistant', text: transcript }),
  )
  client.on('conversation.item.input_audio_transcription.delta', ({ item_id, delta }) =>
    grow('user', item_id, delta ?? ''),
  )
  client.on('conversation.item.input_audio_transcription.completed', ({ item_id, transcript }) =>
    said.set(item_id, { role: 'user', text: transcript }),
  )
  let ended = 0
  const whole = new Promise<void>((resolve) =>
    client.on('response.done', ({ response }) => {
      const calls = (response.output ?? []).filter((item) => item.type === 'function_call')
      for (const { call_id } of calls) {
        const output = { type: 'function_call_output' as const, call_id: call_id ?? '', output: weather }
        client.send({ type: 'conversation.item.create', item: output })
        client.send({ type: 'response.create' })
      }
      if (++ended === responses) resolve()
    }),
  )
  await once(client.socket as never, 'open')
  const updated = client.emitted('session.updated')
  client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } })
  await updated
  return {
    whole,
    said: () => [...said.values()],
    close() {
      client.close()
      return Promise.resolve()
    },
  }
}
