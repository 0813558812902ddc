// How a response ends: told by the service, or given up because the service has been silent about it for too long.
// Either way every turn it began is closed, the speaker is told that no more comes, and who waits may ask.
import type { Change, Usage } from '../conversation/change.ts'
import { cancelResponse, createResponse } from './commands.ts'
import type { Act, Interpreted } from './act.ts'
import { askedFunctions } from './function-calls.ts'
import { responseDone, responseExpired } from './responses.ts'
import { isSilenced, know, setSpeaking, silenceResponse, spokenSoFar, type VoiceView } from './voice-view.ts'
import type { HeardResponse } from './wire-events.ts'

/** A response about which the service says nothing for so long counts as ended. */
export const responseSilentMs = 25_000

const failed = 'The service could not answer this turn. Say it again, or type it.'
const refusedContent = 'The service would not answer this. Say it differently.'
const busy = 'The service is too busy for this account at the moment. Wait a little and say it again.'

export function endResponse(view: VoiceView, response: HeardResponse, nextEventId: string): Interpreted {
  if (response.conversation_id === null) return { view, acts: usageActs(response) }
  const { queue, send } = responseDone(view.queue, response.id, nextEventId)
  const reason = isSpoiled(response) ? failure(response) : null
  const closed = closeItems(withUntold(view, response), response.id, reason)
  const calls = askedFunctions(closed.view, response)
  const acts: Act[] = [
    ...closed.acts,
    ...usageActs(response),
    ...(calls.length > 0 ? [{ type: 'asked', calls } as const] : []),
    // The response that waits answers what this one did not.
    ...(reason === null || send !== null ? [] : [{ type: 'unanswered' } as const]),
    ...(reason === null ? [] : [{ type: 'notice', message: reason } as const]),
    ...(send === null ? [] : [{ type: 'send', event: createResponse(send) } as const]),
    { type: 'answered', response: response.id, status: response.status },
  ]
  return { view: { ...closed.view, queue }, acts }
}

/** Nothing more is expected of the response in flight; should the service still be at it, it is told to stop. */
export function expireResponse(view: VoiceView, nextEventId: string): Interpreted {
  const { active } = view.queue
  if (active.type === 'none') return { view, acts: [] }
  const { queue, send } = responseExpired(view.queue, nextEventId)
  const response = active.type === 'running' ? active.response : null
  const spoke = [...view.speaking.values()].some((item) => item.response === response)
  const { view: next, acts } = closeItems(view, response ?? '', null)
  return {
    view: { ...(response === null ? next : silenceResponse(next, response)), queue },
    acts: [
      ...acts,
      ...(active.type === 'running' ? [{ type: 'send', event: cancelResponse(response) } as const] : []),
      ...(send === null ? [] : [{ type: 'send', event: createResponse(send) } as const]),
      ...(spoke || send !== null
        ? []
        : [{ type: 'unanswered' } as const, { type: 'notice', message: failed } as const]),
    ],
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

function closeItems(view: VoiceView, response: string, failure: string | null): Interpreted {
  const open = [...view.speaking].filter(([, item]) => item.response === response && !item.complete)
  const cut = isSilenced(view, response)
  let next = view
  const changes: Change[] = []
  for (const [turn, item] of open) {
    if (!next.known.has(turn)) {
      changes.push({ type: 'turn-started', turn, role: 'assistant', via: 'voice', after: next.last })
      next = know(next, turn)
    }
    changes.push(...spokenSoFar(turn, item, cut))
    if (failure !== null) changes.push({ type: 'turn-failed', turn, reason: failure })
    next = setSpeaking(next, turn, { ...item, complete: true })
  }
  const acts: Act[] = [
    // A `.done` may be missing; the speaker must not wait for sound that will not come.
    ...open.map(([item]): Act => ({ type: 'finish', item })),
    ...(changes.length > 0 ? [{ type: 'record', changes } as const] : []),
  ]
  return { view: next, acts }
}

/** Broken off for its content it is as good as failed: what came of it is no state to go on from. */
function isSpoiled({ status, status_details: details }: HeardResponse): boolean {
  return status === 'failed' || (status === 'incomplete' && details?.reason === 'content_filter')
}

function failure(response: HeardResponse): string {
  if (response.status_details?.reason === 'content_filter') return refusedContent
  const code = response.status_details?.error?.code ?? ''
  return code.includes('rate_limit') ? busy : failed
}

function usageActs({ usage }: HeardResponse): Act[] {
  return usage ? [{ type: 'record', changes: [{ type: 'tokens-used', usage: countUsage(usage) }] }] : []
}

export function countUsage(usage: NonNullable<HeardResponse['usage']>): Usage {
  return {
    inputTextTokens: usage.input_token_details.text_tokens,
    inputAudioTokens: usage.input_token_details.audio_tokens,
    cachedTokens: usage.input_token_details.cached_tokens,
    outputTextTokens: usage.output_token_details.text_tokens,
    outputAudioTokens: usage.output_token_details.audio_tokens,
  }
}
