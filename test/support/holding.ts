// What the modelled service holds and received, in words that can be compared with the record and with what the window is shown.
import { expect } from 'vitest'
import type { Turn } from '../../src/core/conversation/reduce.ts'
import type { ModelledLine, Utterance } from './modelled-line.ts'
import type { ServiceModel } from './service-model.ts'
import type { ModelItem } from './service/items.ts'
import type { ModelSession } from './service/session.ts'

/**
 * What the modelled session holds, in the same words as `desired`. The model's own sound that was cut is told by what the
 * record says was heard of it, if it says that it was cut just there.
 */
export function held(session: ModelSession, turns: readonly Turn[]): string[] {
  return session.items.map((item) => {
    if (item.type === 'function_call') return `call ${item.call ?? ''}`
    if (item.type === 'function_call_output') return `output ${item.call ?? ''}: ${item.output}`
    return `${item.role ?? ''}: ${wordsIn(item, turns)}`
  })
}

function wordsIn(item: ModelItem, turns: readonly Turn[]): string {
  if (item.truncatedMs === null) return item.words
  const state = turns.find(({ id }) => id === item.id)?.state
  if (state?.type !== 'cut' || state.playedMs !== item.truncatedMs) return `(cut at ${item.truncatedMs} ms)`
  return state.heard === '' ? '—' : `${state.heard} —`
}

/** Of `turn`: what the modelled service received of it in one turn of one session. */
export function receivedOf(service: ServiceModel, { frames }: Utterance): { session: number; frames: number[] }[] {
  return service.turns.flatMap((turn) => {
    const got = turn.frames.filter((frame) => frames.includes(frame))
    return got.length === 0 ? [] : [{ session: turn.session.number, frames: got }]
  })
}

/** The session, the record and what the window is shown say the same, item for item. */
export function expectSame(line: ModelledLine): void {
  const service = line.service.session()
  const isHeld = held(service, line.turns())
  expect(isHeld).toEqual(line.desired())
  const roles = { note: 'system', person: 'user', voice: 'assistant', call: 'call', result: 'output' }
  const shown = line.session.holds().items
  expect(shown.map(({ id }) => id)).toEqual(service.items.map(({ id }) => id))
  const messages = shown.filter(({ kind }) => kind !== 'call' && kind !== 'result')
  expect(messages.map(({ kind, text }) => `${roles[kind]}: ${text}`)).toEqual(
    isHeld.filter((text) => !/^(call|output) /.test(text)),
  )
}
