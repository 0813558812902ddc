// Going back to a valid state: which turns and calls a roll back takes away, to which checkpoint it leads, and which of the
// person's words become a draft. Pure; the reducer folds the change, main/voice tells the service.
import type { Change } from './change.ts'
import type { Conversation, ToolCall, Turn } from './conversation.ts'
import { wordsToSayAgain } from './fold-back.ts'

export type RollBack = Extract<Change, { type: 'rolled-back' }>

/**
 * After an error that spoiled an exchange: it is taken out, and nothing else. What a tool has done can't be undone by forgetting
 * it, so that the way back ends behind the last settled call and the person's words stay before it.
 * @param spoiled the turns that the failed response answered, and those that it began
 * @returns null when none of them is in the conversation
 */
export function planRecovery(conversation: Conversation, spoiled: readonly string[]): RollBack | null {
  const exchange = conversation.turns.filter(({ id }) => spoiled.includes(id))
  const done = exchange.findLastIndex((turn) => callsAfter(conversation, turn).some(isSettled))
  return planFrom(conversation, exchange.slice(done + 1), 'failed')
}

/** The person takes back the last exchange with everything in it. */
export function planTakeBack(conversation: Conversation): RollBack | null {
  return planFrom(conversation, lastExchange(conversation.turns), 'taken-back')
}

/** The last words of the person with everything behind them; an opening of the voice's own where nobody spoke before it. */
function lastExchange(turns: readonly Turn[]): readonly Turn[] {
  const lastWords = turns.findLastIndex(({ role }) => role === 'user')
  const before = turns.slice(0, lastWords + 1).findLastIndex(({ role }) => role === 'assistant')
  return turns.slice(before + 1)
}

function planFrom(conversation: Conversation, gone: readonly Turn[], why: RollBack['why']): RollBack | null {
  if (gone.length === 0) return null
  const turns = gone.map(({ id }) => id)
  const to = conversation.checkpoints.findLast(({ turn }) => !turns.includes(turn))?.seq ?? 0
  const calls = gone.flatMap((turn) => callsAfter(conversation, turn)).map(({ call }) => call)
  return { type: 'rolled-back', to, turns, calls, draft: wordsToSayAgain(gone), why }
}

/** Calls of the agent's tasks have a life of their own. */
function callsAfter({ tools }: Conversation, { id }: Turn): ToolCall[] {
  return tools.filter(({ after, task }) => after === id && task === null)
}

function isSettled({ state }: ToolCall): boolean {
  return state !== 'asked' && state !== 'running'
}
