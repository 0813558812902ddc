// What today has cost, and what that means for the rest of it.
import type { SpendingView } from '../../core/agent/task.ts'
import { clockTime, count, money } from '../format.ts'
import { useKnown } from '../hooks.ts'
import { Fact, Facts } from './facts.tsx'

export function SpendingToday() {
  const spending = useKnown((known) => known.spending)
  if (spending === null) return null
  const { todayUsd, capUsd, today, unknownPrices, pricesDated } = spending
  return (
    <section class="health-part">
      <h3>Spent today</h3>
      <p class={`spent ${spending.state}`}>
        <strong>{todayUsd === null ? 'Not known' : money(todayUsd)}</strong>
        {capUsd !== null && <span> of {money(capUsd)}</span>}
      </p>
      {capUsd !== null && todayUsd !== null && (
        <progress aria-label="Part of today’s limit" max={capUsd} value={Math.min(todayUsd, capUsd)} />
      )}
      <p class="quiet">{meaning(spending)}</p>
      <Facts>
        <Fact name="Heard">{count(today.inputAudio)} tokens</Fact>
        <Fact name="Read">{count(today.inputText)} tokens</Fact>
        <Fact name="Spoken">{count(today.outputAudio)} tokens</Fact>
        <Fact name="Written">{count(today.outputText)} tokens</Fact>
        <Fact name="Of the input, cached">{count(today.cached)} tokens</Fact>
        {today.inputImage > 0 && <Fact name="Seen">{count(today.inputImage)} tokens</Fact>}
        {today.heardMs > 0 && <Fact name="Words read from sound">{clockTime(today.heardMs)}</Fact>}
        {today.searches > 0 && <Fact name="Searches of the service">{count(today.searches)}</Fact>}
      </Facts>
      {unknownPrices.length > 0 && (
        <p class="quiet">
          No price is known for all of {unknownPrices.join(', ')}: what it cost is missing in the sum.
        </p>
      )}
      <p class="quiet">Prices as of {pricesDated}.</p>
    </section>
  )
}

function meaning({ state, capUsd }: SpendingView): string {
  switch (state) {
    case 'stopped':
      return 'Today’s limit is reached: nothing more is spent until tomorrow, or until you raise it in the settings.'
    case 'warned':
      return 'Most of today’s limit is spent. At the limit Parley stops until tomorrow.'
    case 'free':
      return capUsd === null ? 'There is no limit. You can set one in the settings.' : 'Within today’s limit.'
  }
}
