// Takes a spoiled or taken-back exchange out of the conversation, and puts it back. What belongs to it is decided in
// core/conversation/rollback.ts; the session follows the record.
import { planRecovery, planTakeBack } from '../../core/conversation/rollback.ts'
import type { Journal } from './journal.ts'

export interface RollingBack {
  /** An error spoiled what these turns are: what the person said, and what came of it. */
  recover(turns: readonly string[]): Promise<void>
  /** The person takes back the last exchange. @returns false when there is none */
  takeBack(): Promise<boolean>
  /** @returns false when nothing was taken away, or something has been said since */
  putBack(): Promise<boolean>
}

export interface RollingBackOpts {
  journal: Journal
  /** Silences the voice and cancels its response. */
  interrupt: () => Promise<void>
  /** Silences the voice alone, where it is saying one of these. */
  silence: (items: readonly string[]) => Promise<void>
  /** What was said last is no turn yet, and becomes none. @returns false where it is one */
  takePresses: () => boolean
  /** The person wants no answer to these any more. */
  onTakenBack: (turns: readonly string[]) => void
}

export function createRollingBack(opts: RollingBackOpts): RollingBack {
  const { journal, interrupt, silence, onTakenBack } = opts

  return {
    async recover(turns) {
      await silence(turns)
      await journal.settled()
      const plan = planRecovery(journal.conversation(), turns)
      if (plan !== null) await journal.append([plan])
    },
    async takeBack() {
      const interrupted = interrupt()
      const isTaken = opts.takePresses()
      await interrupted
      await journal.settled()
      if (isTaken) return true
      const plan = planTakeBack(journal.conversation())
      if (plan === null) return false
      onTakenBack(plan.turns)
      await journal.append([plan])
      return true
    },
    async putBack() {
      await journal.settled()
      if (journal.conversation().rolledBack === null) return false
      await journal.append([{ type: 'put-back' }])
      return true
    },
  }
}
