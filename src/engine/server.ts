// The engine's door: HTTP and WebSocket on loopback, by listener/. Holds the sockets' pings; what is said on them is
// realtime/connection.ts's and responses/connection.ts's.
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { openListener, type Entry, type ListenerLimits } from '../listener/listener.ts'
import { loopbackFault } from '../listener/names.ts'
import type { EngineClock, Mind, Speech } from './ports.ts'
import { answerHttp, refuseHttp } from './http.ts'
import { admit, refusedAtGate, type Gate } from './realtime/admission.ts'
import { createAnnouncements } from './realtime/announcements.ts'
import { createConnection, errorEvent, frameOf, type Connection, type Line } from './realtime/connection.ts'
import type { Refusal } from './realtime/errors.ts'
import { createLine } from './realtime/line.ts'
import { createResponsesConnection } from './responses/connection.ts'
import { createContexts } from './responses/context.ts'
import { createResponsesOverHttp } from './responses/http.ts'
import type { ResponsesParts } from './responses/parts.ts'
import { createSeal, freshSealKey } from './responses/seal.ts'
import { createStoredResponses } from './responses/stored.ts'

export const embeddedModel = 'parley-embedded'

export interface EngineServer {
  /** e.g. `http://127.0.0.1:49152/v1`: what clients call the base URL. */
  url: string
  /** Sockets that are open, whoever holds them. */
  connections(): number
  close(): Promise<void>
}

export interface EngineServerOptions {
  /** The key that clients present. */
  token: string
  clock: EngineClock
  /** May still be loading: sessions open at once, hearing and speaking wait. */
  speech: Promise<Speech>
  mind: Mind
  /** 0, the default, takes a free port. */
  port?: number
  /** Web pages that may connect, as full origins; none by default. */
  origins?: readonly string[]
  /** Hears of failures of the engine's own, never of what was said. */
  onFault?: (fault: unknown) => void
  /** Seals compacted chains (32 bytes); one for this server alone by default, which no other can open. */
  sealKey?: Buffer
  /** For measures: how long a thinking server would take for each response of a chain. */
  serverTimeMs?: number
  /** For tests: what the door allows, and whose sockets may come in. */
  limits?: Partial<ListenerLimits>
  ownUser?: number
}

/** The service sends a ping this often. */
const pingEveryMs = 20_300
/** A peer that has answered none of so many pings is gone. */
const unansweredPings = 3
/** An append holds up to 15 MiB of audio, with its envelope. */
const maxFrameBytes = 16 * 1024 * 1024
const maxSessions = 32

/** Listens on 127.0.0.1 only. Rejects when the port is taken. */
export async function createEngineServer(options: EngineServerOptions): Promise<EngineServer> {
  const onFault = options.onFault ?? (() => undefined)
  const gate: Gate = { token: options.token, model: embeddedModel }
  const announcements = createAnnouncements(options.mind)
  const chains = chainParts(options, onFault)
  const overHttp = createResponsesOverHttp(chains)
  // The failure is told to whoever needs speech; nobody may have asked yet.
  options.speech.catch(onFault)
  const enter = (request: IncomingMessage): Entry => {
    if (pathOf(request.url) === '/v1/responses') {
      const refused = refusedAtGate(request.headers, gate)
      if (refused) return { type: 'refused', status: refused.status, reason: refused.message }
      return { type: 'admitted', serve: (socket) => serve(socket, options.clock, chain) }
    }
    const admission = admit(request.url ?? '/', request.headers, gate)
    if (admission.type === 'refused') return admission
    if (admission.type === 'rejected')
      return { type: 'told', tell: (socket) => rejectInBand(socket, admission.refusal) }
    const { model } = admission
    const talk = (line: Line): Talker => createConnection({ ...options, model, announcements, onFault, line })
    return { type: 'admitted', serve: (socket) => serve(socket, options.clock, talk) }
  }
  const chain = (line: Line): Talker => createResponsesConnection({ ...chains, line })
  const listener = await openListener({
    port: options.port ?? 0,
    nameFault: loopbackFault({ ownPortOnly: false, origins: () => options.origins ?? [] }),
    limits: { frameBytes: maxFrameBytes, mostSockets: maxSessions, ...options.limits },
    enter,
    answer: (request, response, admitted) => answerHttp(request, response, { gate, responses: overHttp, admitted }),
    refuse: refuseHttp,
    protocolOf: (offered) => (offered.has('realtime') ? 'realtime' : false),
    ownUser: options.ownUser,
  })

  return {
    url: `http://127.0.0.1:${listener.port}/v1`,
    connections: () => listener.connections(),
    async close() {
      announcements.close()
      await listener.close()
    },
  }
}

function chainParts(options: EngineServerOptions, onFault: (fault: unknown) => void): ResponsesParts {
  const seal = createSeal(options.sealKey ?? freshSealKey())
  const { clock, mind, serverTimeMs = 0 } = options
  const contexts = createContexts(seal)
  return { clock, mind, seal, contexts, stored: createStoredResponses(), model: embeddedModel, serverTimeMs, onFault }
}

const pathOf = (target: string | undefined): string => (target ?? '').split('?', 1)[0] ?? ''

type Talker = Pick<Connection, 'text' | 'binary' | 'closed'>

/** @param connect the end that talks on this socket */
function serve(socket: WebSocket, clock: EngineClock, connect: (line: Line) => Talker): void {
  const line = createLine({
    bufferedBytes: () => socket.bufferedAmount,
    write: (text, written) => socket.send(text, () => written()),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  })
  const connection = connect(line)
  const undoPings = keepPinging(socket, clock)
  socket.on('message', (data, isBinary) => {
    if (isBinary) connection.binary()
    else connection.text((data as Buffer).toString('utf8'))
  })
  socket.on('close', () => {
    undoPings()
    line.dispose()
    connection.closed()
  })
}

function keepPinging(socket: WebSocket, clock: EngineClock): () => void {
  let unanswered = 0
  let leaving = false
  let undo = clock.after(pingEveryMs, ping)
  const alive = (): void => void (unanswered = 0)
  socket.on('pong', alive)
  socket.on('message', alive)
  function ping(): void {
    undo = clock.after(pingEveryMs, ping)
    if (unanswered >= unansweredPings) {
      socket.terminate()
      return
    }
    // One at a time: a clock that jumps by an hour must not send a burst, which peers take for an attack.
    if (leaving) return
    leaving = true
    socket.ping(undefined, undefined, () => {
      leaving = false
      unanswered += 1
    })
  }
  return () => undo()
}

function rejectInBand(socket: WebSocket, refusal: Refusal): void {
  socket.send(frameOf(errorEvent(refusal, null)))
  if (refusal.close) socket.close(refusal.close.code, refusal.close.reason)
}
