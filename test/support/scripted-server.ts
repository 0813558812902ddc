// A voice service that does what a test tells it: a real WebSocket server on a port of its own. By itself it only opens
// sessions and acknowledges items, as the service does; turns and answers are played by the test.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { decodeBase64, encodeBase64 } from '../../src/main/base64.ts'
import { bytesToSamples, msToSamples, samplesToBytes } from '../../src/core/audio/pcm.ts'
import type { ClientEvent, ClientEventOf, WireItem } from '../../src/core/realtime/events.ts'
import { within } from './within.ts'

export interface Script {
  /** HTTP answer instead of the upgrade of connection `n` (from 1); `destroy` ends it without one. */
  refuse?: (n: number) => { status: number; headers?: Record<string, string> } | null
  /** Nothing is said on connection `n` unless the test says it. */
  mute?: (n: number) => boolean
  /** `session.update` is left unanswered. */
  withholdUpdated?: (n: number) => boolean
  /** The error for an item that is not taken; `named` says whether it carries the event's id. */
  refuseItem?: (item: WireItem) => { named: boolean; message?: string } | null
  /** The session ends with this code (1006: without a word) over an item. */
  killItem?: (item: WireItem) => { code: number } | null
  /** Items are deleted when that is asked, and told so. */
  deletes?: boolean
  /** The sound that was sent is not kept: hours of it would be measured with what is. */
  forgetsSound?: boolean
  /** The item is taken without a word. */
  ignoreItem?: (item: WireItem) => boolean
  session?: { id?: string; expires_at?: number }
  ignoresPings?: boolean
}

type SentEvent = Record<string, unknown> & { type: string }
export type Tamper = (event: SentEvent, pass: (event: SentEvent) => void) => void

export interface ScriptedConnection {
  readonly number: number
  readonly request: IncomingMessage
  /** Everything the client sent, in order. */
  readonly received: readonly ClientEvent[]
  /** The next event of that type that was not handed out yet; those of other types before it are passed over. */
  next<Type extends ClientEvent['type']>(type: Type): Promise<ClientEventOf<Type>>
  all<Type extends ClientEvent['type']>(type: Type): ClientEventOf<Type>[]
  /** First samples of all sound heard, one a frame. */
  frames(): number[]
  /** All sound heard. */
  samples(): Int16Array
  send(event: Record<string, unknown> & { type: string }): void
  /** From now on what becomes of an event on its way out is for `how` to say. */
  tamper(how: Tamper): void
  sendRaw(data: string | Buffer): void
  /** Resolves when the client has worked off everything sent so far and its answers are here. */
  settled(): Promise<void>
  close(code: number, reason?: string): void
  terminate(): void
  /** No more is read from the network, so that the client's sends pile up. */
  pause(): void
  resume(): void
  readonly closed: Promise<{ code: number; reason: string }>
  /** A turn as voice activity detection tells it; `words` null leaves the transcript out. */
  hearTurn(item: string, previous: string | null, words: string | null): void
  /** Makes an item of what was committed. */
  takeTurn(item: string): void
  transcribe(item: string, words: string): void
  /** Begins an answer: created, item added. */
  beginAnswer(answer: { response: string; item: string; previous: string | null }): void
  speak(answer: { response: string; item: string }, words: string, ms: number): void
  endAnswer(answer: { response: string; item: string }, words: string, status?: string): void
}

export interface ScriptedServer {
  readonly url: string
  /** Connections so far, refused ones included. */
  attempts(): number
  /** The most connections that were open at one time. */
  mostOpen(): number
  connection(): Promise<ScriptedConnection>
  close(): Promise<void>
}

export async function createScriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const http = createServer()
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: !script.ignoresPings })
  const arrived = createQueue<ScriptedConnection>()
  const sockets = new Set<Duplex>()
  let attempts = 0
  let mostOpen = 0

  http.on('upgrade', (request, socket, head) => {
    const number = ++attempts
    sockets.add(socket)
    mostOpen = Math.max(mostOpen, sockets.size)
    socket.on('close', () => sockets.delete(socket))
    const refusal = script.refuse?.(number) ?? null
    if (refusal) {
      const headers = Object.entries(refusal.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(`HTTP/1.1 ${refusal.status} No\r\n${headers.join('')}content-length: 0\r\nconnection: close\r\n\r\n`)
      return
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      arrived.push(open(webSocket, request, number, script))
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo

  return {
    url: `ws://127.0.0.1:${port}/v1`,
    attempts: () => attempts,
    mostOpen: () => mostOpen,
    connection: () => arrived.take(),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      http.close()
      await once(http, 'close')
    },
  }
}

function open(socket: WebSocket, request: IncomingMessage, number: number, script: Script): ScriptedConnection {
  const received: ClientEvent[] = []
  const waiters = new Set<() => void>()
  const sound: string[] = []
  let handedOut = 0
  let lastItem: string | null = null
  let dead = false
  let serial = 0

  let tamper: Tamper = (event, pass) => pass(event)
  const send = (event: Record<string, unknown> & { type: string }): void =>
    tamper({ event_id: `event_${number}_${serial++}`, ...event }, (each) => socket.send(JSON.stringify(each)))
  const session = { id: `sess_${number}`, type: 'realtime', ...script.session }

  socket.on('error', () => undefined)
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString('utf8')) as ClientEvent
    if (event.type === 'input_audio_buffer.append' && script.forgetsSound === true) return
    received.push(event)
    if (event.type === 'input_audio_buffer.append') sound.push(event.audio)
    if (script.mute?.(number) !== true) answer(event)
    for (const wake of [...waiters]) wake()
  })
  if (script.mute?.(number) !== true) send({ type: 'session.created', session })

  function answer(event: ClientEvent): void {
    if (event.type === 'session.update' && script.withholdUpdated?.(number) !== true)
      send({ type: 'session.updated', session: { ...session, ...event.session } })
    if (event.type === 'conversation.item.create') take(event.item, event.event_id ?? null, event.previous_item_id)
    if (event.type === 'conversation.item.delete' && script.deletes === true)
      send({ type: 'conversation.item.deleted', item_id: event.item_id })
  }

  function take(item: WireItem, eventId: string | null, behind: string | null | undefined): void {
    if (dead) return
    const end = script.killItem?.(item) ?? null
    if (end !== null) {
      dead = true
      // What it has acknowledged before has arrived by then.
      if (end.code === 1006) void settled().then(() => socket.terminate())
      else socket.close(end.code, 'no')
    }
    if (end !== null || script.ignoreItem?.(item) === true) return
    const refusal = script.refuseItem?.(item) ?? null
    if (refusal) {
      const error = {
        type: 'invalid_request_error',
        code: 'invalid_value',
        message: refusal.message ?? 'No.',
        param: 'item',
      }
      send({ type: 'error', error: { ...error, event_id: refusal.named ? eventId : null } })
      return
    }
    const previous = behind === 'root' ? null : (behind ?? lastItem)
    for (const type of ['conversation.item.added', 'conversation.item.done'])
      send({ type, previous_item_id: previous, item: { object: 'realtime.item', status: 'completed', ...item } })
    if (behind === undefined || behind === null || behind === lastItem) lastItem = item.id ?? lastItem
  }

  async function settled(): Promise<void> {
    socket.ping(`${serial++}`)
    await once(socket, 'pong')
  }

  const message = (item: string, role: string, status: string): Record<string, unknown> => ({
    id: item,
    object: 'realtime.item',
    type: 'message',
    role,
    status,
    content: [],
  })

  async function nextOf<Type extends ClientEvent['type']>(type: Type): Promise<ClientEventOf<Type>> {
    for (;;) {
      const at = received.findIndex((event, index) => index >= handedOut && event.type === type)
      if (at !== -1) {
        handedOut = at + 1
        return received[at] as ClientEventOf<Type>
      }
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiters.delete(wake)
          resolve()
        }
        waiters.add(wake)
      })
    }
  }

  return {
    number,
    request,
    received,
    next: (type) =>
      within(`the client to send ${type}`, nextOf(type), {
        seen: () => String(received.slice(-5).map((event) => event.type)),
      }),
    all: (type) => received.filter((event): event is ClientEventOf<typeof type> => event.type === type),
    frames: () => sound.map((audio) => bytesToSamples(decodeBase64(audio))[0] ?? 0),
    samples: () => bytesToSamples(Buffer.concat(sound.map((audio) => decodeBase64(audio)))),
    send,
    tamper: (how) => void (tamper = how),
    sendRaw: (data) => socket.send(data),
    settled,
    close: (code, reason = '') => socket.close(code, reason),
    terminate: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    closed: once(socket, 'close').then(([code, reason]) => ({
      code: code as number,
      reason: (reason as Buffer).toString('utf8'),
    })),
    hearTurn(item, previous, words) {
      send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: item })
      send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 1000, item_id: item })
      send({ type: 'input_audio_buffer.committed', item_id: item, previous_item_id: previous })
      for (const type of ['conversation.item.added', 'conversation.item.done'])
        send({ type, previous_item_id: previous, item: message(item, 'user', 'completed') })
      if (words !== null) this.transcribe(item, words)
    },
    takeTurn(item) {
      send({ type: 'input_audio_buffer.committed', item_id: item, previous_item_id: null })
      send({ type: 'conversation.item.added', previous_item_id: null, item: message(item, 'user', 'completed') })
    },
    transcribe(item, words) {
      const type = 'conversation.item.input_audio_transcription'
      send({ type: `${type}.delta`, item_id: item, content_index: 0, delta: words })
      send({ type: `${type}.completed`, item_id: item, content_index: 0, transcript: words, usage: null })
    },
    beginAnswer({ response, item, previous }) {
      const begun = { id: response, object: 'realtime.response', status: 'in_progress', conversation_id: 'conv' }
      send({ type: 'response.created', response: { ...begun, output: [] } })
      const added = message(item, 'assistant', 'in_progress')
      send({ type: 'response.output_item.added', response_id: response, output_index: 0, item: added })
      send({ type: 'conversation.item.added', previous_item_id: previous, item: added })
    },
    speak({ response, item }, words, ms) {
      const ids = { response_id: response, item_id: item, output_index: 0, content_index: 0 }
      send({ type: 'response.output_audio_transcript.delta', ...ids, delta: words, obfuscation: 'x' })
      const samples = new Int16Array(msToSamples(ms)).fill(1_000)
      send({ type: 'response.output_audio.delta', ...ids, delta: encodeBase64(samplesToBytes(samples)) })
    },
    endAnswer({ response, item }, words, status = 'completed') {
      const ids = { response_id: response, item_id: item, output_index: 0, content_index: 0 }
      send({ type: 'response.output_audio.done', ...ids })
      send({ type: 'response.output_audio_transcript.done', ...ids, transcript: words })
      const done = message(item, 'assistant', status === 'completed' ? 'completed' : 'incomplete')
      send({ type: 'conversation.item.done', item: done })
      send({ type: 'response.output_item.done', response_id: response, output_index: 0, item: done })
      const ended = { id: response, object: 'realtime.response', status, conversation_id: 'conv', output: [done] }
      send({ type: 'response.done', response: { ...ended, usage: null, status_details: null } })
    },
  }
}

interface Queue<Value> {
  push(value: Value): void
  take(): Promise<Value>
}

function createQueue<Value>(): Queue<Value> {
  const values: Value[] = []
  const takers: ((value: Value) => void)[] = []
  return {
    push(value) {
      const taker = takers.shift()
      if (taker) taker(value)
      else values.push(value)
    },
    take() {
      const value = values.shift()
      return value === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(value)
    },
  }
}
