// Folds changes into a conversation. The record, the window and a second device all use this one reducer.
// It knows nothing of sockets: what a change means is decided where it is made (core/realtime/interpret.ts).
import type { Change, StoredChange, Usage } from './change.ts'

export type TurnState =
  | { type: 'open' }
  /** The person's words are final, or the voice has said everything. */
  | { type: 'final' }
  /** Interrupted: only `heard` left the speaker. */
  | { type: 'cut'; heard: string; playedMs: number }
  | { type: 'failed'; reason: string }

export interface Turn {
  id: string
  role: 'user' | 'assistant'
  via: 'voice' | 'text'
  startedMs: number
  /** Everything said or generated, heard or not. */
  text: string
  /** Length of the voice's turn when spoken in full, 0 when written. */
  audioMs: number
  /** How far playback of the voice's turn got; null while it plays and for the person's turns. */
  playedMs: number | null
  state: TurnState
}

export interface ToolCall {
  call: string
  after: string | null
  name: string
  arguments: string
  state: 'asked' | 'running' | 'ended' | 'failed' | 'cancelled' | 'unknown'
  output: string
  /** Null for the voice's own quick tools. */
  task: string | null
}

export interface TaskEntry {
  id: string
  request: string
  after: string | null
  startedMs: number
  endedMs: number | null
  /** `working` also after a restart: whoever runs tasks ends it. */
  state: 'working' | 'done' | 'failed' | 'cancelled' | 'draft'
  result: string
  tokens: number
}

export interface Conversation {
  id: string
  title: string
  startedMs: number
  changedMs: number
  /** Of the last change folded in; the next one has this plus one. */
  seq: number
  /** In the order of the conversation, which is not the order of arrival. */
  turns: readonly Turn[]
  tools: readonly ToolCall[]
  tasks: readonly TaskEntry[]
  summary: { text: string; through: string } | null
  sessions: number
  usage: Usage
}

export const emptyConversation: Conversation = {
  id: '',
  title: '',
  startedMs: 0,
  changedMs: 0,
  seq: 0,
  turns: [],
  tools: [],
  tasks: [],
  summary: null,
  sessions: 0,
  usage: { inputTextTokens: 0, inputAudioTokens: 0, cachedTokens: 0, outputTextTokens: 0, outputAudioTokens: 0 },
}

/** The conversation after one more change. A change that names an unknown turn or call alters nothing but `seq`. */
export function reduce(conversation: Conversation, stored: StoredChange): Conversation {
  return { ...fold(conversation, stored.change, stored.atMs), seq: stored.seq, changedMs: stored.atMs }
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
      return alterTurn(conversation, change.turn, { text: change.text, state: { type: 'final' } })
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
    case 'turn-removed':
      return { ...conversation, turns: conversation.turns.filter((turn) => turn.id !== change.turn) }
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
    case 'session-opened':
      return { ...conversation, sessions: conversation.sessions + 1 }
    case 'session-closed':
      return conversation
    case 'tokens-used':
      return alterTask(
        { ...conversation, usage: addUsage(conversation.usage, change.usage) },
        change.task ?? '',
        ({ tokens }) => ({ tokens: tokens + totalTokens(change.usage) }),
      )
  }
}

function placeTurn(
  conversation: Conversation,
  change: Extract<Change, { type: 'turn-started' }>,
  atMs: number,
): Conversation {
  const { turns } = conversation
  if (turns.some((turn) => turn.id === change.turn)) return conversation
  const turn: Turn = {
    id: change.turn,
    role: change.role,
    via: change.via,
    startedMs: atMs,
    text: '',
    audioMs: 0,
    playedMs: null,
    state: { type: 'open' },
  }
  const behind = change.after === null ? -1 : turns.findIndex((other) => other.id === change.after)
  // A turn behind one that we do not hold goes to the end: what it follows is a call or was removed.
  const at = behind === -1 && change.after !== null ? turns.length : behind + 1
  return { ...conversation, turns: [...turns.slice(0, at), turn, ...turns.slice(at)] }
}

function alterTurn(conversation: Conversation, id: string, with_: Partial<Turn>): Conversation {
  return { ...conversation, turns: conversation.turns.map((turn) => (turn.id === id ? { ...turn, ...with_ } : turn)) }
}

function speak(conversation: Conversation, change: Extract<Change, { type: 'words-spoken' }>): Conversation {
  const { text, audioMs } = change
  // The words of an interrupted turn can arrive after the cut: the cut stands.
  const cut = conversation.turns.some((turn) => turn.id === change.turn && turn.state.type === 'cut')
  return alterTurn(conversation, change.turn, cut ? { text, audioMs } : { text, audioMs, state: { type: 'final' } })
}

function askTool(conversation: Conversation, change: Extract<Change, { type: 'tool-asked' }>): Conversation {
  if (conversation.tools.some((tool) => tool.call === change.call)) return conversation
  const tool: ToolCall = {
    call: change.call,
    after: change.after,
    name: change.name,
    arguments: change.arguments,
    state: 'asked',
    output: '',
    task: change.task ?? null,
  }
  return { ...conversation, tools: [...conversation.tools, tool] }
}

function alterTool(conversation: Conversation, call: string, with_: Partial<ToolCall>): Conversation {
  return {
    ...conversation,
    tools: conversation.tools.map((tool) => (tool.call === call ? { ...tool, ...with_ } : tool)),
  }
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

/** Cached tokens are a part of the input's. */
function totalTokens(usage: Usage): number {
  return usage.inputTextTokens + usage.inputAudioTokens + usage.outputTextTokens + usage.outputAudioTokens
}

function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTextTokens: one.inputTextTokens + other.inputTextTokens,
    inputAudioTokens: one.inputAudioTokens + other.inputAudioTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    outputTextTokens: one.outputTextTokens + other.outputTextTokens,
    outputAudioTokens: one.outputAudioTokens + other.outputAudioTokens,
  }
}
