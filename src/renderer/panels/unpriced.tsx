// Models that are about to be used although nobody knows what they cost and a day has a limit: their price, or a yes.
import { useState } from 'preact/hooks'
import { priceFrom, priceHints } from '../../core/spending/price.ts'
import { money } from '../format.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Field } from './fields.tsx'

export function Unpriced() {
  const spending = useKnown((known) => known.spending)
  return (
    <>
      {spending?.asks.map((one) => (
        <AskedPrice key={one.model} {...one} capUsd={spending.capUsd ?? 0} />
      ))}
    </>
  )
}

function AskedPrice({ model, isReading, capUsd }: { model: string; isReading: boolean; capUsd: number }) {
  const app = useApp()
  const accepted = useKnown((known) => known.settings.unpricedModels)
  const [text, setText] = useState('')
  const price = priceFrom(text, isReading)
  return (
    <form
      class="unpriced"
      onSubmit={(event) => {
        event.preventDefault()
        if (price !== null) void app.ask('set-price', { model, price })
      }}
    >
      <p role="status">
        Nobody knows what “{model}” costs, so the limit of {money(capUsd)} a day can’t be kept with it. It is not used
        before you give its price or allow it without one.
      </p>
      <Field label={`Price of ${model}`} hint={isReading ? priceHints.reading : priceHints.other}>
        {(id, hintId) => (
          <div class="with-button">
            <input
              id={id}
              aria-describedby={hintId}
              aria-invalid={text !== '' && price === null}
              type="text"
              inputMode="decimal"
              autocomplete="off"
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
            <button type="submit" disabled={price === null}>
              Use it
            </button>
          </div>
        )}
      </Field>
      <button
        type="button"
        class="own-width"
        onClick={() => void app.ask('settings', { unpricedModels: [...accepted, model] })}
      >
        Allow it without a price
      </button>
    </form>
  )
}
