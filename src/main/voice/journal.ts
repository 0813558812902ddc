// What the session adds to the record, in order, and which turn is the newest. A record that refuses is told, not hidden.
import type { Change } from '../../core/conversation/change.ts'
import { putBack } from '../../core/conversation/fold-back.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { ConversationRecord } from '../ports.ts'

export interface Journal {
  /** Resolves when the changes are durable or have been refused. */
  append(changes: readonly Change[]): Promise<void>
  /** Resolves when everything appended so far is. */
  settled(): Promise<void>
  /** The fold of what is durable. */
  conversation(): Conversation
  /** The turn that started last and stands, durable or not. @param without turns that others will be put in front of */
  lastTurn(without?: ReadonlySet<string>): string | null
  /** In the order of the conversation, durable or not. */
  isBefore(turn: string, other: string): boolean
  /** Called whenever changes of ours have become durable. */
  onAppended(listen: () => void): void
}

export function createJournal(record: ConversationRecord, onRefused: (message: string) => void): Journal {
  let order = record.conversation().turns.map(({ id }) => id)
  let appended: Promise<void> = Promise.resolve()
  const listeners: (() => void)[] = []

  /** As the fold does it: behind a turn that is not there means at the end. */
  function place(turn: string, after: string | null): void {
    const at = after === null ? 0 : order.lastIndexOf(after) + 1
    order.splice(at === 0 && after !== null ? order.length : at, 0, turn)
  }

  function follow(change: Change): void {
    if (change.type === 'turn-started') place(change.turn, change.after)
    else if (change.type === 'put-back') {
      const back = putBack(record.conversation()).turns.map(({ id }) => id)
      order = [...back, ...order.filter((turn) => !back.includes(turn))]
    } else if (change.type === 'turn-removed') order = order.filter((turn) => turn !== change.turn)
    else if (change.type === 'rolled-back') order = order.filter((turn) => !change.turns.includes(turn))
  }

  return {
    append(changes) {
      if (changes.length === 0) return Promise.resolve()
      for (const change of changes) follow(change)
      appended = record.append(changes).then(
        () => listeners.forEach((listen) => listen()),
        (error: unknown) => onRefused(error instanceof Error ? error.message : 'The conversation could not be saved.'),
      )
      return appended
    },
    settled: () => appended,
    conversation: () => record.conversation(),
    lastTurn: (without) => order.findLast((turn) => without?.has(turn) !== true) ?? null,
    isBefore: (turn, other) => order.includes(turn) && order.indexOf(turn) < order.indexOf(other),
    onAppended: (listen) => void listeners.push(listen),
  }
}
