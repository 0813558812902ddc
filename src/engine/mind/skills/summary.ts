// Says what was talked about so far; recap.ts words it.
import { asksForRecap, sayRecap } from '../recap.ts'
import type { Skill } from '../skill.ts'

export const summary: Skill = {
  name: 'summary',
  kind: 'talk',
  examples: ['summarise our conversation', 'what have we talked about', 'what did we talk about', 'give me a summary'],
  answer: ({ text }, scene) => (asksForRecap(text) ? { say: sayRecap(scene.memos) } : null),
}
