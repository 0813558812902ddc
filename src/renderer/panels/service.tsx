// Which voice service: the built-in one, OpenAI with a key, another server. Asked in the first steps and in the settings.
import { useState } from 'preact/hooks'
import { completeVoiceAddress } from '../../core/connection/complete-address.ts'
import { voiceAddressTrouble } from '../address-trouble.ts'
import { usualModels } from '../../core/models.ts'
import type { Trial } from '../../core/trial-views.ts'
import type { Settings } from '../../core/settings.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { AddressForm } from './address-form.tsx'
import { KeyField } from './key-field.tsx'
import { Choice, TrialLine } from './fields.tsx'
import { LocalModel } from './local-model.tsx'

type Kind = Settings['endpoint']['kind']

const choices: { kind: Kind; icon: IconName }[] = [
  { kind: 'embedded', icon: 'home' },
  { kind: 'openai', icon: 'cloud' },
  { kind: 'compatible', icon: 'server' },
]

const usualModel = { embedded: 'gpt-realtime', openai: usualModels.voice, compatible: 'gpt-realtime' } as const

/** @param props `onPending`: told whether one is chosen that can't be used yet */
export function ServiceChoice({ onPending }: { onPending?: (isPending: boolean) => void }) {
  const app = useApp()
  const { say } = useLanguage()
  const { endpoint } = useKnown((known) => known.settings)
  /** Chosen, but not usable before there is an address. */
  const [pending, keepPending] = useState<'compatible' | null>(null)
  const kind = pending ?? endpoint.kind

  function setPending(next: 'compatible' | null): void {
    keepPending(next)
    onPending?.(next !== null)
  }

  function choose(next: Kind): void {
    if (next === 'compatible') return setPending(next)
    setPending(null)
    void app.ask('settings', { endpoint: { kind: next, model: usualModel[next] }, voice: '' })
  }

  return (
    <div class="service">
      <fieldset class="cards">
        <legend class="unseen">{say('settings.service')}</legend>
        {choices.map((choice) => (
          <label key={choice.kind} class={`card ${choice.kind === kind ? 'chosen' : ''}`}>
            <input type="radio" name="service" checked={choice.kind === kind} onChange={() => choose(choice.kind)} />
            <Icon name={choice.icon} />
            <span class="card-words">
              <strong>{say(`service.${choice.kind}`)}</strong>
              <span>{say(`service.${choice.kind}About`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'embedded' && <LocalModel />}
      {kind === 'openai' && (
        <KeyField service="openai" label={say('service.openaiKey')} hint={say('service.openaiKeyHint')} />
      )}
      {kind === 'compatible' && <OtherServer onSaved={() => setPending(null)} />}
      {kind !== 'embedded' && pending === null && <TryService />}
    </div>
  )
}

function OtherServer({ onSaved }: { onSaved: () => void }) {
  const app = useApp()
  const { say } = useLanguage()
  const { endpoint } = useKnown((known) => known.settings)
  const saved = endpoint.kind === 'compatible' ? endpoint.baseUrl : ''
  const [address, setAddress] = useState(saved)
  const [trouble, setTrouble] = useState<string | null>(null)
  async function save(): Promise<void> {
    const baseUrl = completeVoiceAddress(address)
    if (baseUrl === '' || baseUrl === saved) return
    setAddress(baseUrl)
    const why = voiceAddressTrouble(baseUrl, say)
    setTrouble(why)
    if (why !== null) return
    const model = endpoint.kind === 'compatible' ? endpoint.model : usualModel.compatible
    if ((await app.ask('settings', { endpoint: { kind: 'compatible', baseUrl, model } })).ok) onSaved()
  }
  return (
    <>
      <AddressForm
        label={say('service.address')}
        hint={say('service.addressHint')}
        address={address}
        isSame={address.trim() === '' || completeVoiceAddress(address) === saved}
        trouble={trouble}
        onInput={(typed) => {
          setAddress(typed)
          setTrouble(null)
        }}
        onSave={() => void save()}
      />
      {saved !== '' && <KeyField service="compatible" label={say('service.itsKey')} hint={say('service.itsKeyHint')} />}
      {endpoint.kind === 'compatible' && (
        <Choice
          label={say('service.keyHeader')}
          value={endpoint.keyHeader ?? 'usual'}
          options={[
            ['usual', say('service.keyHeader.usual')],
            ['bearer', say('service.keyHeader.bearer')],
            ['api-key', say('service.keyHeader.apiKey')],
          ]}
          onChosen={(header) => {
            const { keyHeader: _, ...rest } = endpoint
            void app.ask('settings', { endpoint: header === 'usual' ? rest : { ...rest, keyHeader: header } })
          }}
        />
      )}
    </>
  )
}

function TryService() {
  const app = useApp()
  const { say } = useLanguage()
  const [trial, setTrial] = useState<Trial | 'trying' | null>(null)
  async function attempt(): Promise<void> {
    setTrial('trying')
    const reply = await app.ask('try-service', null)
    setTrial(reply.ok ? reply.value : null)
  }
  return (
    <div class="trial">
      <button type="button" disabled={trial === 'trying'} onClick={() => void attempt()}>
        {say(trial === 'trying' ? 'service.asking' : 'service.test')}
      </button>
      <TrialLine trial={trial} />
    </div>
  )
}
