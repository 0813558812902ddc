// How set-up fails: one sentence for the person with the next step in it.
import { CommandFailed } from './run.mjs'

export class NotReady extends Error {
  /** @param {string} sentence @param {{ output?: string, exitCode?: number }} [more] `output`: of the failed command */
  constructor(sentence, { output = '', exitCode = 1 } = {}) {
    super(sentence)
    this.output = output
    this.exitCode = exitCode
  }
}

/** @param {unknown} error @param {string} sentence what it means for the person, when a command failed */
export function notReadyBecause(error, sentence) {
  return error instanceof CommandFailed
    ? new NotReady(sentence, { output: `${error.output}\n${error.message}` })
    : error
}
