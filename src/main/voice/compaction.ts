// When the conversation outgrows what a fresh session can be given, or the model's memory fills: asks the live session, beside
// the conversation, for a summary of the older turns, and records it; the session follows the record. Whatever fails on the
// way changes nothing: it only costs more. What is compacted is decided in core/conversation/compact.ts.
import { isContextFull, viewContext, type ContextView } from '../../core/conversation/budget.ts'
import { acceptSummary, isOverBudget, planCompaction } from '../../core/conversation/compact.ts'
import { voiceRestoreBudget, type RestoreBudget } from '../../core/conversation/rehydrate.ts'
import type { ConnectionPhase } from '../../core/connection/state.ts'
import type { Clock, Undo } from '../ports.ts'
import type { Call } from '../call/call.ts'
import type { Journal } from './journal.ts'

export interface CompactionOpts {
  clock: Clock
  journal: Journal
  endpoint: string
  current: () => Call | null
  isQuiet: () => boolean
  model: string
  instructions: () => string
  /** This long before its end a session is handed over. */
  handOverBeforeEndMs: number
}

export interface Compaction {
  /** Something may have become quiet or full. */
  look(): void
  /** What the next session is given should be small when a hand-over comes. */
  follow(phase: ConnectionPhase): void
  stop(): void
  /** How full the model's memory is; null while there is no line. */
  context(): ContextView | null
}

/** After a summary that could not be used the next one is not asked for at once. */
const againAfterMs = 2 * 60_000
const beforeHandOverMs = 60_000
/** Before a hand-over it is worth compacting earlier. */
const comfortable: RestoreBudget = { characters: voiceRestoreBudget.characters / 2, turns: 120 }

export function createCompaction(opts: CompactionOpts): Compaction {
  const { clock, journal } = opts
  let running = false
  let notBeforeMs = -Infinity
  let compactedMs: number | null = null
  let isHandOverNear = false
  let undoNear: Undo = () => undefined

  function context(): ContextView | null {
    const call = opts.current()
    if (!call) return null
    const { model } = opts
    const { items } = call.holding.held()
    return viewContext({ model, instructions: opts.instructions(), items, counted: call.memory.counted(), compactedMs })
  }

  function isDue(): boolean {
    const conversation = journal.conversation()
    if (isOverBudget(conversation)) return true
    const view = context()
    if (view !== null && isContextFull(view)) return true
    return isHandOverNear && isOverBudget(conversation, comfortable)
  }

  async function compact(call: Call): Promise<void> {
    await journal.settled()
    const plan = planCompaction(journal.conversation(), opts.endpoint)
    if (plan === null) {
      wait()
      return
    }
    const end = await call.memory.writeAside(plan.wish)
    if (end.usage !== null) void journal.append([{ type: 'tokens-used', usage: end.usage }])
    const summary = end.type === 'written' ? acceptSummary(end.text, plan) : null
    const { through } = plan
    // Taken back meanwhile, these turns must not live on in a summary.
    const isStill = journal.conversation().turns.some(({ id }) => id === through)
    if (summary === null || !isStill) {
      wait()
      return
    }
    await journal.append([{ type: 'compacted', summary, through }])
    // A record that refuses has told so; the turns stay as they are.
    if (journal.conversation().summary?.text !== summary) {
      wait()
      return
    }
    compactedMs = clock.nowMs()
  }

  function wait(): void {
    notBeforeMs = clock.monotonicMs() + againAfterMs
  }

  function look(): void {
    const call = opts.current()
    if (running || call === null || clock.monotonicMs() < notBeforeMs || !opts.isQuiet() || !isDue()) return
    running = true
    compact(call)
      .catch(wait)
      .finally(() => (running = false))
  }

  return {
    look,
    follow(phase) {
      if (phase.type !== 'live') return
      undoNear()
      const inMs = phase.endsMs - opts.handOverBeforeEndMs - beforeHandOverMs - clock.nowMs()
      isHandOverNear = inMs <= 0
      if (isHandOverNear) return
      undoNear = clock.after(inMs, () => {
        isHandOverNear = true
        look()
      })
    },
    stop: () => undoNear(),
    context,
  }
}
