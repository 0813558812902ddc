// The model of this computer that the built-in voice asks: its address, a look for one on a press, whether it answers. None is
// looked for by itself: whoever listens at a usual port need not be the person.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { plainWords } from '../../core/agent/plain.ts'
import { completeLocalAddress } from '../../core/connection/complete-address.ts'
import type { LocalModels, ModelView } from '../../core/local-models.ts'
import { localAddressTrouble } from '../address-trouble.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { AddressForm } from './address-form.tsx'

export function LocalModel() {
  const app = useApp()
  const { say } = useLanguage()
  const saved = useKnown((known) => known.settings.localModel)
  const [address, setAddress] = useState(saved)
  const [trouble, setTrouble] = useState<string | null>(null)
  // Before anybody types into it: later it would take a quick hand’s letters away.
  useLayoutEffect(() => setAddress(saved), [saved])
  return (
    <>
      <AddressForm
        label={say('service.localModel')}
        hint={say('service.localModelHint')}
        address={address}
        isSame={completeLocalAddress(address) === saved}
        trouble={trouble}
        onInput={(typed) => {
          setAddress(typed)
          setTrouble(null)
        }}
        onSave={() => {
          const localModel = completeLocalAddress(address)
          setAddress(localModel)
          const why = localAddressTrouble(localModel, say)
          setTrouble(why)
          if (why === null) void app.ask('settings', { localModel, localModelName: '' })
        }}
      />
      <LookForOne />
      <Standing />
    </>
  )
}

function LookForOne() {
  const app = useApp()
  const { say } = useLanguage()
  const [found, setFound] = useState<LocalModels[] | 'looking' | null>(null)
  const isLooking = found === 'looking'
  async function look(): Promise<void> {
    if (isLooking) return
    setFound('looking')
    const reply = await app.ask('find-models', null)
    setFound(reply.ok ? reply.value : null)
  }
  return (
    <div class="found-models">
      <button type="button" aria-disabled={isLooking} onClick={() => void look()}>
        <Icon name="search" />
        {say('service.lookForModel')}
      </button>
      <div role="status">
        {isLooking && (
          <p>
            {say('service.looking')} <progress aria-label={say('service.looking')} />
          </p>
        )}
        {Array.isArray(found) && <p>{say(found.length > 0 ? 'service.modelsFound' : 'service.noModels')}</p>}
      </div>
      {Array.isArray(found) && found.length === 0 && (
        <ol>
          {(['service.modelStep1', 'service.modelStep2', 'service.modelStep3'] as const).map((step) => (
            <li key={step}>{say(step)}</li>
          ))}
        </ol>
      )}
      {Array.isArray(found) && found.map((server) => <Server key={server.port} server={server} />)}
    </div>
  )
}

function Server({ server: { name, port, models } }: { server: LocalModels }) {
  const app = useApp()
  const { say } = useLanguage()
  const { localModel, localModelName } = useKnown((known) => known.settings)
  const heading = useId()
  const address = `http://127.0.0.1:${port}`
  return (
    <div role="group" aria-labelledby={heading}>
      <h4 id={heading}>{say('service.modelServer', { name, place: String(port) })}</h4>
      <ul>
        {models.map((model) => (
          <li key={model}>
            <button
              type="button"
              aria-pressed={localModel === address && localModelName === model}
              onClick={() => void app.ask('settings', { localModel: address, localModelName: model })}
            >
              <bdi>{plainWords(model, 80)}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Of the one that is named, and how to do without it. */
function Standing() {
  const app = useApp()
  const { say } = useLanguage()
  const isNamed = useKnown((known) => known.settings.localModel !== '')
  const model = useKnown((known) => known.state.model)
  const box = useRef<HTMLDivElement>(null)
  return (
    <div class="model-standing" ref={box}>
      <p class="trial-line" role="status">
        {model !== undefined && <StandingWords model={model} />}
      </p>
      {isNamed && (
        <button
          type="button"
          onClick={() => {
            // The button goes with what it undid: whoever is there by keyboard stays close by.
            box.current?.closest('.service')?.querySelector<HTMLElement>('.found-models button')?.focus()
            void app.ask('settings', { localModel: '', localModelName: '' })
          }}
        >
          {say('service.withoutModel')}
        </button>
      )}
    </div>
  )
}

function StandingWords({ model }: { model: ModelView }) {
  const { say } = useLanguage()
  switch (model.type) {
    case 'none':
      return null
    case 'waiting':
      return <span>{say('service.modelWaiting')}</span>
    case 'answers':
      return (
        <span class="good">
          <Icon name="check" />
          {say('service.modelAnswers', { name: model.name, place: String(model.port) })}
        </span>
      )
    case 'silent':
      return (
        <span class="bad">
          <Icon name="warning" />
          {say('service.modelSilent')}
        </span>
      )
  }
}
