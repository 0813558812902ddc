// The same fold as reduce.ts, over many changes at once: what one change costs does not depend on how much is there. Changes
// that are seldom go through `reduce` itself. For reading a record back; live changes are folded one by one.
import type { Change, StoredChange } from './change.ts'
import type { Conversation, TaskEntry, ToolCall, Turn } from './conversation.ts'
import { pushCheckpoint } from './fold-back.ts'
import { newCall, newTurn, reduce } from './reduce.ts'
import { addUsage, bounded, totalTokens } from './usage.ts'

export interface Fold {
  take(stored: StoredChange): void
  conversation(): Conversation
}

/** A list whose entries are found by name. Entries are replaced, never altered, so that what did not change stays the same object. */
interface Named<Entry> {
  list: Entry[]
  /** Null where a name stands twice: then nothing is looked up by name. */
  places: Map<string, number> | null
}

export function createFold(from: Conversation): Fold {
  let head: Conversation = from
  let turns = named(from.turns, ({ id }: Turn) => id)
  let tools = named(from.tools, ({ call }: ToolCall) => call)
  let tasks = named(from.tasks, ({ id }: TaskEntry) => id)
  let openTurns = from.turns.filter(isOpen).length
  let openTools = from.tools.filter(isWaiting).length

  const conversation = (): Conversation => ({ ...head, turns: turns.list, tools: tools.list, tasks: tasks.list })

  function adopt(next: Conversation): void {
    head = next
    if (next.turns !== turns.list) {
      turns = named(next.turns, ({ id }) => id)
      openTurns = next.turns.filter(isOpen).length
    }
    if (next.tools !== tools.list) {
      tools = named(next.tools, ({ call }) => call)
      openTools = next.tools.filter(isWaiting).length
    }
    if (next.tasks !== tasks.list) tasks = named(next.tasks, ({ id }) => id)
  }

  /** @returns whether there is such a turn */
  function alterTurn(id: string, with_: (turn: Turn) => Partial<Turn>): boolean {
    const at = turns.places?.get(id)
    const turn = at === undefined ? undefined : turns.list[at]
    if (at === undefined || turn === undefined) return false
    const next = { ...turn, ...with_(turn) }
    openTurns += Number(isOpen(next)) - Number(isOpen(turn))
    turns.list[at] = next
    return true
  }

  function alterTool(call: string, with_: Partial<ToolCall>): void {
    const at = tools.places?.get(call)
    const tool = at === undefined ? undefined : tools.list[at]
    if (at === undefined || tool === undefined) return
    const next = { ...tool, ...with_ }
    openTools += Number(isWaiting(next)) - Number(isWaiting(tool))
    tools.list[at] = next
  }

  /** False when the turn is there already. */
  function place(change: Extract<Change, { type: 'turn-started' }>, atMs: number): boolean {
    const { list, places } = turns
    if (places === null || places.has(change.turn)) return false
    const behind = change.after === null ? -1 : (places.get(change.after) ?? list.length - 1)
    list.splice(behind + 1, 0, newTurn(change, atMs))
    for (let at = behind + 1; at < list.length; at += 1) places.set(list[at]?.id ?? '', at)
    openTurns += 1
    return true
  }

  /** What `markCheckpoint` does, without looking at every turn. */
  function mark(): void {
    const last = turns.list.at(-1)
    const isAnswered = last?.role === 'assistant' && (last.state.type === 'final' || last.state.type === 'cut')
    if (isAnswered && openTurns === 0 && openTools === 0) head = pushCheckpoint(head, last.id)
  }

  /** Also of what is taken away for now, which is seldom. */
  const isAboutEntry = ({ type }: Change): boolean =>
    ['words-heard', 'words-spoken', 'words-lost', 'turn-failed', 'played', 'turn-settled'].includes(type) ||
    type === 'tool-started' ||
    type === 'tool-ended'

  function step({ seq, atMs }: StoredChange): true {
    head = { ...head, seq, changedMs: atMs }
    return true
  }

  /** @returns whether it was one of the frequent changes. */
  function takeFrequent(stored: StoredChange): boolean {
    const { atMs, change } = stored
    if (turns.places === null || tools.places === null || tasks.places === null) return false
    if (head.rolledBack !== null && isAboutEntry(change)) return false
    let isAltered = true
    switch (change.type) {
      case 'turn-started': {
        const isNew = place(change, atMs)
        step(stored)
        if (isNew) mark()
        return true
      }
      case 'words-heard':
        if (turns.places.has(change.turn)) head = { ...head, draft: null }
        isAltered = alterTurn(change.turn, () => ({
          text: change.text,
          ...(change.pictures && { pictures: change.pictures }),
          state: { type: 'final' },
        }))
        break
      case 'words-spoken': {
        const { text, audioMs } = change
        isAltered = alterTurn(change.turn, ({ state }) =>
          state.type === 'cut' ? { text, audioMs } : { text, audioMs, state: { type: 'final' } },
        )
        break
      }
      case 'words-lost':
      case 'turn-failed':
        isAltered = alterTurn(change.turn, () => ({ state: { type: 'failed', reason: change.reason } }))
        break
      case 'played': {
        const { playedMs, heard, cut } = change
        isAltered = alterTurn(change.turn, () => ({
          playedMs,
          state: cut ? { type: 'cut', heard, playedMs } : { type: 'final' },
        }))
        break
      }
      case 'turn-settled':
        isAltered = alterTurn(change.turn, () => ({ fate: change.fate }))
        break
      case 'tool-asked': {
        if (tools.places.has(change.call)) return step(stored)
        const tool = newCall(change)
        tools.places.set(tool.call, tools.list.push(tool) - 1)
        openTools += Number(isWaiting(tool))
        break
      }
      case 'tool-started':
        alterTool(change.call, { state: 'running' })
        break
      case 'tool-ended':
        alterTool(change.call, { state: change.outcome, output: change.output })
        break
      case 'session-opened':
        head = { ...head, sessions: head.sessions + 1 }
        return step(stored)
      case 'session-closed':
        return step(stored)
      case 'tokens-used': {
        head = { ...head, usage: addUsage(head.usage, change.usage) }
        const at = tasks.places.get(change.task ?? '')
        const task = at === undefined ? undefined : tasks.list[at]
        if (at !== undefined && task !== undefined)
          tasks.list[at] = { ...task, tokens: bounded(task.tokens + totalTokens(change.usage)) }
        return step(stored)
      }
      default:
        return false
    }
    step(stored)
    if (isAltered) mark()
    return true
  }

  return {
    take(stored) {
      // A list of its own: what is known of one is kept with it, and this one goes on changing.
      if (!takeFrequent(stored)) adopt(reduce({ ...conversation(), turns: [...turns.list] }, stored))
    },
    conversation: () => ({ ...conversation(), turns: [...turns.list], tools: [...tools.list], tasks: [...tasks.list] }),
  }
}

function named<Entry>(entries: readonly Entry[], nameOf: (entry: Entry) => string): Named<Entry> {
  const list = [...entries]
  const places = new Map(list.map((entry, at) => [nameOf(entry), at]))
  return { list, places: places.size === list.length ? places : null }
}

const isOpen = ({ state }: Turn): boolean => state.type === 'open'
const isWaiting = ({ state, task }: ToolCall): boolean => task === null && (state === 'asked' || state === 'running')
