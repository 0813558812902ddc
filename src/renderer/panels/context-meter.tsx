// How full the model's memory is, and when older turns are replaced by their summary.
import type { ContextView } from '../../core/conversation/budget.ts'
import { useLanguage } from '../hooks.ts'
import { Fact, Facts } from './facts.tsx'

export function ContextMeter({ context, onHolds }: { context: ContextView | null; onHolds: () => void }) {
  const { say } = useLanguage()
  return (
    <section class="health-part">
      <h3>{say('memory.title')}</h3>
      {context === null ? <p class="nothing">{say('memory.unmeasured')}</p> : <Meter context={context} />}
      <button type="button" class="own-width" onClick={onHolds}>
        {say('memory.show')}
      </button>
    </section>
  )
}

function Meter({ context }: { context: ContextView }) {
  const { say, timeOfDay } = useLanguage()
  const tokens = (count: number): string => say('tokens.count', { count })
  const { usedTokens, windowTokens, headroomTokens, compactAtTokens, compactedMs, source } = context
  const left = Math.max(0, compactAtTokens - usedTokens)
  return (
    <>
      <meter
        aria-label={say('memory.bar')}
        max={windowTokens}
        high={compactAtTokens}
        value={Math.min(usedTokens, windowTokens)}
      >
        {say('memory.of', { count: usedTokens, total: windowTokens })}
      </meter>
      <Facts>
        <Fact name={say(source === 'counted' ? 'memory.used' : 'memory.usedAbout')}>{tokens(usedTokens)}</Fact>
        <Fact name={say('memory.free')}>{tokens(headroomTokens)}</Fact>
        <Fact name={say('memory.summedUpIn')}>{left === 0 ? say('memory.nextPause') : tokens(left)}</Fact>
        <Fact name={say('memory.lastSummedUp')}>
          {compactedMs === null ? say('memory.never') : timeOfDay(compactedMs)}
        </Fact>
      </Facts>
    </>
  )
}
