// The open questions to the person. Each is bound to one call by its digest, is answered once and is a no after 30 s. The only
// way in is `answer`, which a window's click or key reaches: nothing that is said or written by a model comes here.
import { createHash } from 'node:crypto'
import { approvalExpiresAfterMs, approvalOpensAfterMs, countsAsAnswer } from '../../core/agent/approval.ts'
import { exactJson } from '../../core/agent/plain.ts'
import type { ApprovalView, Risk } from '../../core/agent/task.ts'
import { createEmitter } from '../../core/emitter.ts'
import type { Clock, Undo } from '../ports.ts'

export interface Question {
  call: string
  task: string | null
  tool: string
  risk: Risk
  question: string
  arguments: unknown
  afterUntrusted: boolean
}

export type Verdict = 'yes' | 'no' | 'expired' | 'withdrawn'

export interface Approvals {
  /** Resolves with the person's answer. An aborted signal withdraws the question. Never rejects. */
  ask(question: Question, signal: AbortSignal): Promise<Verdict>
  open(): readonly ApprovalView[]
  answer(id: string, digest: string, approved: boolean): boolean
  onChanged(listen: (open: readonly ApprovalView[]) => void): Undo
}

interface OpenQuestion {
  view: ApprovalView
  askedMs: number
  close(verdict: Verdict): void
}

/** SHA-256 over tool, call and the exact arguments, in hexadecimal. */
export function digestOf({ tool, call, arguments: given }: Pick<Question, 'tool' | 'call' | 'arguments'>): string {
  return createHash('sha256')
    .update(JSON.stringify([tool, call, given]))
    .digest('hex')
}

export function createApprovals({ clock, newId }: { clock: Clock; newId: (prefix: string) => string }): Approvals {
  const emitter = createEmitter<{ changed: readonly ApprovalView[] }>(() => undefined)
  const questions = new Map<string, OpenQuestion>()
  const open = (): readonly ApprovalView[] => [...questions.values()].map(({ view }) => view)

  return {
    ask(question, signal) {
      if (signal.aborted) return Promise.resolve('withdrawn')
      return new Promise((resolve) => {
        const nowMs = clock.nowMs()
        const view: ApprovalView = {
          id: newId('approval'),
          digest: digestOf(question),
          task: question.task,
          tool: question.tool,
          risk: question.risk,
          question: question.question,
          arguments: exactJson(question.arguments),
          afterUntrusted: question.afterUntrusted,
          opensMs: nowMs + approvalOpensAfterMs,
          expiresMs: nowMs + approvalExpiresAfterMs,
        }
        const close = (verdict: Verdict): void => {
          if (!questions.delete(view.id)) return
          undoExpiry()
          signal.removeEventListener('abort', withdraw)
          emitter.emit('changed', open())
          resolve(verdict)
        }
        const withdraw = (): void => close('withdrawn')
        questions.set(view.id, { view, askedMs: clock.monotonicMs(), close })
        const undoExpiry = clock.after(approvalExpiresAfterMs, () => close('expired'))
        signal.addEventListener('abort', withdraw)
        emitter.emit('changed', open())
      })
    },
    open,
    answer(id, digest, approved) {
      const question = questions.get(id)
      if (!question || !countsAsAnswer(question.view.digest, digest, clock.monotonicMs() - question.askedMs))
        return false
      question.close(approved ? 'yes' : 'no')
      return true
    },
    onChanged: (listen) => emitter.on('changed', listen),
  }
}
