// A response out of band: asked for beside the conversation, written and never spoken. Follows one such response through
// its events and keeps them from whoever reads the conversation's. Pure.
import type { Usage } from '../conversation/change.ts'
import type { ClientEvent, WireItem } from './events.ts'
import { countUsage } from './used.ts'
import type { HeardEvent, HeardResponse } from './wire-events.ts'

export interface AsideWish {
  instructions: string
  /** What it is made from, in place of the conversation. */
  input: readonly WireItem[]
  mostTokens: number
}

export interface Aside {
  eventId: string
  /** Null until it has begun. */
  response: string | null
  text: string
}

/** `usage`: what it cost, also when nothing came of it. */
export type AsideEnd = { usage: Usage | null } & (
  { type: 'written'; text: string } | { type: 'failed'; reason: string }
)

export interface AsideStep {
  aside: Aside | null
  /** The event is about this response alone. */
  isOurs: boolean
  end: AsideEnd | null
}

/** The mark by which the service gives the response back to us. */
const mark = 'parley_aside'

export function askAside(eventId: string, wish: AsideWish): { aside: Aside; send: ClientEvent } {
  const send: ClientEvent = {
    type: 'response.create',
    event_id: eventId,
    response: {
      conversation: 'none',
      output_modalities: ['text'],
      metadata: { [mark]: eventId },
      instructions: wish.instructions,
      // Without ids: these items are nobody's but this response's.
      input: wish.input.map(({ id: _, ...item }) => item as WireItem),
      tools: [],
      tool_choice: 'none',
      max_output_tokens: wish.mostTokens,
    },
  }
  return { aside: { eventId, response: null, text: '' }, send }
}

export function takeAside(aside: Aside, event: HeardEvent): AsideStep {
  const others: AsideStep = { aside, isOurs: false, end: null }
  switch (event.type) {
    case 'response.created':
      if (event.response.metadata?.[mark] !== aside.eventId) return others
      return { aside: { ...aside, response: event.response.id }, isOurs: true, end: null }
    case 'response.done':
      if (!isOurs(aside, event.response)) return others
      return { aside: null, isOurs: true, end: endOf(aside, event.response) }
    case 'response.output_text.done':
      if (event.response_id !== aside.response) return others
      return { aside: { ...aside, text: aside.text + event.text }, isOurs: true, end: null }
    case 'response.output_text.delta':
    case 'response.output_item.added':
    case 'response.output_item.done':
    case 'response.output_audio.delta':
    case 'response.output_audio.done':
    case 'response.output_audio_transcript.delta':
    case 'response.output_audio_transcript.done':
      return { ...others, isOurs: aside.response !== null && event.response_id === aside.response }
    default:
      return others
  }
}

function isOurs(aside: Aside, { id, metadata }: HeardResponse): boolean {
  return id === aside.response || metadata?.[mark] === aside.eventId
}

function endOf(aside: Aside, response: HeardResponse): AsideEnd {
  const usage = response.usage ? countUsage(response.usage) : null
  if (response.status !== 'completed') {
    const reason = response.status_details?.error?.message ?? response.status_details?.reason ?? response.status
    return { type: 'failed', reason, usage }
  }
  const told = response.output.flatMap(({ content = [] }) => content.map((part) => part.text ?? '')).join('')
  return { type: 'written', text: told === '' ? aside.text : told, usage }
}
