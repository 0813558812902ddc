// When one thing that was said has been answered: the input has ended, the line is quiet, and an answer has come since.
// A file may hold several turns, so quiet alone is not enough while a turn that was heard waits for its answer.
import type { Clock, Undo } from '../ports.ts'
import type { Companion } from '../companion.ts'

export type Answer = 'answered' | 'silence' | 'no-answer'

export interface AnswerFigures {
  /** After the end of a file: speech would have been noticed by then. */
  silenceAfterMs: number
  noAnswerAfterMs: number
  /** How long everything has to be quiet, so that a turn's end is not taken for the answer's. */
  quietForMs: number
}

export const answerFigures: AnswerFigures = { silenceAfterMs: 2_500, noAnswerAfterMs: 30_000, quietForMs: 300 }

export interface AnswerWatch {
  /** The file has been read to its end, or the text has been sent. */
  ended(): void
  done: Promise<Answer>
}

const lookEveryMs = 50

/** @param spoken false for typed words, which no ear has to notice */
export function watchAnswer(companion: Companion, clock: Clock, spoken: boolean, figures = answerFigures): AnswerWatch {
  let heard = !spoken
  let waiting = !spoken
  let endedMs: number | null = null
  let quietSinceMs: number | null = null
  let undoLook: Undo = () => undefined

  const undo = [
    companion.on('hearing', (active) => {
      heard = true
      if (!active) waiting = true
    }),
    companion.on('answered', ({ status }) => {
      if (status !== 'cancelled') waiting = false
    }),
  ]

  const done = new Promise<Answer>((resolve) => {
    const finish = (answer: Answer): void => {
      undoLook()
      for (const one of undo) one()
      resolve(answer)
    }
    const look = (): void => {
      const nowMs = clock.monotonicMs()
      const isWorking = companion.tasks().some(({ endedMs }) => endedMs === null)
      const quiet = companion.isQuiet() && !waiting && !isWorking
      quietSinceMs = quiet ? (quietSinceMs ?? nowMs) : null
      const sinceEndMs = endedMs === null ? -1 : nowMs - endedMs
      if (
        heard &&
        sinceEndMs >= figures.quietForMs &&
        quietSinceMs !== null &&
        nowMs - quietSinceMs >= figures.quietForMs
      )
        return finish('answered')
      if (!heard && sinceEndMs >= figures.silenceAfterMs) return finish('silence')
      // A long answer is being spoken: only a line on which nothing happens has no answer.
      if (sinceEndMs >= figures.noAnswerAfterMs && waiting) return finish('no-answer')
      undoLook = clock.after(lookEveryMs, look)
    }
    look()
  })

  return { ended: () => void (endedMs = clock.monotonicMs()), done }
}
