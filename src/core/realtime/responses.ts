// One response in flight on a session, asked for by us or begun by the service, which it does by itself after a detected turn.
// Whose answer it is and who still waits for one is core/turn/ledger.ts.

export type InFlight =
  | { type: 'none' }
  /** `unwanted`: the person interrupted; one that had not begun is cancelled when it does. */
  | { type: 'asked'; eventId: string; unwanted: boolean }
  /** Null when the service refused ours because of one that it had not told us of; `refused` was ours. */
  | { type: 'running'; response: string | null; unwanted: boolean; refused?: string }

export const alreadyActive = 'conversation_already_has_active_response'

export const noResponse: InFlight = { type: 'none' }

export function responseAsked(eventId: string): InFlight {
  return { type: 'asked', eventId, unwanted: false }
}

/** `cancel`: the person interrupted this response before it began. */
export function responseBegan(flight: InFlight, response: string): { flight: InFlight; cancel: boolean } {
  const cancel = flight.type === 'asked' && flight.unwanted
  const unwanted = cancel || (flight.type === 'running' && flight.response === null && flight.unwanted)
  return { flight: { type: 'running', response, unwanted }, cancel: unwanted }
}

export function responseDone(flight: InFlight, response: string): InFlight {
  const isIt = flight.type === 'running' && (flight.response === response || flight.response === null)
  return isIt ? noResponse : flight
}

/** The person interrupts: what is in flight is no longer wanted. A running response is the caller's to cancel. */
export function interruptResponse(flight: InFlight): InFlight {
  return flight.type === 'none' ? flight : { ...flight, unwanted: true }
}

/**
 * The service took a turn of the person. Events keep their order on a socket, so an unwanted response that was asked for
 * before and has not begun by now never will; what begins from here on answers this turn.
 */
export function turnTaken(flight: InFlight): InFlight {
  return flight.type === 'asked' && flight.unwanted ? noResponse : flight
}

/**
 * The service refused our `response.create`. With another one running (code `conversation_already_has_active_response`) ours
 * has to wait for its end.
 * @param eventId of the request that was refused
 */
export function responseRefused(
  flight: InFlight,
  code: string | null,
  eventId: string,
): { flight: InFlight; outcome: 'nothing' | 'postponed' | 'refused' } {
  if (flight.type !== 'asked' || flight.eventId !== eventId) return { flight, outcome: 'nothing' }
  if (code !== alreadyActive) return { flight: noResponse, outcome: flight.unwanted ? 'nothing' : 'refused' }
  const { unwanted } = flight
  return {
    flight: { type: 'running', response: null, unwanted, refused: eventId },
    outcome: unwanted ? 'nothing' : 'postponed',
  }
}
