// What today has cost, and what that means for the rest of it.
import type { SpendingView } from '../../core/agent/task.ts'
import { clockTime } from '../../core/language/formats.ts'
import type { Say } from '../../core/language/messages.ts'
import { useKnown, useLanguage } from '../hooks.ts'
import { Fact, Facts } from './facts.tsx'

export function SpendingToday() {
  const { say, money, dateOf, count } = useLanguage()
  const tokens = (amount: number): string => say('tokens.count', { count: amount })
  const spending = useKnown((known) => known.spending)
  if (spending === null) return null
  const { todayUsd, capUsd, today, unknownPrices, pricesDated } = spending
  return (
    <section class="health-part">
      <h3>{say('spending.title')}</h3>
      <p class={`spent ${spending.state}`}>
        <strong>{todayUsd === null ? say('spending.unknown') : money(todayUsd)}</strong>
        {capUsd !== null && <span>{say('spending.of', { amount: money(capUsd) })}</span>}
      </p>
      {capUsd !== null && todayUsd !== null && (
        <progress aria-label={say('spending.bar')} max={capUsd} value={Math.min(todayUsd, capUsd)} />
      )}
      <p class="quiet">{meaning(spending, say)}</p>
      <Facts>
        <Fact name={say('tokens.heard')}>{tokens(today.inputAudio)}</Fact>
        <Fact name={say('tokens.read')}>{tokens(today.inputText)}</Fact>
        <Fact name={say('tokens.spoken')}>{tokens(today.outputAudio)}</Fact>
        <Fact name={say('tokens.written')}>{tokens(today.outputText)}</Fact>
        <Fact name={say('tokens.cached')}>{tokens(today.cached)}</Fact>
        {today.inputImage > 0 && <Fact name={say('tokens.seen')}>{tokens(today.inputImage)}</Fact>}
        {today.heardMs > 0 && <Fact name={say('spending.heard')}>{clockTime(today.heardMs)}</Fact>}
        {today.searches > 0 && <Fact name={say('spending.searches')}>{count(today.searches)}</Fact>}
      </Facts>
      {unknownPrices.length > 0 && <p class="quiet">{say('spending.noPrice', { name: unknownPrices.join(', ') })}</p>}
      <p class="quiet">{say('spending.dated', { time: dateOf(pricesDated) })}</p>
    </section>
  )
}

function meaning({ state, capUsd }: SpendingView, say: Say): string {
  switch (state) {
    case 'stopped':
      return say('spending.stopped')
    case 'warned':
      return say('spending.warned')
    case 'free':
      return say(capUsd === null ? 'spending.noLimit' : 'spending.within')
  }
}
