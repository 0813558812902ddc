// The life of one Responses socket, from its first request to the close: reads frames, puts them on their lanes, answers
// each in its turn and remembers the newest response of every lane. The socket itself is the server's.
import { isObject, jsonOf } from '../json.ts'
import { isTooDeep, maxDepth } from '../depth.ts'
import type { Line } from '../realtime/connection.ts'
import { createId } from '../realtime/ids.ts'
import { createLanes, type Lane } from './lanes.ts'
import { createMemory } from './memory.ts'
import { planTurn } from './plan.ts'
import { isRefusal } from './input.ts'
import { envelopeOf, refuse, type Refusal } from './refusals.ts'
import { previousIn, readRequest } from './request.ts'
import { runTurn, type TurnEnd } from './turn.ts'
import type { Outgoing } from './wire.ts'
import type { ResponsesParts } from './parts.ts'

export interface ResponsesConnection {
  text(frame: string): void
  binary(): void
  /** The socket is gone. */
  closed(): void
}

/** The service's limit for one connection. */
const connectionMs = 60 * 60_000
const laneName = /^[\w.-]{1,256}$/

export function createResponsesConnection(parts: ResponsesParts & { line: Line }): ResponsesConnection {
  const { line, clock, stored, contexts } = parts
  const session = createId('sess')
  const memory = createMemory()
  const stop = new AbortController()
  const lanes = createLanes(answer)
  let over = false

  const send = (event: object): void => {
    if (!over) line.send(JSON.stringify(event))
  }

  async function answer(lane: Lane, value: unknown): Promise<void> {
    let numbered = 0
    const tell = (event: Outgoing): void =>
      send({ ...event, sequence_number: numbered++, ...(lane === null ? {} : { stream_id: lane }) })
    try {
      const refused = await respond(lane, value, tell)
      if (!refused) return
      memory.failed(lane, previousIn(value))
      send(envelopeOf(refused, lane))
    } catch (fault) {
      parts.onFault(fault)
      memory.failed(lane, previousIn(value))
      const { code, message, param } = refuse.broken()
      tell({ type: 'error', code, message, param })
    }
  }

  /** Returns why the request was not begun. */
  async function respond(lane: Lane, value: unknown, tell: (event: Outgoing) => void): Promise<Refusal | null> {
    const request = readRequest(value, parts.model)
    if (isRefusal(request)) return request
    const previous = (id: string) => memory.find(id) ?? stored.get(id)?.kept ?? null
    const plan = planTurn(request, { previous }, contexts)
    if (isRefusal(plan)) return plan
    const end = await runTurn(plan, {
      ...parts,
      session,
      send: tell,
      clear: () => line.clear(),
      signal: stop.signal,
    })
    remember(lane, request.previous, end)
    if (end.type === 'answered' && request.store)
      stored.put({ response: end.response, input: plan.input, kept: end.kept })
    return null
  }

  function remember(lane: Lane, previous: string | null, end: TurnEnd): void {
    if (end.type === 'answered') memory.keep(lane, end.kept)
    else if (end.type === 'failed') memory.failed(lane, previous)
  }

  function receive(frame: string): Refusal | null {
    const value = parse(frame)
    if (value === null) return refuse.json()
    if (isTooDeep(value)) return refuse.tooDeep(maxDepth)
    const type = 'type' in value ? value.type : undefined
    if (type === 'response.steer') {
      send(steerRefused(value))
      return null
    }
    if (type !== 'response.create') {
      const name = typeof type === 'string' ? type.slice(0, 100) : typeof type
      return refuse.value('type', `Invalid value: '${name}'. Supported values are: 'response.create'.`)
    }
    const lane = 'stream_id' in value ? value.stream_id : null
    if (lane !== null && (typeof lane !== 'string' || !laneName.test(lane))) return refuse.streamId()
    const taken = lanes.offer(lane, value, frame.length)
    if (taken === 'taken') return null
    send(envelopeOf(taken === 'too-many-lanes' ? refuse.lanes() : refuse.busy(), lane))
    return null
  }

  function end(): void {
    if (over) return
    over = true
    undoHour()
    lanes.close()
    stop.abort()
    memory.clear()
  }

  const undoHour = clock.after(connectionMs, () => {
    const refusal = refuse.hour()
    send(envelopeOf(refusal, null))
    end()
    line.close(1_000, refusal.message)
  })

  return {
    text(frame) {
      if (over) return
      const refused = receive(frame)
      if (refused) send(envelopeOf(refused, null))
    },
    binary: () => send(envelopeOf(refuse.binary(), null)),
    closed: end,
  }
}

function parse(frame: string): object | null {
  const value = jsonOf(frame)
  return isObject(value) ? value : null
}

/** This mind answers in one go: there is never anything to steer. */
function steerRefused(value: object): object {
  const previous = previousIn(value) ?? ''
  const input = 'input' in value ? value.input : ''
  return {
    type: 'response.steer.failed',
    sequence_number: 0,
    steer: { previous_response_id: previous, input },
    error: {
      type: 'invalid_request_error',
      code: 'steering_not_supported',
      message: 'The model of this response can not be steered.',
    },
  }
}
