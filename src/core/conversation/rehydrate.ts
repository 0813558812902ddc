// From the record to the items that a fresh session is given, oldest first: what was said by the person, what was heard of
// the voice, settled tool calls with their results, and a summary of everything older than the budget allows.
// History goes in as items, never into the instructions: replayed text is data.
import type { WireItem } from '../realtime/events.ts'
import { functionCall, functionOutput } from '../realtime/function-calls.ts'
import type { Conversation, ToolCall, Turn } from './reduce.ts'
import { withCutMark } from '../turn/heard.ts'

export interface RestoreBudget {
  /** Characters of text over all restored turns; about four are a token. */
  characters: number
  turns: number
}

/** Well under the smallest context that voice models have (32k tokens), so that an hour of new talk fits beside it. */
export const voiceRestoreBudget: RestoreBudget = { characters: 24_000, turns: 200 }

export interface RestorePlan {
  items: WireItem[]
  /** Turns of the record that are not given back in words; the summary, if there is one, stands for them. */
  leftOut: number
}

/** The service takes ids of at most 32 characters. */
const longestId = 32

export function planRestore(conversation: Conversation, budget: RestoreBudget): RestorePlan {
  const said = conversation.turns.filter((turn) => wordsOf(turn) !== '')
  const since = conversation.summary === null ? 0 : indexBehind(said, conversation.summary.through)
  const newest = takeNewest(said.slice(since), budget)
  const leftOut = said.length - newest.length
  const items = newest.flatMap((turn) => [
    restoreTurn(turn),
    ...conversation.tools.filter((tool) => tool.after === turn.id && isSettled(tool)).flatMap(restoreCall),
  ])
  const anchor = reanchor(conversation, leftOut)
  return { items: anchor === null ? items : [anchor, ...items], leftOut }
}

/** What the model shall believe was said: of an interrupted turn only what was heard. */
export function wordsOf(turn: Turn): string {
  switch (turn.state.type) {
    case 'open':
      // The person's words never came, or the app ended in the middle of the voice's turn.
      return turn.role === 'assistant' ? turn.text.trim() : ''
    case 'final':
      return turn.text.trim()
    case 'cut':
      return withCutMark(turn.state.heard)
    case 'failed':
      return ''
  }
}

function indexBehind(turns: readonly Turn[], id: string): number {
  return turns.findIndex((turn) => turn.id === id) + 1
}

function takeNewest(turns: readonly Turn[], budget: RestoreBudget): Turn[] {
  let characters = 0
  const taken: Turn[] = []
  for (const turn of [...turns].reverse()) {
    characters += wordsOf(turn).length
    if (taken.length >= budget.turns || characters > budget.characters) break
    taken.push(turn)
  }
  return taken.reverse()
}

function restoreTurn(turn: Turn): WireItem {
  const text = wordsOf(turn)
  const id = restoredId(turn.id)
  return turn.role === 'user'
    ? { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
    : // The service takes an assistant's words as `output_text` only; `text` and audio are refused.
      { id, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
}

/** Turns keep the id of their item, shortened where a server's ids are longer than the service takes back. */
export function restoredId(turn: string): string {
  return turn.slice(-longestId)
}

function isSettled(tool: ToolCall): boolean {
  return tool.state !== 'asked' && tool.state !== 'running'
}

function restoreCall(tool: ToolCall): WireItem[] {
  return [functionCall(tool), functionOutput(tool.call, tool.output)]
}

function reanchor(conversation: Conversation, leftOut: number): WireItem | null {
  const missing =
    leftOut - (conversation.summary === null ? 0 : indexBehind(conversation.turns, conversation.summary.through))
  const notes = [
    conversation.summary === null ? '' : `Summary of the conversation so far: ${conversation.summary.text}`,
    missing > 0 ? `${missing} earlier turns are not shown here.` : '',
  ].filter((note) => note !== '')
  if (notes.length === 0) return null
  const text = `The conversation goes on from before; do not greet again. ${notes.join(' ')}`
  return { id: 'anchor', type: 'message', role: 'system', content: [{ type: 'input_text', text }] }
}
