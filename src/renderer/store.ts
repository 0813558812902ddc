// Everything the window knows, folded from what main tells. Pure but for the small store at the end; main is asked by actions.ts.
import type { ApprovalView, SpendingView, TaskView, ToolView } from '../core/agent/task.ts'
import { noHealth, type HealthView } from '../core/health/window.ts'
import { emptyConversation, reduce, type Conversation } from '../core/conversation/reduce.ts'
import { listed, unlisted } from '../core/conversation-list.ts'
import { may, type Needed } from '../core/devices/rights.ts'
import type { LinkView, OwnDevice } from '../core/devices/view.ts'
import type { AppState, KeyView, Look, Notice, Reading } from '../core/ipc.ts'
import type { ConversationEntry, EarlierPart, ListPart } from '../core/shown-parts.ts'
import { defaultSettings } from '../core/default-settings.ts'
import { languageFor, type Language } from '../core/language/language.ts'
import type { Settings } from '../core/settings.ts'
import { noTalkKey } from '../core/views.ts'
import { announced, stillAsked, type Announcement } from './announcements.ts'
import { isActive, taskNews } from './task-words.ts'

/** A place that was searched for. */
export interface Hit {
  conversation: string
  turn: string
  words: string
}

export interface Message {
  id: number
  level: 'note' | 'error'
  text: string
  /** A way back, offered for as long as the message stands. */
  undo: (() => void) | null
  /** What its button says, where it is no way back. */
  button?: string
  /** The voice says it, too. */
  isSpoken: boolean
}

export interface Known {
  /** `lost`: main does not answer. `elsewhere`: newer pages of this device have the line. */
  reach: 'connecting' | 'reached' | 'lost' | 'elsewhere' | 'uninvited'
  version: string
  shell: Look['shell']
  /** Its newest part; what is being said right now is in speech.ts. */
  conversation: Conversation
  /** Turns that stand before the first one here. */
  earlier: number
  state: AppState
  settings: Settings
  /** The browser's, the most wanted first; BCP 47. */
  systemLanguages: readonly string[]
  /** The newest of them; `more` come after the last one here. */
  conversations: readonly ConversationEntry[]
  more: number
  health: HealthView
  keys: KeyView
  tasks: readonly TaskView[]
  approvals: readonly ApprovalView[]
  /** Null until they were asked for. */
  tools: readonly ToolView[] | null
  spending: SpendingView | null
  device: OwnDevice | null
  link: LinkView | null
  messages: readonly Message[]
  /** Requests that have taken longer than a second. */
  slow: number
  /** What a screen reader is told, oldest first. */
  announced: readonly Announcement[]
  /** Read aloud now, beside the talk. */
  reading: Reading | null
}

export const unknown: Known = {
  reach: 'connecting',
  version: '',
  shell: 'browser',
  conversation: emptyConversation,
  earlier: 0,
  state: {
    presence: 'offline',
    line: { type: 'off' },
    mode: 'hands-free',
    muted: false,
    talking: 'up',
    talkKey: noTalkKey,
    microphone: { type: 'closed' },
    speaker: { type: 'closed' },
    unsaved: false,
    unanswered: null,
  },
  settings: { ...defaultSettings, isSetUp: true },
  systemLanguages: [],
  conversations: [],
  more: 0,
  health: noHealth,
  keys: { keeping: 'session', held: [] },
  tasks: [],
  approvals: [],
  tools: null,
  spending: null,
  device: null,
  link: null,
  messages: [],
  slow: 0,
  announced: [],
  reading: null,
}

export function mayDo({ device }: Pick<Known, 'device'>, needed: Needed): boolean {
  return may(device?.rights ?? null, needed)
}

/** The one that the window is written in. */
export function languageOf({ settings, systemLanguages }: Known): Language {
  return languageFor(settings.windowLanguage, systemLanguages)
}

export function looked(known: Known, look: Look): Known {
  const { earlier = 0 } = look.conversation
  return { ...known, ...look, reach: 'reached', earlier, more: look.more ?? 0, device: look.device ?? null }
}

/** The window after one more notice; `gap` when changes are missing and the snapshot has to be asked for. */
export function told(known: Known, notice: Notice): Known | 'gap' {
  switch (notice.type) {
    case 'snapshot':
      return { ...known, conversation: notice.conversation, earlier: notice.conversation.earlier ?? 0 }
    case 'change':
      return changed(known, notice)
    case 'caption':
    case 'phrase-fit':
    case 'position':
    case 'level':
    case 'go':
    case 'fill':
      return known
    case 'reading':
      return { ...known, reading: notice.of }
    case 'state':
      return { ...known, state: notice.state }
    case 'health':
      return { ...known, health: notice.health }
    case 'notice':
      return withMessage(known, notice.level, notice.message, null, notice.spoken === true)
    case 'settings':
      return { ...known, settings: notice.settings }
    case 'conversations':
      return { ...known, conversations: notice.conversations, more: notice.more ?? 0 }
    case 'listed':
      return { ...known, conversations: listed(known.conversations, notice.entry) }
    case 'unlisted':
      return { ...known, conversations: unlisted(known.conversations, notice.id) }
    case 'keys':
      return { ...known, keys: notice.keys }
    case 'tasks':
      return withTasks(known, notice.tasks)
    case 'approvals':
      return withApprovals(known, notice.approvals)
    case 'tools':
      return { ...known, tools: notice.tools }
    case 'spending':
      return { ...known, spending: notice.spending }
    case 'link':
      return { ...known, link: notice.link } satisfies Known
    case 'device':
      return { ...known, device: notice.device }
  }
}

function changed(known: Known, { conversation: id, stored }: Extract<Notice, { type: 'change' }>): Known | 'gap' {
  const { conversation } = known
  // Of a conversation that is no longer shown, or one that the snapshot holds already.
  if (id !== conversation.id || stored.seq <= conversation.seq) return known
  if (stored.seq !== conversation.seq + 1) return 'gap'
  const next = { ...known, conversation: reduce(conversation, stored) }
  const { change } = stored
  switch (change.type) {
    case 'words-heard':
      return known.settings.announcesWords
        ? withNews(next, languageOf(next).say('said.byYou', { words: change.text }))
        : next
    case 'words-spoken':
      return isHeard(known) && !known.settings.announcesWords
        ? next
        : withNews(next, languageOf(next).say('said.byParley', { words: change.text }))
    case 'words-lost':
    case 'turn-failed':
      return withNews(next, languageOf(next).told(change.reason))
    default:
      return next
  }
}

/** The turn whose words a notice makes final. */
export function settledBy(notice: Notice): string | null {
  if (notice.type !== 'change') return null
  const { change } = notice.stored
  switch (change.type) {
    case 'words-heard':
    case 'words-spoken':
    case 'words-lost':
    case 'turn-failed':
    case 'turn-removed':
      return change.turn
    default:
      return null
  }
}

/** With the part before the one that is shown; a part of another conversation, or one that is held already, alters nothing. */
export function withEarlier(known: Known, { turns, tools, tasks, earlier }: EarlierPart, before: string): Known {
  const { conversation } = known
  if (conversation.turns[0]?.id !== before) return known
  const calls = new Set(conversation.tools.map(({ call }) => call))
  const own = new Set(conversation.tasks.map(({ id }) => id))
  return {
    ...known,
    earlier,
    conversation: {
      ...conversation,
      turns: [...turns, ...conversation.turns],
      tools: [...tools.filter(({ call }) => !calls.has(call)), ...conversation.tools],
      tasks: [...tasks.filter(({ id }) => !own.has(id)), ...conversation.tasks],
    },
  }
}

export function withMore(known: Known, { conversations, more }: ListPart): Known {
  const held = new Set(known.conversations.map(({ id }) => id))
  return { ...known, more, conversations: [...known.conversations, ...conversations.filter(({ id }) => !held.has(id))] }
}

export function withNews(known: Known, text: string, question: string | null = null): Known {
  return { ...known, announced: announced(known.announced, text, question) }
}

/** What is said aloud reaches the ear without a screen reader. */
function isHeard({ state }: Known): boolean {
  return state.speaker.type !== 'missing'
}

/** The voice tells the result of a task by itself, where it may. */
function withTasks(known: Known, tasks: readonly TaskView[]): Known {
  const news = taskNews(known.tasks, tasks, languageOf(known).say)
  const next = { ...known, tasks }
  if (news === null) return next
  const isTold = known.settings.results === 'speak' && known.state.line.type === 'live' && isHeard(known)
  const hasEnded = !isActive(news.task) && news.task.state !== 'cancelled'
  return hasEnded && isTold && !known.settings.announcesWords ? next : withNews(next, news.text)
}

/** What is asked for the first time; where the answer is given is said too, since the focus stays where it is. */
function withApprovals(known: Known, approvals: readonly ApprovalView[]): Known {
  const fresh = approvals.find(({ id }) => !known.approvals.some((one) => one.id === id))
  const next = { ...known, approvals, announced: stillAsked(known.announced, approvals) }
  if (!fresh) return next
  const { say, wording } = languageOf(known)
  return withNews(next, say('approval.asked', { words: wording(fresh.wording) }), fresh.id)
}

const mostMessages = 4
let messageCount = 0

export function withMessage(
  known: Known,
  level: Message['level'],
  text: string,
  undo: Message['undo'] = null,
  isSpoken = false,
  button?: string,
): Known {
  const others = known.messages.filter((message) => message.text !== text)
  messageCount += 1
  return {
    ...known,
    messages: [...others, { id: messageCount, level, text, undo, isSpoken, ...(button ? { button } : {}) }].slice(
      -mostMessages,
    ),
  }
}

export interface Store<Value> {
  value: () => Value
  set: (next: Value) => void
  listen: (listener: () => void) => () => void
}

export function createStore<Value>(first: Value): Store<Value> {
  const listeners = new Set<() => void>()
  let value = first
  return {
    value: () => value,
    set(next) {
      if (next === value) return
      value = next
      for (const listener of listeners) listener()
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
