// Which voice speaks: chosen from those that the service is known to have, or typed, and heard before one decides.
import { useState } from 'preact/hooks'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { voiceOptions } from '../voices.ts'
import { Choice, TextField } from './fields.tsx'

const words = {
  label: 'Voice',
  hint: 'As the server calls it. Empty for the usual one.',
  hear: 'Hear it',
  hearing: 'Asking the voice…',
}

export function VoiceField() {
  const app = useApp()
  const settings = useKnown((known) => known.settings)
  const [isAsking, setAsking] = useState(false)
  const options = voiceOptions(settings)
  const set = (voice: string): void => void app.ask('settings', { voice })

  async function hear(): Promise<void> {
    if (isAsking) return
    setAsking(true)
    await app.ask('preview-voice', { voice: settings.voice })
    setAsking(false)
  }

  return (
    <>
      {options === null ? (
        <TextField label={words.label} hint={words.hint} value={settings.voice} maxLength={64} onSaved={set} />
      ) : (
        <Choice label={words.label} value={settings.voice} options={options} onChosen={set} />
      )}
      <button type="button" class="own-width" aria-disabled={isAsking} onClick={() => void hear()}>
        <Icon name="speaker" />
        {isAsking ? words.hearing : words.hear}
      </button>
    </>
  )
}
