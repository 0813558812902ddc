// One response in flight: the serial queue that keeps a session from asking for a second one.
// The service starts responses by itself too (after a detected turn); those count as well.

export interface ResponseQueue {
  active:
    | { type: 'none' }
    /** `unwanted`: the person interrupted; one that had not begun is cancelled when it does. */
    | { type: 'asked'; eventId: string; unwanted: boolean }
    /** Null when the service refused ours because of one that it had not told us of. */
    | { type: 'running'; response: string | null; unwanted: boolean }
  /** Asked for and not yet sent: one, however often it was asked, since a response answers everything said so far. */
  waiting: boolean
}

export const noResponses: ResponseQueue = { active: { type: 'none' }, waiting: false }

export interface QueueStep {
  queue: ResponseQueue
  /** Send `response.create` with this event id. */
  send: string | null
}

/** Somebody wants a response. */
export function askForResponse(queue: ResponseQueue, eventId: string): QueueStep {
  if (queue.active.type !== 'none') return { queue: { ...queue, waiting: true }, send: null }
  return { queue: { active: { type: 'asked', eventId, unwanted: false }, waiting: false }, send: eventId }
}

/** `cancel`: the person interrupted this response before it began. */
export function responseCreated(queue: ResponseQueue, response: string): { queue: ResponseQueue; cancel: boolean } {
  const cancel = queue.active.type === 'asked' && queue.active.unwanted
  return { queue: { ...queue, active: { type: 'running', response, unwanted: cancel } }, cancel }
}

export function responseDone(queue: ResponseQueue, response: string, eventId: string): QueueStep {
  const ours = queue.active.type === 'running' && (queue.active.response === response || queue.active.response === null)
  return ours ? free(queue, eventId) : { queue, send: null }
}

/** The person interrupts: what is asked or waiting is no longer wanted. A running response is the caller's to cancel. */
export function interruptResponse(queue: ResponseQueue): ResponseQueue {
  const { active } = queue
  return { active: active.type === 'none' ? active : { ...active, unwanted: true }, waiting: false }
}

/**
 * The service took a turn of the person. Events keep their order on a socket, so an unwanted response that was asked for
 * before and has not begun by now never will; what begins from here on answers this turn.
 */
export function turnTaken(queue: ResponseQueue, eventId: string): QueueStep {
  return queue.active.type === 'asked' && queue.active.unwanted ? free(queue, eventId) : { queue, send: null }
}

export interface Refusal extends QueueStep {
  /** Nobody will answer what was asked. */
  gaveUp: boolean
}

/**
 * The service refused something, perhaps our `response.create`. With another one running (code
 * `conversation_already_has_active_response`) ours waits for its end; with any other error it is given up. `refused` may be
 * null although the error is about ours: correlation is best effort, and what stays unclear is left to the watchdog.
 */
export function responseRefused(
  queue: ResponseQueue,
  code: string | null,
  refused: string | null,
  eventId: string,
): Refusal {
  const { active } = queue
  const ours = active.type === 'asked' && (refused === null || refused === active.eventId)
  if (code === 'conversation_already_has_active_response') {
    if (active.type === 'asked' && !ours) return { queue, send: null, gaveUp: false }
    // One that the service began by itself may be taken for ours until ours is refused.
    const isWanted = active.type === 'none' || !active.unwanted
    const running =
      active.type === 'running' ? active : { type: 'running' as const, response: null, unwanted: !isWanted }
    return { queue: { active: running, waiting: isWanted || queue.waiting }, send: null, gaveUp: false }
  }
  if (ours && active.unwanted) return { ...free(queue, eventId), gaveUp: false }
  if (ours && refused !== null) return { queue: noResponses, send: null, gaveUp: true }
  return { queue, send: null, gaveUp: false }
}

/** The service has been silent about the response in flight for too long: it counts as ended. */
export function responseExpired(queue: ResponseQueue, eventId: string): QueueStep {
  return queue.active.type === 'none' ? { queue, send: null } : free(queue, eventId)
}

function free(queue: ResponseQueue, eventId: string): QueueStep {
  return queue.waiting ? askForResponse(noResponses, eventId) : { queue: noResponses, send: null }
}
