// Everything that can be set. A change holds at once; there is no save button.
import { useApp, useKnown } from '../hooks.ts'
import type { Settings } from '../../core/settings.ts'
import { AgentSettings } from './agent-settings.tsx'
import { Check, Choice, Field, TextField } from './fields.tsx'
import { ServiceChoice } from './service.tsx'
import { SoundChoice } from './sound.tsx'
import { SpeechSettings } from './speech-settings.tsx'
import { voiceOptions } from '../voices.ts'
import { WayOutChoice } from './way-out.tsx'

export function SettingsPanel({ onTools }: { onTools: () => void }) {
  const app = useApp()
  const settings = useKnown((known) => known.settings)
  const shell = useKnown((known) => known.shell)
  const state = useKnown((known) => known.state)
  const version = useKnown((known) => known.version)
  const set = (some: Partial<Settings>): void => void app.ask('settings', some)
  return (
    <div class="settings">
      <section>
        <h3>Voice service</h3>
        <ServiceChoice />
        {settings.endpoint.kind !== 'embedded' && (
          <TextField
            label="Model"
            value={settings.endpoint.model}
            maxLength={128}
            onSaved={(model) => model !== '' && set({ endpoint: { ...settings.endpoint, model } })}
          />
        )}
      </section>
      <section>
        <h3>Way to the network</h3>
        <WayOutChoice />
      </section>
      <section>
        <h3>Voice</h3>
        <VoiceField settings={settings} onSet={(voice) => set({ voice })} />
        <Speed speed={settings.speed} onSet={(speed) => set({ speed })} />
        <SpeechSettings settings={settings} onSet={set} />
        <TextField
          label="How Parley should be"
          hint="For example: Be brief. Call me Ada. It holds from the next session on, which begins now."
          value={settings.instructions}
          lines={4}
          maxLength={16_000}
          onSaved={(instructions) => set({ instructions })}
        />
      </section>
      <section>
        <h3>Taking turns</h3>
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
      </section>
      <section>
        <h3>Tasks and tools</h3>
        <AgentSettings onTools={onTools} />
      </section>
      <section>
        <h3>Sound</h3>
        <SoundChoice />
      </section>
      {shell === 'electron' && (
        <section>
          <h3>Talk key and start</h3>
          <TextField
            label="Talk key in every program"
            hint={state.talkKey.note ?? talkKeyHint(state.talkKey.works)}
            value={settings.talkKey}
            maxLength={64}
            onSaved={(talkKey) => set({ talkKey })}
          />
          <Check
            label="Start Parley when I log in"
            value={settings.startAtLogin}
            onChanged={(startAtLogin) => set({ startAtLogin })}
          />
        </section>
      )}
      <section>
        <h3>Keys in what you say</h3>
        <Check
          label="Hide what looks like a key before it is kept"
          value={settings.hideKeys}
          onChanged={(hideKeys) => set({ hideKeys })}
        />
      </section>
      <section>
        <h3>Appearance</h3>
        <Choice
          label="Colours"
          value={settings.theme}
          options={[
            ['system', 'as the system'],
            ['light', 'light'],
            ['dark', 'dark'],
          ]}
          onChosen={(theme) => set({ theme })}
        />
      </section>
      <p class="version">Parley {version}</p>
    </div>
  )
}

function talkKeyHint(works: 'hold' | 'toggle' | 'none'): string {
  switch (works) {
    case 'hold':
      return 'Hold it to talk, tap it to keep talking.'
    case 'toggle':
      return 'Press it to talk and again to send: this system does not tell when a key is let go.'
    case 'none':
      return 'No key is in force outside this window.'
  }
}

function VoiceField({ settings, onSet }: { settings: Settings; onSet: (voice: string) => void }) {
  const options = voiceOptions(settings)
  return options === null ? (
    <TextField
      label="Voice"
      hint="As the server calls it. Empty for the usual one."
      value={settings.voice}
      maxLength={64}
      onSaved={onSet}
    />
  ) : (
    <Choice label="Voice" value={settings.voice} options={options} onChosen={onSet} />
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
