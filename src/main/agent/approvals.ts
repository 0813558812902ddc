// The questions to the person, one at a time. Each is bound to one settled call by its digest, is answered once and is a no
// after a minute, which the person can begin anew. The only way in is `answer`, which a window's click or key reaches: nothing that is said or written by a model
// comes here.
import { createHash } from 'node:crypto'
import {
  approvalExpiresAfterMs,
  approvalOpensAfterMs,
  approvalRestMs,
  judgeAnswer,
  type Judgement,
} from '../../core/agent/approval.ts'
import { exactJson, plainWords } from '../../core/agent/plain.ts'
import type { ApprovalView, Fact, Risk } from '../../core/agent/task.ts'
import { createEmitter } from '../../core/emitter.ts'
import type { Wording } from '../../core/language/wording.ts'
import type { Clock, Undo } from '../ports.ts'

export interface Question {
  call: string
  task: string | null
  tool: string
  risk: Risk
  question: string
  wording: Wording
  arguments: unknown
  /** What they come to, for the person … */
  facts: readonly Fact[]
  /** … and for the digest alone. */
  identity: unknown
  afterUntrusted: boolean
}

export type Verdict = 'yes' | 'no' | 'expired' | 'withdrawn'

export interface Approvals {
  /** Resolves with the person's answer. An aborted signal withdraws the question. Never rejects. */
  ask(question: Question, signal: AbortSignal): Promise<Verdict>
  /** The one that is put now, if any. */
  open(): readonly ApprovalView[]
  answer(id: string, digest: string, approved: boolean): boolean
  /** The person wants the whole time again. False when that question is not put. */
  extend(id: string): boolean
  /** Something moved under the person's hand: the time to read begins anew. */
  moved(): void
  onChanged(listen: (open: readonly ApprovalView[]) => void): Undo
}

interface Put {
  view: ApprovalView
  endsMs: number
  undoExpiry: Undo
  stillSinceMs: number
  close(verdict: Verdict): void
}

/** SHA-256 over tool, call, the exact arguments and what they come to, in hexadecimal. */
export function digestOf(question: Pick<Question, 'tool' | 'call' | 'arguments' | 'facts' | 'identity'>): string {
  const { tool, call, arguments: given, facts, identity } = question
  return createHash('sha256')
    .update(JSON.stringify([tool, call, given, facts, identity]))
    .digest('hex')
}

/** The longest path that a system takes; nothing of a fact is left out. */
const longestFact = 8_192

export function createApprovals({ clock, newId }: { clock: Clock; newId: (prefix: string) => string }): Approvals {
  const emitter = createEmitter<{ changed: readonly ApprovalView[] }>(() => undefined)
  const waiting = new Set<() => void>()
  let current: Put | null = null
  let restsUntilMs = 0
  let undoRest: Undo | null = null
  const open = (): readonly ApprovalView[] => (current ? [current.view] : [])

  function viewOf(question: Question): ApprovalView {
    const nowMs = clock.nowMs()
    const { task, tool, risk, afterUntrusted } = question
    return {
      id: newId('approval'),
      digest: digestOf(question),
      task,
      tool,
      risk,
      question: question.question,
      wording: question.wording,
      arguments: exactJson(question.arguments),
      facts: question.facts.map((fact) => ({ ...fact, value: plainWords(fact.value, longestFact) })),
      afterUntrusted,
      opensMs: nowMs + approvalOpensAfterMs,
      expiresMs: nowMs + approvalExpiresAfterMs,
    }
  }

  function next(): void {
    const [put] = waiting
    if (!put || current !== null || undoRest !== null) return
    const restMs = restsUntilMs - clock.monotonicMs()
    if (restMs > 0) {
      undoRest = clock.after(restMs, () => {
        undoRest = null
        next()
      })
      return
    }
    waiting.delete(put)
    put()
  }

  function beginAnew(put: Put): void {
    put.stillSinceMs = clock.monotonicMs()
    put.view = { ...put.view, opensMs: clock.nowMs() + approvalOpensAfterMs }
    emitter.emit('changed', open())
  }

  function judge(put: Put, digest: string): Judgement {
    const nowMs = clock.monotonicMs()
    const { endsMs, stillSinceMs, view } = put
    return judgeAnswer({ digest: view.digest, leftMs: endsMs - nowMs, stillForMs: nowMs - stillSinceMs }, digest)
  }

  return {
    ask(question, signal) {
      if (signal.aborted) return Promise.resolve('withdrawn')
      return new Promise((resolve) => {
        const end = (verdict: Verdict): void => {
          signal.removeEventListener('abort', withdraw)
          resolve(verdict)
        }
        const put = (): void => {
          const nowMs = clock.monotonicMs()
          const own: Put = {
            view: viewOf(question),
            endsMs: nowMs + approvalExpiresAfterMs,
            undoExpiry: clock.after(approvalExpiresAfterMs, () => own.close('expired')),
            stillSinceMs: nowMs,
            close(verdict) {
              if (current !== own) return
              current = null
              own.undoExpiry()
              // The hand that answered may still be clicking.
              restsUntilMs = clock.monotonicMs() + approvalRestMs
              next()
              emitter.emit('changed', open())
              end(verdict)
            },
          }
          current = own
          withdraw = () => own.close('withdrawn')
          signal.removeEventListener('abort', leave)
          signal.addEventListener('abort', withdraw)
          emitter.emit('changed', open())
        }
        const leave = (): void => {
          waiting.delete(put)
          end('withdrawn')
        }
        let withdraw = leave
        signal.addEventListener('abort', leave)
        waiting.add(put)
        next()
      })
    },
    open,
    answer(id, digest, approved) {
      if (current?.view.id !== id) return false
      switch (judge(current, digest)) {
        case 'other':
          return false
        case 'too-early':
          // A key that is held down, or a hand that clicks on: it was not meant for this.
          beginAnew(current)
          return false
        case 'counts':
          current.close(approved ? 'yes' : 'no')
          return true
      }
    },
    extend(id) {
      const put = current
      if (put?.view.id !== id) return false
      put.undoExpiry()
      put.undoExpiry = clock.after(approvalExpiresAfterMs, () => put.close('expired'))
      put.endsMs = clock.monotonicMs() + approvalExpiresAfterMs
      put.view = { ...put.view, expiresMs: clock.nowMs() + approvalExpiresAfterMs }
      emitter.emit('changed', open())
      return true
    },
    moved() {
      if (current) beginAnew(current)
    },
    onChanged: (listen) => emitter.on('changed', listen),
  }
}
