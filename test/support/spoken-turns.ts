// Conversations that were had before: so many turns of the person and answers of the voice, all of them heard.
import type { Change } from '../../src/core/conversation/change.ts'

/** @param count turns of both sides together, beginning with the person's */
export function spokenTurns(count: number, words = (n: number): string => `Turn number ${n}.`): Change[] {
  return Array.from({ length: count }, (_, at): Change[] => {
    const turn = `t${at + 1}`
    const after = at === 0 ? null : `t${at}`
    if (at % 2 === 0)
      return [
        { type: 'turn-started', turn, role: 'user', via: 'voice', after },
        { type: 'words-heard', turn, text: words(at + 1) },
      ]
    return [
      { type: 'turn-started', turn, role: 'assistant', via: 'voice', after },
      { type: 'words-spoken', turn, text: words(at + 1), audioMs: 1_000 },
      { type: 'played', turn, playedMs: 1_000, heard: words(at + 1), cut: false },
    ]
  }).flat()
}
