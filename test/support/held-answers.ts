// A mind whose answers wait until the test lets them go, by the words that were asked.
import type { Ask } from '../../src/engine/ports.ts'
import type { Answer } from './scripted-mind.ts'

export interface HeldAnswers {
  answer: Answer
  /** Resolves when somebody has asked this. */
  asked(words: string): Promise<void>
  /** Lets the answer to these words go on: one word, then the end. */
  release(words: string): void
}

const lastWords = ({ memos }: Ask): string => {
  const last = memos.at(-1)
  return last?.type === 'message' ? last.text : ''
}

export function createHeldAnswers(): HeldAnswers {
  const gates = new Map<string, { asked: Promise<void>; tell: () => void; open: Promise<void>; release: () => void }>()
  const gate = (words: string) => {
    let found = gates.get(words)
    if (!found) {
      let tell: () => void = () => undefined
      let release: () => void = () => undefined
      const asked = new Promise<void>((resolve) => (tell = resolve))
      const open = new Promise<void>((resolve) => (release = resolve))
      gates.set(words, (found = { asked, tell, open, release }))
    }
    return found
  }
  return {
    async *answer(ask) {
      const words = lastWords(ask)
      yield { type: 'text', text: `${words}: ` }
      gate(words).tell()
      await gate(words).open
      yield { type: 'text', text: 'done.' }
    },
    asked: (words) => gate(words).asked,
    release: (words) => gate(words).release(),
  }
}
