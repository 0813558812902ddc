// A service's key: tried before it is kept, given once, never shown again, with an honest word on where it is kept.
import { useState } from 'preact/hooks'
import type { Service } from '../../core/ipc.ts'
import type { ServiceTrial } from '../../core/trial-views.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { TrialLine } from './fields.tsx'
import { Form, LineField } from './line-field.tsx'

export function KeyField({ service, label, hint }: { service: Service; label: string; hint: string }) {
  const app = useApp()
  const { say } = useLanguage()
  const keys = useKnown((known) => known.keys)
  const [key, setKey] = useState('')
  const [plain, setPlain] = useState(false)
  const place = say(`key.${keys.keeping}`)
  const isHeld = keys.held.includes(service)

  const [trial, setTrial] = useState<ServiceTrial | 'trying' | null>(null)

  async function keep(said: string): Promise<void> {
    if (!(await app.ask('set-key', { service, key, plain })).ok) return
    setKey('')
    setTrial(null)
    app.note(said)
  }
  async function attempt(): Promise<void> {
    if (trial === 'trying') return
    if (service === 'proxy') return keep(say('key.passwordIsSet'))
    setTrial('trying')
    const reply = await app.ask('try-key', { service, key })
    setTrial(reply.ok ? reply.value : null)
    if (reply.ok && reply.value.ok) await keep(say('key.isSet'))
  }

  if (isHeld)
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          {say(service === 'proxy' ? 'key.passwordHeld' : 'key.held', { place })}
        </p>
        <button type="button" onClick={() => void app.ask('remove-key', { service })}>
          {say(service === 'proxy' ? 'key.removePassword' : 'key.remove')}
        </button>
      </div>
    )
  return (
    <Form onSubmit={() => void attempt()}>
      <LineField
        label={label}
        hint={`${hint} ${place}`}
        action={say(trial === 'trying' ? 'key.trying' : 'key.set')}
        disabled={key.trim() === ''}
        isBusy={trial === 'trying'}
        value={key}
        onInput={(typed) => {
          setKey(typed)
          if (trial !== 'trying') setTrial(null)
        }}
        input={{ type: 'password' }}
      />
      {keys.keeping === 'plain' && (
        <label class="check">
          <input type="checkbox" checked={plain} onChange={({ currentTarget }) => setPlain(currentTarget.checked)} />
          {say('key.keepPlain')}
        </label>
      )}
      <TrialLine trial={trial} />
      {trial !== null && trial !== 'trying' && !trial.ok && trial.why !== 'key' && (
        <button type="button" class="own-width" onClick={() => void keep(say('key.isKept'))}>
          {say('key.keepAnyway')}
        </button>
      )}
    </Form>
  )
}
