// Folds changes into a conversation. The record, the window and a second device all use this one reducer.
// It knows nothing of sockets: what a change means is decided where it is made (core/realtime/interpret.ts).
import type { Change, StoredChange } from './change.ts'
import type { Conversation, TaskEntry, ToolCall, Turn } from './conversation.ts'
import { leaveOut, markCheckpoint, putBack, removePicture, removeTurn, rollBack, wordsToSayAgain } from './fold-back.ts'
import { insertTurn, placeOfTurn, replaceTurn } from './turn-list.ts'
import { addUsage, bounded, totalTokens } from './usage.ts'

export { emptyConversation } from './conversation.ts'
export type { Conversation, TaskEntry, ToolCall, Turn } from './conversation.ts'

/** The conversation after one more change. A change that names an unknown turn or call alters nothing but `seq`. */
export function reduce(conversation: Conversation, stored: StoredChange): Conversation {
  const { seq, atMs, change } = stored
  const next = { ...fold(conversation, change, atMs), seq, changedMs: atMs }
  return next.turns === conversation.turns && next.tools === conversation.tools ? next : markCheckpoint(next)
}

function fold(conversation: Conversation, change: Change, atMs: number): Conversation {
  switch (change.type) {
    case 'conversation-started':
      return { ...conversation, id: change.conversation, title: change.title, startedMs: atMs }
    case 'conversation-renamed':
      return { ...conversation, title: change.title }
    case 'turn-started':
      return placeTurn(conversation, change, atMs)
    case 'words-heard':
      return hearWords(conversation, change)
    case 'picture-removed':
      return removePicture(conversation, change.digest)
    case 'words-lost':
    case 'turn-failed':
      return alterTurn(conversation, change.turn, { state: { type: 'failed', reason: change.reason } })
    case 'words-spoken':
      return speak(conversation, change)
    case 'played':
      return alterTurn(conversation, change.turn, {
        playedMs: change.playedMs,
        state: change.cut ? { type: 'cut', heard: change.heard, playedMs: change.playedMs } : { type: 'final' },
      })
    case 'turn-settled':
      return alterTurn(conversation, change.turn, { fate: change.fate })
    case 'turn-removed':
      return removeTurn(conversation, change.turn)
    case 'tool-asked':
      return askTool(conversation, change)
    case 'tool-started':
      return alterTool(conversation, change.call, { state: 'running' })
    case 'tool-ended':
      return alterTool(conversation, change.call, { state: change.outcome, output: change.output })
    case 'task-started':
      return startTask(conversation, change, atMs)
    case 'task-ended':
      return alterTask(conversation, change.task, () => ({
        state: change.outcome,
        result: change.result,
        endedMs: atMs,
      }))
    case 'compacted':
      return { ...conversation, summary: { text: change.summary, through: change.through } }
    case 'left-out':
      return leaveOut(conversation, change)
    case 'rolled-back':
      return rollBack(conversation, change)
    case 'put-back':
      return putBack(conversation)
    case 'draft-dropped':
      return { ...conversation, draft: null }
    case 'session-opened':
      return { ...conversation, sessions: conversation.sessions + 1 }
    case 'session-closed':
      return conversation
    case 'tokens-used':
      return alterTask(
        { ...conversation, usage: addUsage(conversation.usage, change.usage) },
        change.task ?? '',
        ({ tokens }) => ({ tokens: bounded(tokens + totalTokens(change.usage)) }),
      )
  }
}

function placeTurn(
  conversation: Conversation,
  change: Extract<Change, { type: 'turn-started' }>,
  atMs: number,
): Conversation {
  const { turns } = conversation
  if (placeOfTurn(turns, change.turn) !== -1) return conversation
  const behind = change.after === null ? -1 : placeOfTurn(turns, change.after)
  // A turn behind one that we do not hold goes to the end: what it follows is a call or was removed.
  const at = behind === -1 && change.after !== null ? turns.length : behind + 1
  return { ...conversation, turns: insertTurn(turns, at, newTurn(change, atMs)) }
}

export function newTurn(
  { turn, role, via }: Pick<Extract<Change, { type: 'turn-started' }>, 'turn' | 'role' | 'via'>,
  atMs: number,
): Turn {
  return { id: turn, role, via, startedMs: atMs, text: '', audioMs: 0, playedMs: null, state: { type: 'open' } }
}

function hearWords(
  conversation: Conversation,
  { turn: id, text, pictures }: Extract<Change, { type: 'words-heard' }>,
): Conversation {
  const { rolledBack } = conversation
  const final = { text, ...(pictures && { pictures }), state: { type: 'final' } } as const
  if (rolledBack?.turns.some((turn) => turn.id === id)) {
    // The words can be understood after their turn came to nothing.
    const turns = rolledBack.turns.map((turn) => (turn.id === id ? { ...turn, ...final } : turn))
    return { ...conversation, rolledBack: { ...rolledBack, turns }, draft: wordsToSayAgain(turns) }
  }
  // Whoever speaks on has done with what was taken back; words of a turn that stood there already are no speaking on.
  const isOn = placeOfTurn(conversation.turns, id) !== -1 && !(rolledBack?.standing.includes(id) ?? false)
  return alterTurn(isOn ? { ...conversation, rolledBack: null, draft: null } : conversation, id, final)
}

/** Also of one that is taken away for now: it may be put back. */
function alterTurn(conversation: Conversation, id: string, with_: Partial<Turn>): Conversation {
  const { turns, rolledBack } = conversation
  const at = placeOfTurn(turns, id)
  const turn = turns[at]
  if (turn) return { ...conversation, turns: replaceTurn(turns, at, { ...turn, ...with_ }) }
  if (rolledBack === null) return conversation
  const gone = rolledBack.turns.map((one) => (one.id === id ? { ...one, ...with_ } : one))
  return { ...conversation, rolledBack: { ...rolledBack, turns: gone } }
}

function speak(conversation: Conversation, change: Extract<Change, { type: 'words-spoken' }>): Conversation {
  const { text, audioMs } = change
  const { turns, rolledBack } = conversation
  const turn = turns[placeOfTurn(turns, change.turn)] ?? rolledBack?.turns.find(({ id }) => id === change.turn)
  // The words of an interrupted turn can arrive after the cut: the cut stands.
  const cut = turn?.state.type === 'cut'
  return alterTurn(conversation, change.turn, cut ? { text, audioMs } : { text, audioMs, state: { type: 'final' } })
}

function askTool(conversation: Conversation, change: Extract<Change, { type: 'tool-asked' }>): Conversation {
  if (conversation.tools.some((tool) => tool.call === change.call)) return conversation
  return { ...conversation, tools: [...conversation.tools, newCall(change)] }
}

export function newCall(change: Extract<Change, { type: 'tool-asked' }>): ToolCall {
  const { call, after, name, arguments: given, task = null } = change
  return { call, after, name, arguments: given, state: 'asked', output: '', task }
}

/** Also of a turn that is taken away for now: the function may end before that is put back. */
function alterTool(conversation: Conversation, call: string, with_: Partial<ToolCall>): Conversation {
  const alter = (tools: readonly ToolCall[]): ToolCall[] =>
    tools.map((tool) => (tool.call === call ? { ...tool, ...with_ } : tool))
  const { rolledBack } = conversation
  if (rolledBack?.tools.some((tool) => tool.call === call))
    return { ...conversation, rolledBack: { ...rolledBack, tools: alter(rolledBack.tools) } }
  return { ...conversation, tools: alter(conversation.tools) }
}

/** Begun again, a task keeps its place and its tokens. */
function startTask(
  conversation: Conversation,
  { task: id, request, after }: Extract<Change, { type: 'task-started' }>,
  atMs: number,
): Conversation {
  const fresh = { id, request, after, startedMs: atMs, endedMs: null, state: 'working', result: '' } as const
  if (conversation.tasks.some((task) => task.id === id)) return alterTask(conversation, id, () => fresh)
  return { ...conversation, tasks: [...conversation.tasks, { ...fresh, tokens: 0 }] }
}

function alterTask(
  conversation: Conversation,
  id: string,
  change: (task: TaskEntry) => Partial<TaskEntry>,
): Conversation {
  return {
    ...conversation,
    tasks: conversation.tasks.map((task) => (task.id === id ? { ...task, ...change(task) } : task)),
  }
}
