// Answers a few questions of nobody: the first of a process compiles hundreds of patterns, which took up to 300 ms in somebody's
// first question. None of these needs a library that is loaded when it is wanted.
import { answerAtLast, answerExactly, answerRescued } from './answer.ts'
import { understand } from '../language/heard.ts'
import { emptyNotebook } from '../notebook/notebook.ts'
import type { Scene } from './skill.ts'

const scene: Scene = {
  session: '',
  nowMs: 0,
  timeZone: 'UTC',
  memos: [{ type: 'message', role: 'user', text: 'The gate code is 12.' }],
  name: '',
  notebook: emptyNotebook,
  before: null,
  topic: null,
  manner: { speed: 1, gain: 1 },
  random: () => 0,
}

const questions = ['remind me to call', 'how many miles are in a house', 'where is my gate code', 'who was that']

/** Runs every kind of answer once and keeps none. */
export function warm(): void {
  for (const question of questions) {
    const heard = understand(question)
    if (answerExactly(heard, scene, ['machine', 'talk']) === null) {
      answerRescued(heard, scene)
      answerAtLast(heard, scene)
    }
  }
}
