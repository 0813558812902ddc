// A service's key: given once, never shown again, with an honest word on where it is kept.
import { useState } from 'preact/hooks'
import type { KeyView, Service } from '../../core/ipc.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Field } from './fields.tsx'

const places: Record<KeyView['keeping'], string> = {
  encrypted: 'Kept in your system’s keyring.',
  plain: 'This system has no keyring, so it is forgotten when Parley ends.',
  session: 'Kept in memory only and forgotten when Parley ends.',
}

export function KeyField({
  service,
  label,
  hint,
  what = 'key',
}: {
  service: Service
  label: string
  hint: string
  what?: 'key' | 'password'
}) {
  const app = useApp()
  const keys = useKnown((known) => known.keys)
  const [key, setKey] = useState('')
  const [plain, setPlain] = useState(false)
  const isHeld = keys.held.includes(service)

  async function save(): Promise<void> {
    if (!(await app.ask('set-key', { service, key, plain })).ok) return
    setKey('')
    app.note(`The ${what} is set.`)
  }

  if (isHeld)
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          There is a {what}. {places[keys.keeping]}
        </p>
        <button type="button" onClick={() => void app.ask('remove-key', { service })}>
          Remove the {what}
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
      <Field label={label} hint={`${hint} ${places[keys.keeping]}`}>
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
            <button type="submit" disabled={key.trim() === ''}>
              Set
            </button>
          </div>
        )}
      </Field>
      {keys.keeping === 'plain' && (
        <label class="check">
          <input type="checkbox" checked={plain} onChange={({ currentTarget }) => setPlain(currentTarget.checked)} />
          Keep it in a file all the same. Whoever can read my files can read it.
        </label>
      )}
    </form>
  )
}
