// Everything that can be set. A change holds at once; there is no save button.
import { offeredLanguages, type LanguageChoice } from '../../core/language/choice.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import type { Settings } from '../../core/settings.ts'
import type { Say } from '../../core/language/messages.ts'
import { AgentSettings } from './agent-settings.tsx'
import { Check, Choice, Field, TextField } from './fields.tsx'
import { ServiceChoice } from './service.tsx'
import { SoundChoice } from './sound.tsx'
import { voiceOptions } from '../voices.ts'

/** A person can say to the voice in which of them they speak. */
const tongues = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'zh'] as const

function tongueOptions(say: Say, chosen: string): readonly (readonly [code: string, name: string])[] {
  const known = tongues.map((code) => [code, say(`tongue.${code}`)] as const)
  const options = [['', say('tongue.any')] as const, ...known]
  return options.some(([code]) => code === chosen) ? options : [...options, [chosen, chosen]]
}

/** One that is chosen and not offered, for looking at the window, stays chosen. */
function languageOptions(say: Say, chosen: LanguageChoice): readonly (readonly [LanguageChoice, string])[] {
  const options = [['system', say('settings.language.system')] as const, ...offeredLanguages]
  return options.some(([code]) => code === chosen) ? options : [...options, [chosen, chosen]]
}

export function SettingsPanel({ onTools }: { onTools: () => void }) {
  const app = useApp()
  const { say, told } = useLanguage()
  const settings = useKnown((known) => known.settings)
  const shell = useKnown((known) => known.shell)
  const state = useKnown((known) => known.state)
  const version = useKnown((known) => known.version)
  const set = (some: Partial<Settings>): void => void app.ask('settings', some)
  return (
    <div class="settings">
      <section>
        <h3>{say('settings.service')}</h3>
        <ServiceChoice />
        {settings.endpoint.kind !== 'embedded' && (
          <TextField
            label={say('settings.model')}
            value={settings.endpoint.model}
            maxLength={128}
            onSaved={(model) => model !== '' && set({ endpoint: { ...settings.endpoint, model } })}
          />
        )}
      </section>
      <section>
        <h3>{say('settings.voice')}</h3>
        <VoiceField settings={settings} onSet={(voice) => set({ voice })} />
        <Speed speed={settings.speed} onSet={(speed) => set({ speed })} />
        <Choice
          label={say('settings.youSpeak')}
          value={settings.language ?? ''}
          options={tongueOptions(say, settings.language ?? '')}
          onChosen={(language) => set({ language: language === '' ? null : language })}
        />
        <TextField
          label={say('settings.howToBe')}
          hint={say('settings.howToBeHint')}
          value={settings.instructions}
          lines={4}
          maxLength={16_000}
          onSaved={(instructions) => set({ instructions })}
        />
      </section>
      <section>
        <h3>{say('settings.turns')}</h3>
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
      </section>
      <section>
        <h3>{say('settings.tasks')}</h3>
        <AgentSettings onTools={onTools} />
      </section>
      <section>
        <h3>{say('settings.sound')}</h3>
        <SoundChoice />
      </section>
      {shell === 'electron' && (
        <section>
          <h3>{say('settings.talkKeyAndStart')}</h3>
          <TextField
            label={say('settings.talkKey')}
            hint={
              state.talkKey.note === null ? say(`settings.talkKey.${state.talkKey.works}`) : told(state.talkKey.note)
            }
            value={settings.talkKey}
            maxLength={64}
            onSaved={(talkKey) => set({ talkKey })}
          />
          <Check
            label={say('settings.startAtLogin')}
            value={settings.startAtLogin}
            onChanged={(startAtLogin) => set({ startAtLogin })}
          />
        </section>
      )}
      <section>
        <h3>{say('settings.keysInWords')}</h3>
        <Check label={say('settings.hideKeys')} value={settings.hideKeys} onChanged={(hideKeys) => set({ hideKeys })} />
      </section>
      <section>
        <h3>{say('settings.appearance')}</h3>
        <Choice
          label={say('settings.colours')}
          value={settings.theme}
          options={[
            ['system', say('settings.colours.system')],
            ['light', say('settings.colours.light')],
            ['dark', say('settings.colours.dark')],
          ]}
          onChosen={(theme) => set({ theme })}
        />
        <Choice
          label={say('settings.language')}
          value={settings.windowLanguage}
          options={languageOptions(say, settings.windowLanguage)}
          onChosen={(windowLanguage) => set({ windowLanguage })}
        />
      </section>
      <p class="version">{say('settings.version', { version })}</p>
    </div>
  )
}

function VoiceField({ settings, onSet }: { settings: Settings; onSet: (voice: string) => void }) {
  const { say } = useLanguage()
  const options = voiceOptions(settings, say)
  return options === null ? (
    <TextField
      label={say('settings.voice')}
      hint={say('settings.voiceHint')}
      value={settings.voice}
      maxLength={64}
      onSaved={onSet}
    />
  ) : (
    <Choice label={say('settings.voice')} value={settings.voice} options={options} onChosen={onSet} />
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
