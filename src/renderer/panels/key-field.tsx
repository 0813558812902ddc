// A service's key: given once, never shown again, with an honest word on where it is kept.
import { useState } from 'preact/hooks'
import type { Service } from '../../core/ipc.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Field } from './fields.tsx'

export function KeyField({ service, label, hint }: { service: Service; label: string; hint: string }) {
  const app = useApp()
  const { say } = useLanguage()
  const keys = useKnown((known) => known.keys)
  const [key, setKey] = useState('')
  const [plain, setPlain] = useState(false)
  const place = say(`key.${keys.keeping}`)
  const isHeld = keys.held.includes(service)

  async function save(): Promise<void> {
    if (!(await app.ask('set-key', { service, key: key.trim(), plain })).ok) return
    setKey('')
    app.note(say('key.isSet'))
  }

  if (isHeld)
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          {say('key.held', { place })}
        </p>
        <button type="button" onClick={() => void app.ask('remove-key', { service })}>
          {say('key.remove')}
        </button>
      </div>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label={label} hint={`${hint} ${place}`}>
        {(id, hintId) => (
          <div class="with-button">
            <input
              id={id}
              aria-describedby={hintId}
              type="password"
              autocomplete="off"
              value={key}
              onInput={({ currentTarget }) => setKey(currentTarget.value)}
            />
            <button type="submit" disabled={key.trim().length < 8}>
              {say('key.set')}
            </button>
          </div>
        )}
      </Field>
      {keys.keeping === 'plain' && (
        <label class="check">
          <input type="checkbox" checked={plain} onChange={({ currentTarget }) => setPlain(currentTarget.checked)} />
          {say('key.keepPlain')}
        </label>
      )}
    </form>
  )
}
