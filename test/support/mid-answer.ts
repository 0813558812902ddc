// A modelled line in the middle of a long answer, and the words of that.
import { createModelledLine, type ModelledLine } from './modelled-line.ts'
import type { Answer } from './service/habits.ts'

export const words = 'One two three four five six seven eight nine ten eleven twelve.'
/** Sound comes faster than it is played, as from a real service. */
export const longAnswer: Partial<Answer> = { words, audioMs: 6_000, everyMs: 20 }

export async function midAnswer(answer = longAnswer): Promise<ModelledLine> {
  const line = createModelledLine({ habits: { answer: ({ number }) => (number === 1 ? answer : {}) } })
  await line.live()
  await line.turn('Count.')
  await line.quiet(1_500)
  return line
}
