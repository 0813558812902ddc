// Everything that can be set, in sections with a search. A change holds at once; there is no save button.
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage, useMay, useStore } from '../hooks.ts'
import type { Settings } from '../../core/settings.ts'
import { Icon } from '../parts/icon.tsx'
import { matching } from '../commands.ts'
import { AgentSettings } from './agent-settings.tsx'
import { ByName } from './by-name.tsx'
import { DataSettings } from './data.tsx'
import { Check, Choice, Field, TextField } from './fields.tsx'
import { OutOfTheWay } from './out-of-the-way.tsx'
import { OtherDevices } from './other-devices.tsx'
import { ReadingSettings } from './reading-settings.tsx'
import { ServiceChoice } from './service.tsx'
import { settingsSections, type SectionId } from './settings-sections.ts'
import { SoundChoice } from './sound.tsx'
import { SpeechSettings } from './speech-settings.tsx'
import { TalkKeyField } from './talk-key-field.tsx'
import { VoiceField } from './voice-field.tsx'
import { WayOutChoice } from './way-out.tsx'

export function SettingsPanel({ onTools }: { onTools: () => void }) {
  const { say } = useLanguage()
  const shell = useKnown((known) => (known.device === null ? known.shell : 'device'))
  const version = useKnown((known) => known.version)
  const [typed, setTyped] = useState('')
  const own = settingsSections(shell, say)
  const wanted = typed.trim()
  const shown = matching(
    own.map((section) => ({ ...section, name: section.title })),
    wanted,
  )
  const isShown = (id: SectionId): boolean => shown.some((section) => section.id === id)
  const bodies: Record<SectionId, () => ComponentChildren> = {
    service: () => <Service />,
    network: () => <WayOutChoice />,
    voice: () => <Voice />,
    turns: () => <Turns />,
    tasks: () => <AgentSettings onTools={onTools} />,
    sound: () => <SoundChoice />,
    key: () => <KeyAndStart />,
    privacy: () => <Privacy />,
    data: () => <DataSettings />,
    appearance: () => <ReadingSettings />,
    devices: () => <OtherDevices />,
  }
  return (
    <div class="settings">
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label={say('settings.search')}
          placeholder={say('settings.searchHere')}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </div>
      <p class="unseen" role="status">
        {wanted === '' ? '' : say('settings.found', { count: shown.length })}
      </p>
      {shown.length === 0 && <p class="nothing">{say('settings.none', { words: wanted })}</p>}
      {own
        .filter(({ id }) => isShown(id))
        .map(({ id, title }) => (
          <Section key={id} id={id} title={title}>
            {bodies[id]()}
          </Section>
        ))}
      <p class="version">{say('settings.version', { version })}</p>
    </div>
  )
}

/** One that is gone to by name comes into sight and takes the focus. */
function Section({ id, title, children }: { id: SectionId; title: string; children: ComponentChildren }) {
  const app = useApp()
  const view = useStore(app.view)
  const heading = useRef<HTMLHeadingElement>(null)
  const isWanted = view.section === id
  useLayoutEffect(() => {
    if (!isWanted) return undefined
    // Once the panel has opened and taken the focus.
    const timer = setTimeout(() => {
      heading.current?.focus()
      heading.current?.scrollIntoView({ block: 'start' })
      app.view.set({ ...app.view.value(), section: null })
    })
    return () => clearTimeout(timer)
  }, [isWanted])
  return (
    <section>
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {children}
    </section>
  )
}

function useSettings(): { settings: Settings; set: (some: Partial<Settings>) => void } {
  const app = useApp()
  const settings = useKnown((known) => known.settings)
  return { settings, set: (some) => void app.ask('settings', some) }
}

function Service() {
  const { settings, set } = useSettings()
  const { say } = useLanguage()
  return (
    <>
      <ServiceChoice />
      {settings.endpoint.kind !== 'embedded' && (
        <TextField
          label={say('settings.model')}
          value={settings.endpoint.model}
          maxLength={128}
          onSaved={(model) => model !== '' && set({ endpoint: { ...settings.endpoint, model } })}
        />
      )}
    </>
  )
}

function Voice() {
  const { settings, set } = useSettings()
  const { say } = useLanguage()
  return (
    <>
      <VoiceField />
      <Speed speed={settings.speed} onSet={(speed) => set({ speed })} />
      <SpeechSettings settings={settings} onSet={set} />
      <TextField
        label={say('settings.howToBe')}
        hint={say('settings.howToBeHint')}
        value={settings.instructions}
        lines={4}
        maxLength={16_000}
        onSaved={(instructions) => set({ instructions })}
      />
    </>
  )
}

function Turns() {
  const { settings, set } = useSettings()
  const { say } = useLanguage()
  const isHere = useMay('here')
  return (
    <>
      <Choice
        label={say('settings.turnEnds')}
        value={settings.turnMode}
        options={[
          ['semantic', say('settings.turnEnds.semantic')],
          ['server', say('settings.turnEnds.server')],
          ['manual', say('settings.turnEnds.manual')],
        ]}
        onChosen={(turnMode) => set({ turnMode })}
      />
      {settings.turnMode === 'semantic' && (
        <Choice
          label={say('settings.patience')}
          value={settings.eagerness}
          options={[
            ['low', say('settings.patience.low')],
            ['medium', say('settings.patience.medium')],
            ['auto', say('settings.patience.auto')],
            ['high', say('settings.patience.high')],
          ]}
          onChosen={(eagerness) => set({ eagerness })}
        />
      )}
      {settings.turnMode !== 'manual' && isHere && <ByName />}
      {settings.turnMode !== 'manual' && isHere && (
        <Choice
          label={say('settings.sends')}
          hint={say('settings.sendsHint')}
          value={settings.sends}
          options={[
            ['automatic', say('settings.sends.automatic')],
            ['speech', say('settings.sends.speech')],
            ['everything', say('settings.sends.everything')],
          ]}
          onChosen={(sends) => set({ sends })}
        />
      )}
    </>
  )
}

function KeyAndStart() {
  const { settings, set } = useSettings()
  const { say } = useLanguage()
  return (
    <>
      <TalkKeyField />
      <Check
        label={say('settings.startAtLogin')}
        value={settings.startAtLogin}
        onChanged={(startAtLogin) => set({ startAtLogin })}
      />
      <OutOfTheWay onSet={set} />
    </>
  )
}

function Privacy() {
  const { settings, set } = useSettings()
  const { say } = useLanguage()
  return (
    <Check label={say('settings.hideKeys')} value={settings.hideKeys} onChanged={(hideKeys) => set({ hideKeys })} />
  )
}

function Speed({ speed, onSet }: { speed: number; onSet: (speed: number) => void }) {
  const { say, decimal } = useLanguage()
  return (
    <Field label={say('settings.speed', { amount: decimal(speed) })}>
      {(id) => (
        <input
          id={id}
          type="range"
          min="0.5"
          max="1.5"
          step="0.05"
          value={speed}
          onChange={({ currentTarget }) => onSet(Number(currentTarget.value))}
        />
      )}
    </Field>
  )
}
