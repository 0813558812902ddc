// The agent's questions at a terminal: what would be done, with its exact arguments, and a key for yes. Whoever types there
// is the person; what is said aloud is never an answer, and neither is what was typed before the question stood there.
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { ApprovalView } from '../../core/agent/task.ts'
import { printableJson } from '../../core/printable.ts'
import type { Companion } from '../companion.ts'
import type { Undo } from '../ports.ts'

export interface QuestionsOpts {
  companion: Pick<Companion, 'approvals' | 'onApprovals' | 'approve'>
  stdin: Readable
  write: (text: string) => void
  /** One JSON object a line in place of text; the answers stay `y` or `n`. */
  json: boolean
}

/** Asks one question at a time, oldest first; where nobody answers it expires as a no. Gives the end of it back. */
export function askAtTerminal({ companion, stdin, write, json }: QuestionsOpts): Undo {
  let asked: ApprovalView | null = null
  const lines = createInterface({ input: stdin, terminal: false })

  function show(): void {
    const next = companion.approvals()[0] ?? null
    if (next?.id === asked?.id) return
    asked = next
    if (next === null) return
    if (json) write(`${printableJson({ type: 'approval', ...next })}\n`)
    else write(`\n${wordsOf(next)}\n[y/N] `)
  }

  function answer(line: string): void {
    if (asked === null) return
    const isTaken = companion.approve(asked.id, asked.digest, /^\s*y(es)?\s*$/i.test(line))
    if (isTaken) return
    if (companion.approvals().some(({ id }) => id === asked?.id)) write('That was too quick to be meant. [y/N] ')
  }

  lines.on('line', answer)
  const undo = companion.onApprovals(show)
  show()
  return () => {
    undo()
    lines.close()
  }
}

function wordsOf({ question, arguments: given, facts, afterUntrusted }: ApprovalView): string {
  const warning = afterUntrusted ? ['Text from elsewhere was read before: it may have asked for this.'] : []
  const looked = facts.map(({ name, value }) => `  ${name}: ${value}`)
  return [`Question: ${question}`, ...given.split('\n').map((line) => `  ${line}`), ...looked, ...warning].join('\n')
}
