// The microphone and the voice model in use, by name, and the way to change them where one is.
import { useId, useRef, useState } from 'preact/hooks'
import { useApp, useKnown } from '../hooks.ts'
import { Choice } from '../panels/fields.tsx'
import { MicrophoneChoice } from '../panels/sound.tsx'
import { modelChoices, modelName } from '../models.ts'
import { Icon } from './icon.tsx'

export function Setup({ onSettings }: { onSettings: () => void }) {
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
        <span class="unseen">Microphone and voice: </span>
        <span class="setup-names">
          <bdi>{device ?? 'System microphone'}</bdi>
          <bdi>{modelName(endpoint)}</bdi>
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
              All settings
            </button>
          </>
        )}
      </div>
    </>
  )
}

function ModelChoice() {
  const app = useApp()
  const endpoint = useKnown((known) => known.settings.endpoint)
  const choices = modelChoices(endpoint)
  return (
    <Choice
      label="Voice model"
      value={modelName(endpoint)}
      options={choices.map((choice) => [modelName(choice), modelName(choice)])}
      onChosen={(name) => {
        const chosen = choices.find((choice) => modelName(choice) === name)
        if (chosen) void app.ask('settings', { endpoint: chosen, voice: '' })
      }}
    />
  )
}
