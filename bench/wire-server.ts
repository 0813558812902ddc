// A service that plays a recorded stream to whoever has opened a session, as fast as it is read, and answers what clients
// ask by themselves meanwhile: items that they create or want to see again, and responses beside the conversation.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { RealtimeClientEvent } from 'openai/resources/realtime/realtime'
import { WebSocketServer, type WebSocket } from 'ws'
import { callItem, outputItem, type RecordedStream } from './wire-stream.ts'

export interface WireServer {
  readonly port: number
  /** Plays to the newest connection. Resolves to how many events it was sent from now on when all of it is written. */
  play(): Promise<() => number>
  close(): void
}

const aheadFrames = 64
/** Longer frames are sound, which stands behind nothing. */
const longestPlaced = 2_000

export async function createWireServer(stream: RecordedStream): Promise<WireServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await once(server, 'listening')
  const transcripts = transcriptsOf(stream)
  let newest: Connection | null = null
  server.on('connection', (socket) => (newest = serve(socket, transcripts)))
  return {
    port: (server.address() as AddressInfo).port,
    async play() {
      if (newest === null) throw new Error('Nobody is connected.')
      const { send, sent, asked } = newest
      const before = sent()
      for (const [at, part] of stream.parts.entries()) {
        if (at > 0) await asked()
        for (const [index, frame] of part.entries()) {
          const written = send(frame)
          if (index % aheadFrames === 0) await written
        }
      }
      return () => sent() - before
    },
    close: () => server.close(),
  }
}

interface Connection {
  /** Resolves when the frame has left this process. */
  send(frame: string): Promise<void>
  sent(): number
  /** Resolves when the client has asked for the next response. */
  asked(): Promise<void>
}

function serve(socket: WebSocket, transcripts: ReadonlyMap<string, string>): Connection {
  let sent = 0
  let requests = 0
  let output = ''
  let wake = (): void => undefined
  const send = (frame: string): Promise<void> => {
    sent++
    const placed = frame.length < longestPlaced ? frame.replace(outputItem, output) : frame
    return new Promise((resolve) => socket.send(placed, () => resolve()))
  }
  const say = (event: Record<string, unknown>): void =>
    void send(JSON.stringify({ event_id: `answer_${sent}`, ...event }))
  const session = { type: 'realtime', object: 'realtime.session', id: 'sess_bench', model: 'gpt-realtime' }

  function answer(event: RealtimeClientEvent): void {
    switch (event.type) {
      case 'session.update':
        return say({ type: 'session.updated', session: { ...session, ...event.session } })
      case 'conversation.item.create': {
        const item = { object: 'realtime.item', status: 'completed', id: `item_o${sent}`, ...event.item }
        const previous_item_id = 'call_id' in item ? callItem(item.call_id ?? '') : null
        output = item.id
        say({ type: 'conversation.item.added', previous_item_id, item })
        return say({ type: 'conversation.item.done', previous_item_id, item })
      }
      case 'conversation.item.retrieve': {
        const content = [{ type: 'input_audio', transcript: transcripts.get(event.item_id) ?? null }]
        const item = {
          id: event.item_id,
          object: 'realtime.item',
          type: 'message',
          role: 'user',
          status: 'completed',
          content,
        }
        return say({ type: 'conversation.item.retrieved', item })
      }
      case 'response.create':
        if (event.response?.conversation === 'none') return refuseAside(event.response.metadata ?? null)
        requests++
        return wake()
      default:
        return
    }
  }

  function refuseAside(metadata: object | null): void {
    const response = {
      id: `resp_aside${sent}`,
      object: 'realtime.response',
      conversation_id: null,
      metadata,
      output: [],
    }
    const error = { type: 'server_error', code: 'rate_limit_exceeded', message: 'Not now.' }
    say({ type: 'response.created', response: { ...response, status: 'in_progress' } })
    say({
      type: 'response.done',
      response: { ...response, status: 'failed', status_details: { type: 'failed', error } },
    })
  }

  socket.on('message', (data: Buffer) => answer(JSON.parse(data.toString()) as RealtimeClientEvent))
  say({ type: 'session.created', session })
  return {
    send,
    sent: () => sent,
    async asked() {
      while (requests === 0) await new Promise<void>((resolve) => (wake = resolve))
      requests--
    },
  }
}

function transcriptsOf({ parts }: RecordedStream): Map<string, string> {
  const transcripts = new Map<string, string>()
  for (const frame of parts.flat()) {
    if (!frame.includes('input_audio_transcription.completed')) continue
    const { item_id, transcript } = JSON.parse(frame) as { item_id: string; transcript: string }
    transcripts.set(item_id, transcript)
  }
  return transcripts
}
