// Takes a spoiled or taken-back exchange out of the conversation, here and on the service, and puts it back. What belongs to
// it is decided in core/conversation/rollback.ts.
import { planRestore, restoredId, voiceRestoreBudget } from '../../core/conversation/rehydrate.ts'
import { planRecovery, planTakeBack, type RollBack } from '../../core/conversation/rollback.ts'
import type { Call } from './call.ts'
import type { Ledger } from './ledger.ts'

export interface RollingBack {
  /** An error spoiled the exchange of the newest turn. */
  recover(): Promise<void>
  /** The person takes back the last exchange. @returns false when there is none */
  takeBack(): Promise<boolean>
  /** @returns false when nothing was taken away, or something has been said since */
  putBack(): Promise<boolean>
}

export interface RollingBackOpts {
  ledger: Ledger
  current: () => Call | null
  /** Silences the voice and cancels its response. */
  interrupt: () => Promise<void>
  /** Silences the voice alone. */
  silence: () => Promise<void>
}

export function createRollingBack({ ledger, current, interrupt, silence }: RollingBackOpts): RollingBack {
  async function apply(plan: RollBack): Promise<void> {
    current()?.withdraw(plan.turns.map(restoredId), plan.calls)
    await ledger.append([plan])
  }

  return {
    async recover() {
      const newest = ledger.lastTurn()
      await silence()
      await ledger.settled()
      const plan = planRecovery(ledger.conversation(), newest)
      if (plan === null) return
      await apply(plan)
    },
    async takeBack() {
      await interrupt()
      await ledger.settled()
      const plan = planTakeBack(ledger.conversation())
      if (plan === null) return false
      await apply(plan)
      return true
    },
    async putBack() {
      await ledger.settled()
      if (ledger.conversation().rolledBack === null) return false
      await ledger.append([{ type: 'put-back' }])
      const call = current()
      const { items } = planRestore(ledger.conversation(), voiceRestoreBudget)
      for (const [at, item] of items.entries()) {
        const before = items[at - 1]?.id ?? null
        if (call !== null && !call.knows(item.id ?? '') && item.id !== 'anchor') call.insert(item, before)
      }
      return true
    },
  }
}
