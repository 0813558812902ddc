// Everything that can be set, in sections with a search. A change holds at once; there is no save button.
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useApp, useKnown, useStore } from '../hooks.ts'
import type { Settings } from '../../core/settings.ts'
import { languageHint, languageOptions } from '../languages.ts'
import { Icon } from '../parts/icon.tsx'
import { matching } from '../commands.ts'
import { AgentSettings } from './agent-settings.tsx'
import { Check, Choice, Field, TextField } from './fields.tsx'
import { ReadingSettings } from './reading-settings.tsx'
import { ServiceChoice } from './service.tsx'
import { settingsSections, type SectionId } from './settings-sections.ts'
import { SoundChoice } from './sound.tsx'
import { TalkKeyField } from './talk-key-field.tsx'
import { VoiceField } from './voice-field.tsx'

const words = {
  search: 'Search the settings',
  placeholder: 'Search',
  none: (typed: string) => `No setting is found for “${typed}”. Try another word.`,
  found: (count: number) => (count === 1 ? '1 section found' : `${count} sections found`),
}

export function SettingsPanel({ onTools }: { onTools: () => void }) {
  const shell = useKnown((known) => known.shell)
  const version = useKnown((known) => known.version)
  const [typed, setTyped] = useState('')
  const own = settingsSections.filter(({ shell: only }) => only === undefined || only === shell)
  const wanted = typed.trim()
  const shown = matching(
    own.map((section) => ({ ...section, name: section.title })),
    wanted,
  )
  const isShown = (id: SectionId): boolean => shown.some((section) => section.id === id)
  const bodies: Record<SectionId, () => ComponentChildren> = {
    service: () => <Service />,
    voice: () => <Voice />,
    turns: () => <Turns />,
    tasks: () => <AgentSettings onTools={onTools} />,
    sound: () => <SoundChoice />,
    key: () => <KeyAndStart />,
    privacy: () => <Privacy />,
    appearance: () => <ReadingSettings />,
  }
  return (
    <div class="settings">
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.placeholder}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </div>
      <p class="unseen" role="status">
        {wanted === '' ? '' : words.found(shown.length)}
      </p>
      {shown.length === 0 && <p class="nothing">{words.none(wanted)}</p>}
      {own
        .filter(({ id }) => isShown(id))
        .map(({ id, title }) => (
          <Section key={id} id={id} title={title}>
            {bodies[id]()}
          </Section>
        ))}
      <p class="version">Parley {version}</p>
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
  return (
    <>
      <ServiceChoice />
      {settings.endpoint.kind !== 'embedded' && (
        <TextField
          label="Model"
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
  const hint = languageHint(settings)
  return (
    <>
      <VoiceField />
      <Speed speed={settings.speed} onSet={(speed) => set({ speed })} />
      <Choice
        label="You speak"
        {...(hint === undefined ? {} : { hint })}
        value={settings.language ?? ''}
        options={languageOptions(settings)}
        onChosen={(language) => set({ language: language === '' ? null : language })}
      />
      <TextField
        label="How Parley should be"
        hint="For example: Be brief. Call me Ada. It holds from the next session on, which begins now."
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
  return (
    <>
      <Choice
        label="Your turn ends"
        value={settings.turnMode}
        options={[
          ['semantic', 'when what you say sounds complete'],
          ['server', 'after half a second of silence'],
          ['manual', 'when you let go of the key'],
        ]}
        onChosen={(turnMode) => set({ turnMode })}
      />
      {settings.turnMode === 'semantic' && (
        <Choice
          label="Patience"
          value={settings.eagerness}
          options={[
            ['low', 'lets you think'],
            ['medium', 'in between'],
            ['auto', 'usual'],
            ['high', 'answers quickly'],
          ]}
          onChosen={(eagerness) => set({ eagerness })}
        />
      )}
    </>
  )
}

function KeyAndStart() {
  const { settings, set } = useSettings()
  return (
    <>
      <TalkKeyField />
      <Check
        label="Start Parley when I log in"
        value={settings.startAtLogin}
        onChanged={(startAtLogin) => set({ startAtLogin })}
      />
    </>
  )
}

function Privacy() {
  const { settings, set } = useSettings()
  return (
    <Check
      label="Hide what looks like a key before it is kept"
      value={settings.hideKeys}
      onChanged={(hideKeys) => set({ hideKeys })}
    />
  )
}

function Speed({ speed, onSet }: { speed: number; onSet: (speed: number) => void }) {
  return (
    <Field label={`Speed: ${speed.toFixed(2).replace(/0$/, '')} ×`}>
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
