// The microphone and the voice model in use, by name, and the way to change them where one is.
import { useId, useRef, useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Choice } from '../panels/fields.tsx'
import { MicrophoneChoice } from '../panels/sound.tsx'
import { modelChoices, modelName } from '../models.ts'
import { Icon } from './icon.tsx'

export function Setup({ onSettings }: { onSettings: () => void }) {
  const { say } = useLanguage()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const device = useKnown((known) => known.settings.inputDevice)
  const endpoint = useKnown((known) => known.settings.endpoint)
  return (
    <>
      <button
        type="button"
        class="plain setup"
        aria-expanded={isOpen}
        popovertarget={id}
        style={{ anchorName: `--${id}` }}
      >
        <Icon name="microphone" />
        <span class="unseen">{say('window.microphoneAndVoice')}</span>
        <span class="setup-names">
          <bdi>{device ?? say('window.systemMicrophone')}</bdi>
          <bdi>{modelName(endpoint, say)}</bdi>
        </span>
      </button>
      <div
        id={id}
        ref={box}
        class="setup-box"
        popover="auto"
        style={{ positionAnchor: `--${id}` }}
        onToggle={() => setOpen(box.current?.matches(':popover-open') === true)}
      >
        {isOpen && (
          <>
            <MicrophoneChoice />
            <ModelChoice />
            <button
              type="button"
              onClick={() => {
                box.current?.hidePopover()
                onSettings()
              }}
            >
              {say('window.allSettings')}
            </button>
          </>
        )}
      </div>
    </>
  )
}

function ModelChoice() {
  const app = useApp()
  const { say } = useLanguage()
  const endpoint = useKnown((known) => known.settings.endpoint)
  const choices = modelChoices(endpoint, say)
  return (
    <Choice
      label={say('window.voiceModel')}
      value={modelName(endpoint, say)}
      options={choices.map((choice) => [modelName(choice, say), modelName(choice, say)])}
      onChosen={(name) => {
        const chosen = choices.find((choice) => modelName(choice, say) === name)
        if (chosen) void app.ask('settings', { endpoint: chosen, voice: '' })
      }}
    />
  )
}
