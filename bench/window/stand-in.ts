// An app for measuring the window alone: a long conversation, a long list and the notices of an answer, told at once. What it
// says costs nothing, so that what is measured is the window's.
import type { Conversation, Turn } from '../../src/core/conversation/reduce.ts'
import { emptyConversation } from '../../src/core/conversation/reduce.ts'
import type { Change } from '../../src/core/conversation/change.ts'
import { defaultSettings } from '../../src/core/default-settings.ts'
import { noHealth } from '../../src/core/health/window.ts'
import type { AppState, Look, Notice, Reply } from '../../src/core/ipc.ts'
import type { ConversationEntry } from '../../src/core/shown-parts.ts'
import type { App } from '../../src/main/app/app.ts'
import { listPart, newestPart, partBefore } from '../../src/main/app/pages.ts'

export interface StandIn {
  app: Pick<App, 'answer' | 'hear'>
  tell: (notice: Notice) => void
  state: AppState
  /** Adds a change to the record and tells it. */
  change: (change: Change) => void
  /** Begins a spoken turn of the voice behind the last turn. */
  beginAnswer: (turn: string) => void
  /** The words of the newest turn, by which a window is known to have opened. */
  newest: string
}

const sentence = 'About as many words as one says in a sentence to a companion who listens'
const minute = 60_000

export function createStandIn({ turns, conversations }: { turns: number; conversations: number }): StandIn {
  const nowMs = Date.now()
  const listeners = new Set<(notice: Notice) => void>()
  const all = Array.from({ length: turns }, (_, at) => turnOf(at, nowMs - (turns - at) * minute))
  const list = Array.from({ length: conversations }, (_, at) => entryOf(at, nowMs - at * minute))
  const conversation: Conversation = {
    ...emptyConversation,
    id: 'c_0',
    title: 'A long talk',
    startedMs: nowMs - turns * minute,
    changedMs: nowMs,
    seq: turns,
    turns: all,
  }
  const state: AppState = {
    presence: 'idle',
    line: { type: 'live', sinceMs: nowMs, endsMs: nowMs + 60 * minute, handingOver: false },
    mode: 'hands-free',
    muted: false,
    talking: 'up',
    talkKey: { keys: '', works: 'none', note: null },
    microphone: { type: 'open' },
    speaker: { type: 'open' },
    unsaved: false,
    unanswered: null,
  }
  let seq = turns
  let last = all.at(-1)?.id ?? null
  let answers = 0

  const tell = (notice: Notice): void => listeners.forEach((listen) => listen(notice))

  function change(one: Change): void {
    seq += 1
    tell({ type: 'change', conversation: conversation.id, stored: { seq, atMs: Date.now(), change: one } })
  }

  /** As main tells it: the list moves with every turn, the words come before they are final. */
  function say(text: string): void {
    answers += 1
    const asked = `said_${answers}`
    const answer = `answer_${answers}`
    change({ type: 'turn-started', turn: asked, role: 'user', via: 'text', after: last })
    change({ type: 'words-heard', turn: asked, text })
    tell(listed(asked))
    change({ type: 'turn-started', turn: answer, role: 'assistant', via: 'text', after: asked })
    tell(listed(answer))
    tell({ type: 'caption', role: 'assistant', item: answer, text: `Answer to ${text}` })
    change({ type: 'words-spoken', turn: answer, text: `Answer to ${text}`, audioMs: 0 })
    last = answer
  }

  function listed(turn: string): Notice {
    const entry = { ...entryOf(0, Date.now()), title: `A long talk up to ${turn}`, turns: seq }
    return { type: 'listed', entry }
  }

  const look = (): Look => ({
    version: 'bench',
    nowMs: Date.now(),
    shell: 'browser',
    conversation: newestPart(conversation),
    state,
    settings: { ...defaultSettings, isSetUp: true },
    ...listPart(list, null),
    health: noHealth,
    keys: { keeping: 'session', held: [] },
    tasks: [],
    approvals: [],
    spending: {
      todayUsd: 0,
      capUsd: null,
      today: {
        inputText: 0,
        inputAudio: 0,
        inputImage: 0,
        cached: 0,
        outputText: 0,
        outputAudio: 0,
        heardMs: 0,
        searches: 0,
      },
      unknownPrices: [],
      asks: [],
      pricesDated: '2026-11-01',
      state: 'free',
    },
  })

  return {
    state,
    tell,
    change,
    beginAnswer(turn) {
      change({ type: 'turn-started', turn, role: 'assistant', via: 'voice', after: last })
      last = turn
    },
    newest: all.at(-1)?.text ?? '',
    app: {
      hear(listen) {
        listeners.add(listen)
        return () => listeners.delete(listen)
      },
      answer(name, argument): Promise<Reply> {
        if (name === 'look') return Promise.resolve({ ok: true, value: look() })
        if (name === 'say') say((argument as { text: string }).text)
        if (name === 'earlier')
          return Promise.resolve({ ok: true, value: partBefore(conversation, (argument as { before: string }).before) })
        if (name === 'list')
          return Promise.resolve({ ok: true, value: listPart(list, (argument as { after: string }).after) })
        return Promise.resolve({ ok: true, value: null })
      },
    },
  }
}

function turnOf(at: number, startedMs: number): Turn {
  const role = at % 2 === 0 ? 'user' : 'assistant'
  const text = `${sentence}, number ${at}.`
  const playedMs = role === 'assistant' ? 4_000 : null
  return {
    id: `turn_${at}`,
    role,
    via: 'voice',
    startedMs,
    text,
    audioMs: playedMs ?? 0,
    playedMs,
    state: { type: 'final' },
  }
}

function entryOf(at: number, changedMs: number): ConversationEntry {
  return { id: `c_${at}`, title: `Conversation ${at} about this and that`, startedMs: changedMs, changedMs, turns: 12 }
}
