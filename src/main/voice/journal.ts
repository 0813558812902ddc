// What the session adds to the record, in order, and which turn is the newest. A record that refuses is told, not hidden.
import type { Change } from '../../core/conversation/change.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { ConversationRecord } from '../ports.ts'

export interface Journal {
  /** Resolves when the changes are durable or have been refused. */
  append(changes: readonly Change[]): Promise<void>
  /** Resolves when everything appended so far is. */
  settled(): Promise<void>
  /** The fold of what is durable. */
  conversation(): Conversation
  /** The turn that started last, durable or not. */
  lastTurn(): string | null
  /** Called whenever changes of ours have become durable. */
  onAppended(listen: () => void): void
}

export function createJournal(record: ConversationRecord, onRefused: (message: string) => void): Journal {
  let lastTurn = record.conversation().turns.at(-1)?.id ?? null
  let appended: Promise<void> = Promise.resolve()
  const listeners: (() => void)[] = []
  return {
    append(changes) {
      if (changes.length === 0) return Promise.resolve()
      for (const change of changes) if (change.type === 'turn-started') lastTurn = change.turn
      appended = record.append(changes).then(
        () => listeners.forEach((listen) => listen()),
        (error: unknown) => onRefused(error instanceof Error ? error.message : 'The conversation could not be saved.'),
      )
      return appended
    },
    settled: () => appended,
    conversation: () => record.conversation(),
    lastTurn: () => lastTurn,
    onAppended: (listen) => void listeners.push(listen),
  }
}
