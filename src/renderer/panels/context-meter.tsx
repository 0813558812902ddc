// How full the model's memory is, and when older turns are replaced by their summary.
import type { ContextView } from '../../core/conversation/budget.ts'
import { count, timeOfDay } from '../format.ts'
import { Fact, Facts } from './facts.tsx'

export function ContextMeter({ context, onHolds }: { context: ContextView | null; onHolds: () => void }) {
  return (
    <section class="health-part">
      <h3>The model’s memory</h3>
      {context === null ? <p class="nothing">It is measured once connected.</p> : <Meter context={context} />}
      <button type="button" class="own-width" onClick={onHolds}>
        Show what the model holds
      </button>
    </section>
  )
}

function Meter({ context }: { context: ContextView }) {
  const { usedTokens, windowTokens, headroomTokens, compactAtTokens, compactedMs, source } = context
  const left = Math.max(0, compactAtTokens - usedTokens)
  return (
    <>
      <meter
        aria-label="Part of the model’s memory in use"
        max={windowTokens}
        high={compactAtTokens}
        value={Math.min(usedTokens, windowTokens)}
      >
        {count(usedTokens)} of {count(windowTokens)} tokens
      </meter>
      <Facts>
        <Fact name={source === 'counted' ? 'In use' : 'In use, about'}>{count(usedTokens)} tokens</Fact>
        <Fact name="Free">{count(headroomTokens)} tokens</Fact>
        <Fact name="Summed up in">{left === 0 ? 'the next pause' : `${count(left)} tokens`}</Fact>
        <Fact name="Last summed up">{compactedMs === null ? 'never' : timeOfDay(compactedMs)}</Fact>
      </Facts>
    </>
  )
}
