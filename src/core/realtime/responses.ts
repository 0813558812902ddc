// One response in flight: the serial queue that keeps a session from asking for a second one.
// The service starts responses by itself too (after a detected turn); those count as well.

export interface ResponseQueue {
  active: { type: 'none' } | { type: 'asked'; eventId: string } | { type: 'running'; response: string }
  /** Asked for and not yet sent: one, however often it was asked, since a response answers everything said so far. */
  waiting: boolean
}

/** A response that the service told us of without its id. */
const unnamed = ''

export const noResponses: ResponseQueue = { active: { type: 'none' }, waiting: false }

export interface QueueStep {
  queue: ResponseQueue
  /** Send `response.create` with this event id. */
  send: string | null
}

/** Somebody wants a response. */
export function askForResponse(queue: ResponseQueue, eventId: string): QueueStep {
  if (queue.active.type !== 'none') return { queue: { ...queue, waiting: true }, send: null }
  return { queue: { active: { type: 'asked', eventId }, waiting: false }, send: eventId }
}

export function responseCreated(queue: ResponseQueue, response: string): ResponseQueue {
  return { ...queue, active: { type: 'running', response } }
}

export function responseDone(queue: ResponseQueue, response: string, eventId: string): QueueStep {
  const ours =
    queue.active.type === 'running' && (queue.active.response === response || queue.active.response === unnamed)
  if (!ours) return { queue, send: null }
  const idle: ResponseQueue = { active: { type: 'none' }, waiting: false }
  return queue.waiting ? askForResponse(idle, eventId) : { queue: idle, send: null }
}

/**
 * The service refused `response.create`. With another one running (code `conversation_already_has_active_response`)
 * ours waits for its end; with any other error it is given up. `eventId` may be null: correlation is best effort.
 */
export function responseRefused(queue: ResponseQueue, code: string | null, eventId: string | null): ResponseQueue {
  const ours = queue.active.type === 'asked' && (eventId === null || eventId === queue.active.eventId)
  if (code === 'conversation_already_has_active_response')
    return { active: ours ? { type: 'running', response: unnamed } : queue.active, waiting: true }
  return ours && eventId !== null ? { active: { type: 'none' }, waiting: queue.waiting } : queue
}
