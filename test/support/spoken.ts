// Changes of a small conversation, for tests of the record.
import type { Change } from '../../src/core/conversation/change.ts'

export function started(conversation: string, title = 'A talk'): Change {
  return { type: 'conversation-started', conversation, title }
}

/** A person's turn and its words. */
export function said(turn: string, text = `words of ${turn}`): Change[] {
  return [
    { type: 'turn-started', turn, role: 'user', via: 'text', after: null },
    { type: 'words-heard', turn, text },
  ]
}
