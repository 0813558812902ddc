// A toolbox over a real ledger, with a clock that stands: calls are numbered, and what the person is asked can be waited for.
import { approvalRestMs } from '../../src/core/agent/approval.ts'
import type { ApprovalView } from '../../src/core/agent/task.ts'
import type { Change } from '../../src/core/conversation/change.ts'
import { createCallLedger } from '../../src/main/agent/ledger.ts'
import type { CallLedger, CallOutcome, Toolbox } from '../../src/main/agent/ports.ts'
import type { Tool } from '../../src/main/agent/tool.ts'
import { createToolbox } from '../../src/main/agent/toolbox.ts'
import { createMemoryRecord, type MemoryRecord } from './memory-record.ts'
import { createStillClock, type StillClock } from './still-clock.ts'

export interface OpenedToolbox {
  toolbox: Toolbox
  clock: StillClock
  record: MemoryRecord
  call(
    name: string,
    given: unknown,
    more?: { call?: string; turn?: string; signal?: AbortSignal },
  ): Promise<CallOutcome>
  /** Resolves with the newest open question; at once when there is one. */
  asked(): Promise<ApprovalView>
  /** Answers as a person would who has read it. */
  click(question: ApprovalView, approved: boolean): boolean
}

export function openToolbox(opts: {
  tools: readonly Tool[]
  before?: readonly Change[]
  hasReadUntrusted?: boolean
  ledger?: CallLedger
  clock?: StillClock
  personTurn?: () => string | null
}): OpenedToolbox {
  const { clock = createStillClock() } = opts
  const record = createMemoryRecord(opts.before)
  let ids = 0
  const newId = (prefix: string): string => `${prefix}_${String(++ids).padStart(6, '0')}`
  const toolbox = createToolbox({
    clock,
    newId,
    ledger: opts.ledger ?? createCallLedger(record),
    tools: () => opts.tools,
    hasReadUntrusted: opts.hasReadUntrusted ?? false,
    ...(opts.personTurn ? { personTurn: opts.personTurn } : {}),
  })
  return {
    toolbox,
    clock,
    record,
    call(name, given, { call = newId('call'), turn, signal = new AbortController().signal } = {}) {
      const text = typeof given === 'string' ? given : JSON.stringify(given)
      return toolbox.use({ call, task: null, name, arguments: text, ...(turn === undefined ? {} : { turn }) }, signal)
    },
    asked: () =>
      new Promise((resolve) => {
        const [open] = toolbox.approvals().slice(-1)
        if (open) return resolve(open)
        const undo = toolbox.onApprovals(([, ...rest]) => {
          const newest = rest.at(-1) ?? toolbox.approvals()[0]
          if (!newest) return
          undo()
          resolve(newest)
        })
      }),
    click(question, approved) {
      clock.pass(600)
      const counts = toolbox.answer(question.id, question.digest, approved)
      // Whatever is asked next is put to a hand at rest.
      clock.pass(approvalRestMs)
      return counts
    },
  }
}
