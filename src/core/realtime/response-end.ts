// How a response ends: told by the service, given up because the service has been silent about it for too long, or overtaken by
// the next one. Either way every turn it began is closed and the speaker is told that no more comes.
import type { Change } from '../conversation/change.ts'
import type { Ending } from '../turn/ending.ts'
import { still, type Act, type Interpreted } from './act.ts'
import { cancelResponse } from './commands.ts'
import { askedFunctions } from './function-calls.ts'
import { noResponse, responseDone } from './responses.ts'
import { usageActs } from './used.ts'
import {
  endedResponse,
  isSilenced,
  itemsOf,
  know,
  setSpeaking,
  silenceResponse,
  spokenSoFar,
  type SpeakingItem,
  type VoiceView,
} from './voice-view.ts'
import type { HeardResponse } from './wire-events.ts'

/** A response about which the service says nothing for so long counts as ended. */
export const responseSilentMs = 25_000

const failed = 'The service could not answer this turn. Say it again, or type it.'
const refusedContent = 'The service would not answer this. Say it differently.'
const busy = 'The service is too busy for this account at the moment. Wait a little and say it again.'
const brokenOff = 'The service broke off its answer. Ask again to have it whole.'
const stopped = 'The service stopped in the middle of its answer. Ask it to go on.'
const writtenOnly = 'The answer came in writing only. Read it here, or ask again to hear it.'
const tooLong = 'The answer reached the service’s limit and was cut short. Ask it to go on.'

export function endResponse(view: VoiceView, response: HeardResponse): Interpreted {
  // Told a second time, it costs nothing and changes nothing.
  if (view.ended.includes(response.id)) return { view, acts: [] }
  if (response.conversation_id === null) return { view: endedResponse(view, response.id), acts: usageActs(response) }
  // Begun behind the first sound of words that the service then heard over it.
  if (isSpokenOver(response) && !isSilenced(view, response.id)) {
    const { view: next, acts } = endResponse(silenceResponse(view, response.id), response)
    return { view: next, acts: [{ type: 'interrupt' }, ...acts] }
  }
  const isSpoiled = isFailure(response)
  const closed = closeItems(withUntold(view, response), response.id, isSpoiled ? failure(response) : null)
  const calls = askedFunctions(closed.view, response)
  const ending = endingOf(
    closed.view,
    response,
    calls.some(({ isWanted }) => isWanted),
  )
  return {
    view: endedResponse({ ...closed.view, flight: responseDone(view.flight, response.id) }, response.id),
    acts: [
      ...closed.acts,
      ...usageActs(response),
      ...(calls.length > 0 ? [{ type: 'asked', calls } as const] : []),
      { type: 'ended', response: response.id, status: response.status, ending },
    ],
  }
}

/** Nothing more is expected of the response in flight; should the service still be at it, it is told to stop. */
export function expireResponse(view: VoiceView): Interpreted {
  const { flight } = view
  switch (flight.type) {
    case 'none':
      return { view, acts: [] }
    case 'asked':
      return {
        view: { ...view, flight: noResponse },
        acts: flight.unwanted ? [] : [{ type: 'refused', eventId: flight.eventId, reason: failed }],
      }
    case 'running': {
      const cancel: Act = { type: 'send', event: cancelResponse(flight.response) }
      if (flight.response === null) return { view: { ...view, flight: noResponse }, acts: [cancel] }
      const { view: next, acts } = giveUpResponse(view, flight.response)
      return { view: silenceResponse(next, flight.response), acts: [...acts, cancel] }
    }
  }
}

/** The ends of responses that others have overtaken will not come any more. */
export function expireLate(view: VoiceView): Interpreted {
  let next = view
  const acts: Act[] = []
  for (const response of view.late) {
    const step = giveUpResponse(next, response, true)
    next = { ...step.view, flight: next.flight }
    acts.push(...step.acts)
  }
  return { view: next, acts }
}

/** The service will say no more of this response: what came of it is all there is. */
function giveUpResponse(view: VoiceView, response: string, isOvertaken = false): Interpreted {
  const { spoke, wrote } = whatCame(view, response)
  const { view: next, acts } = closeItems(view, response, null)
  const output = [...view.asked.values()].flatMap((one) => (one.response === response ? [one.item] : []))
  const asked = askedFunctions(next, { id: response, status: 'completed', output })
  const calls = asked.some(({ isWanted }) => isWanted)
  const isSome = spoke || wrote || calls
  // The one that has overtaken it answers what nothing came of.
  const ending: Ending =
    isSilenced(view, response) || (isOvertaken && !isSome)
      ? { type: 'silenced' }
      : isSome
        ? { type: 'answered', spoke, wrote, calls, notice: calls ? null : stopped }
        : { type: 'failed', reason: failed, spoils: false }
  return {
    view: endedResponse({ ...next, flight: noResponse }, response),
    acts: [
      ...acts,
      ...(asked.length > 0 ? [{ type: 'asked', calls: asked } as const] : []),
      { type: 'ended', response, status: 'incomplete', ending },
    ],
  }
}

function endingOf(view: VoiceView, response: HeardResponse, calls: boolean): Ending {
  if (isFailure(response)) return { type: 'failed', reason: failure(response), spoils: true }
  if (isSilenced(view, response.id)) return { type: 'silenced' }
  const { spoke, wrote } = whatCame(view, response.id)
  // Nobody interrupted it: neither we nor, as far as it has told, the person.
  if (response.status === 'cancelled') return { type: 'failed', reason: brokenOff, spoils: false }
  if (response.status === 'incomplete')
    return spoke || wrote
      ? { type: 'answered', spoke, wrote, calls, notice: tooLong }
      : { type: 'failed', reason: tooLong, spoils: false }
  return { type: 'answered', spoke, wrote, calls, notice: wrote && !spoke ? writtenOnly : null }
}

function whatCame(view: VoiceView, response: string): { spoke: boolean; wrote: boolean } {
  const items = itemsOf(view, response).map(([, item]) => item)
  return {
    spoke: items.some(({ receivedMs }) => receivedMs > 0),
    wrote: items.some(({ text }) => text.trim() !== ''),
  }
}

/** A response may name words in its end of which no event told before. */
function withUntold(view: VoiceView, response: HeardResponse): VoiceView {
  let next = view
  for (const item of response.output) {
    const known = next.speaking.get(item.id)
    if (item.type !== 'message' || known?.complete === true || (known ? known.text !== '' : next.known.has(item.id)))
      continue
    const text = (item.content ?? []).map((part) => part.transcript ?? part.text ?? '').join('')
    next = setSpeaking(next, item.id, { ...(known ?? { receivedMs: 0, complete: false }), response: response.id, text })
  }
  return next
}

/**
 * Another response has begun before the end of this one was told. What was interrupted before its first sound is said by nobody,
 * also where that end never comes; what has sounded waits for its words.
 */
export function overtake(view: VoiceView, response: string): Interpreted {
  const late = { ...view, late: [...view.late, response] }
  const isUnheard = (item: string, { receivedMs }: SpeakingItem): boolean => receivedMs === 0 && view.known.has(item)
  return isSilenced(view, response) ? closeItems(late, response, null, isUnheard) : still(late)
}

function closeItems(
  view: VoiceView,
  response: string,
  failure: string | null,
  which: (id: string, item: SpeakingItem) => boolean = () => true,
): Interpreted {
  const items = itemsOf(view, response).filter(([id, item]) => which(id, item))
  const open = items.filter(([, { complete }]) => !complete)
  const cut = isSilenced(view, response)
  let next = view
  const changes: Change[] = []
  for (const [turn, item] of open) {
    // Taken back meanwhile, it is no turn any more.
    if (next.withdrawn.has(turn)) {
      next = setSpeaking(next, turn, { ...item, complete: true })
      continue
    }
    if (!next.known.has(turn)) {
      changes.push({ type: 'turn-started', turn, role: 'assistant', via: 'voice', after: next.last })
      next = know(next, turn, next.last)
    }
    changes.push(...spokenSoFar(turn, item, cut))
    if (failure !== null) changes.push({ type: 'turn-failed', turn, reason: failure })
    next = setSpeaking(next, turn, { ...item, complete: true })
  }
  const acts: Act[] = [
    // A `.done` may be missing; the speaker must not wait for sound that will not come.
    ...items.map(([item]): Act => ({ type: 'finish', item })),
    ...(changes.length > 0 ? [{ type: 'record', changes } as const] : []),
  ]
  return { view: next, acts }
}

/** Broken off for its content it is as good as failed: what came of it is no state to go on from. */
function isFailure({ status, status_details: details }: HeardResponse): boolean {
  return status === 'failed' || (status === 'incomplete' && details?.reason === 'content_filter')
}

function isSpokenOver({ status, status_details: details }: HeardResponse): boolean {
  return status === 'cancelled' && details?.reason === 'turn_detected'
}

function failure(response: HeardResponse): string {
  if (response.status_details?.reason === 'content_filter') return refusedContent
  const code = response.status_details?.error?.code ?? ''
  return code.includes('rate_limit') ? busy : failed
}
