// Models that are about to be used although nobody knows what they cost and a day has a limit: their price, or a yes.
import { useState } from 'preact/hooks'
import { priceFrom } from '../../core/spending/price.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Form, LineField } from './line-field.tsx'

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
  const { say, money } = useLanguage()
  const accepted = useKnown((known) => known.settings.unpricedModels)
  const [text, setText] = useState('')
  const price = priceFrom(text, isReading)
  return (
    <Form
      class="unpriced"
      onSubmit={() => {
        if (price !== null) void app.ask('set-price', { model, price })
      }}
    >
      <p role="status">{say('price.unknown', { name: model, amount: money(capUsd) })}</p>
      <LineField
        label={say('price.of', { name: model })}
        hint={say(isReading ? 'price.hint.reading' : 'price.hint.other')}
        action={say('price.use')}
        disabled={price === null}
        value={text}
        onInput={setText}
        input={{ type: 'text', inputMode: 'decimal', 'aria-invalid': text !== '' && price === null }}
      />
      <button
        type="button"
        class="own-width"
        onClick={() => void app.ask('settings', { unpricedModels: [...accepted, model] })}
      >
        {say('price.allow')}
      </button>
    </Form>
  )
}
