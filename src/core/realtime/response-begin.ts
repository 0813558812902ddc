// How a response begins: asked for by us, begun by the service of its own accord, or refused because of another one. Pure.
import { still, type Interpreted } from './act.ts'
import { cancelResponse } from './commands.ts'
import type { Refusal } from './outstanding.ts'
import { noResponse, responseBegan, responseRefused, type InFlight } from './responses.ts'
import { overtake } from './response-end.ts'
import { isSilenced, silenceResponse, type VoiceView } from './voice-view.ts'

/**
 * A response begins with whichever of its events comes first. The end of the one before may still come, or never: that one
 * counts as late from now on. One that the person has interrupted before it began, or that was under way before our request
 * was refused, answers nothing of what waits.
 */
export function begun(
  before: VoiceView,
  response: string,
  then: (view: VoiceView) => Interpreted,
  asked?: string | null,
): Interpreted {
  const tellsAsked = before.tellsAsked || typeof asked === 'string'
  const view = tellsAsked === before.tellsAsked ? before : { ...before, tellsAsked }
  const { flight } = view
  const isKnown = flight.type === 'running' && flight.response === response
  if (isKnown || view.late.includes(response) || view.ended.includes(response) || isSilenced(view, response))
    return then(view)
  const isOfService =
    flight.type === 'asked' &&
    (typeof asked === 'string' ? asked !== flight.eventId : asked === null && (tellsAsked || view.isDue))
  if (isOfService) {
    // Ours comes behind it, or is refused because of it.
    const { view: rest, acts } = begun({ ...view, flight: noResponse }, response, then)
    return { view: rest, acts: flight.unwanted ? acts : [{ type: 'postponed' }, ...acts] }
  }
  if (flight.type === 'running' && flight.refused !== undefined && flight.refused === asked) {
    // A refusal without a name was laid at its door: it was that of the service's own, to the turn that it took last.
    const ours: InFlight = { type: 'asked', eventId: asked, unwanted: flight.unwanted }
    const { view: rest, acts } = begun({ ...view, flight: ours }, response, then, asked)
    return { view: rest, acts: [{ type: 'reinstated', eventId: asked }, { type: 'overruled' }, ...acts] }
  }
  const isSpurned = view.isSpurned && view.isDue && flight.type !== 'asked'
  const began = responseBegan(flight, response)
  const cancel = began.cancel || isSpurned
  const now: InFlight = isSpurned ? { type: 'running', response, unwanted: true } : began.flight
  // Under way before our request was refused, it answers nothing of what waits, unless that is what the service took by itself.
  const isOfOthers = cancel || (flight.type === 'running' && flight.response === null && !view.isDue)
  const overtaken = flight.type === 'running' ? flight.response : null
  const { view: over, acts: closed } = overtaken === null ? still(view) : overtake(view, overtaken)
  const next = { ...over, flight: now, isDue: false, isSpurned: false }
  const rest = then(cancel ? silenceResponse(next, response) : next)
  return {
    view: rest.view,
    acts: [
      ...closed,
      ...(cancel ? [{ type: 'send', event: cancelResponse(response) } as const] : []),
      ...(isOfOthers ? [] : [{ type: 'began', response } as const]),
      ...rest.acts,
    ],
  }
}

/** Our `response.create` was refused: it waits for one that is running, or nobody will answer. */
export function refuseResponse(view: VoiceView, { eventId, error }: Refusal): Interpreted {
  const { flight, outcome } = responseRefused(view.flight, error.code ?? null, eventId)
  const next = { ...view, flight }
  switch (outcome) {
    case 'nothing':
      return still(next)
    case 'postponed':
      return { view: next, acts: [{ type: 'postponed' }] }
    case 'refused': {
      const reason = 'The service refused to answer. Say it again, or type it.'
      return { view: next, acts: [{ type: 'refused', eventId, reason }] }
    }
  }
}

/**
 * Nobody asked for the response that was refused: it is the service's own, to the turn that it took last. Which command of ours
 * an error refuses is found in outstanding.ts; had it been ours, it would wait by now.
 */
export function overruled(view: VoiceView): Interpreted {
  const { flight } = view
  const isOurs = flight.type === 'asked' || (flight.type === 'running' && flight.response === null)
  if (isOurs) return still(view)
  // One that was given up for good goes on all the same.
  const now: InFlight = flight.type === 'none' ? { type: 'running', response: null, unwanted: true } : flight
  return { view: { ...view, flight: now }, acts: [{ type: 'overruled' }] }
}
