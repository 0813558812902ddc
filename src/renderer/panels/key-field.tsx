// A service's key: tried before it is kept, given once, never shown again, with an honest word on where it is kept.
import { useState } from 'preact/hooks'
import type { KeyView, Service } from '../../core/ipc.ts'
import type { ServiceTrial } from '../../core/trial-views.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Field, TrialLine } from './fields.tsx'

const words = {
  set: 'Set',
  trying: 'Trying it…',
  isSet: 'The service takes the key. It is set.',
  isKept: 'The key is kept untried.',
  keepAnyway: 'Keep it all the same',
}

const places: Record<KeyView['keeping'], string> = {
  encrypted: 'Kept in your system’s keyring.',
  plain: 'This system has no keyring, so the key is forgotten when Parley ends.',
  session: 'Kept in memory only and forgotten when Parley ends.',
}

export function KeyField({ service, label, hint }: { service: Service; label: string; hint: string }) {
  const app = useApp()
  const keys = useKnown((known) => known.keys)
  const [key, setKey] = useState('')
  const [plain, setPlain] = useState(false)
  const isHeld = keys.held.includes(service)

  const [trial, setTrial] = useState<ServiceTrial | 'trying' | null>(null)

  async function keep(said: string): Promise<void> {
    if (!(await app.ask('set-key', { service, key: key.trim(), plain })).ok) return
    setKey('')
    setTrial(null)
    app.note(said)
  }
  async function attempt(): Promise<void> {
    if (trial === 'trying') return
    setTrial('trying')
    const reply = await app.ask('try-key', { service, key: key.trim() })
    setTrial(reply.ok ? reply.value : null)
    if (reply.ok && reply.value.ok) await keep(words.isSet)
  }

  if (isHeld)
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          There is a key. {places[keys.keeping]}
        </p>
        <button type="button" onClick={() => void app.ask('remove-key', { service })}>
          Remove the key
        </button>
      </div>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void attempt()
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
              onInput={({ currentTarget }) => {
                setKey(currentTarget.value)
                if (trial !== 'trying') setTrial(null)
              }}
            />
            <button type="submit" disabled={key.trim().length < 8} aria-disabled={trial === 'trying'}>
              {trial === 'trying' ? words.trying : words.set}
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
      <TrialLine trial={trial} />
      {trial !== null && trial !== 'trying' && !trial.ok && trial.why !== 'key' && (
        <button type="button" class="own-width" onClick={() => void keep(words.isKept)}>
          {words.keepAnyway}
        </button>
      )}
    </form>
  )
}
