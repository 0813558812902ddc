// Which voice service: the built-in one, OpenAI with a key, another server. Asked in the first steps and in the settings.
import { useState } from 'preact/hooks'
import { completeLocalAddress, completeVoiceAddress } from '../../core/connection/complete-address.ts'
import type { Trial } from '../../core/trial-views.ts'
import type { Settings } from '../../core/settings.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { KeyField } from './key-field.tsx'
import { Field, TrialLine } from './fields.tsx'

type Kind = Settings['endpoint']['kind']

const choices: { kind: Kind; icon: IconName; name: string; about: string }[] = [
  { kind: 'embedded', icon: 'home', name: 'Built-in voice', about: 'Free, private, works offline. Ready at once.' },
  { kind: 'openai', icon: 'cloud', name: 'OpenAI', about: 'Natural voices. Needs a key; OpenAI bills you for use.' },
  { kind: 'compatible', icon: 'server', name: 'Another server', about: 'One that speaks the same protocol.' },
]

const usualModel = { embedded: 'gpt-realtime', openai: 'gpt-realtime-2', compatible: 'gpt-realtime' } as const

export function ServiceChoice() {
  const app = useApp()
  const { endpoint } = useKnown((known) => known.settings)
  /** Chosen, but not usable before there is an address. */
  const [pending, setPending] = useState<'compatible' | null>(null)
  const kind = pending ?? endpoint.kind

  function choose(next: Kind): void {
    if (next === 'compatible') return setPending(next)
    setPending(null)
    void app.ask('settings', { endpoint: { kind: next, model: usualModel[next] }, voice: '' })
  }

  return (
    <div class="service">
      <fieldset class="cards">
        <legend class="unseen">Voice service</legend>
        {choices.map((choice) => (
          <label key={choice.kind} class={`card ${choice.kind === kind ? 'chosen' : ''}`}>
            <input type="radio" name="service" checked={choice.kind === kind} onChange={() => choose(choice.kind)} />
            <Icon name={choice.icon} />
            <span class="card-words">
              <strong>{choice.name}</strong>
              <span>{choice.about}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'embedded' && <LocalModel />}
      {kind === 'openai' && (
        <KeyField service="openai" label="OpenAI key" hint="It begins with sk-. Make one on platform.openai.com." />
      )}
      {kind === 'compatible' && <OtherServer onSaved={() => setPending(null)} />}
      {kind !== 'embedded' && pending === null && <TryService />}
    </div>
  )
}

function OtherServer({ onSaved }: { onSaved: () => void }) {
  const app = useApp()
  const { endpoint } = useKnown((known) => known.settings)
  const saved = endpoint.kind === 'compatible' ? endpoint.baseUrl : ''
  const [address, setAddress] = useState(saved)
  async function save(): Promise<void> {
    const baseUrl = completeVoiceAddress(address)
    if (baseUrl === '' || baseUrl === saved) return
    setAddress(baseUrl)
    const model = endpoint.kind === 'compatible' ? endpoint.model : usualModel.compatible
    if ((await app.ask('settings', { endpoint: { kind: 'compatible', baseUrl, model } })).ok) onSaved()
  }
  return (
    <>
      <AddressForm
        label="Address"
        hint="Like wss://host/v1, or 127.0.0.1:8000/v1 on this computer."
        address={address}
        isSame={address.trim() === '' || completeVoiceAddress(address) === saved}
        onInput={setAddress}
        onSave={() => void save()}
      />
      {saved !== '' && (
        <KeyField service="compatible" label="Its key" hint="Leave it out if the server asks for none." />
      )}
    </>
  )
}

/** @param props `isSame`: there is nothing new to use */
function AddressForm(props: {
  label: string
  hint: string
  address: string
  isSame: boolean
  onInput: (address: string) => void
  onSave: () => void
}) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        props.onSave()
      }}
    >
      <Field label={props.label} hint={props.hint}>
        {(id, hintId) => (
          <div class="with-button">
            <input
              id={id}
              aria-describedby={hintId}
              type="text"
              spellcheck={false}
              inputMode="url"
              autocomplete="off"
              value={props.address}
              onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
            />
            <button type="submit" disabled={props.isSame}>
              Use it
            </button>
          </div>
        )}
      </Field>
    </form>
  )
}

/** None is looked for: whoever listens at a usual port need not be the person. */
function LocalModel() {
  const app = useApp()
  const saved = useKnown((known) => known.settings.localModel)
  const [address, setAddress] = useState(saved)
  return (
    <AddressForm
      label="A model on this computer"
      hint="Of Ollama, LM Studio and the like: http://127.0.0.1:11434. It hears what you say; empty for none."
      address={address}
      isSame={completeLocalAddress(address) === saved}
      onInput={setAddress}
      onSave={() => {
        const localModel = completeLocalAddress(address)
        setAddress(localModel)
        void app.ask('settings', { localModel })
      }}
    />
  )
}

function TryService() {
  const app = useApp()
  const [trial, setTrial] = useState<Trial | 'trying' | null>(null)
  async function attempt(): Promise<void> {
    setTrial('trying')
    const reply = await app.ask('try-service', null)
    setTrial(reply.ok ? reply.value : null)
  }
  return (
    <div class="trial">
      <button type="button" disabled={trial === 'trying'} onClick={() => void attempt()}>
        {trial === 'trying' ? 'Asking the service…' : 'Test the connection'}
      </button>
      <TrialLine trial={trial} />
    </div>
  )
}
