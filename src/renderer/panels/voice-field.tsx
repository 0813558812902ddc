// Which voice speaks: chosen from those that the service is known to have, or typed, and heard before one decides.
import { useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { voiceOptions } from '../voices.ts'
import { Choice, TextField } from './fields.tsx'

export function VoiceField() {
  const app = useApp()
  const { say } = useLanguage()
  const settings = useKnown((known) => known.settings)
  const isRead = useKnown(({ reading }) => reading === 'voice')
  const [isAsking, setAsking] = useState(false)
  const options = voiceOptions(settings, say)
  const set = (voice: string): void => void app.ask('settings', { voice })

  const isSounding = isRead && !isAsking

  async function hear(): Promise<void> {
    if (isSounding) return void app.ask('hush', null)
    if (isAsking) return
    setAsking(true)
    await app.ask('preview-voice', { voice: settings.voice })
    setAsking(false)
  }

  return (
    <>
      {options === null ? (
        <TextField
          label={say('settings.voice')}
          hint={say('settings.voiceHint')}
          value={settings.voice}
          maxLength={64}
          onSaved={set}
        />
      ) : (
        <Choice label={say('settings.voice')} value={settings.voice} options={options} onChosen={set} />
      )}
      <button type="button" class="own-width" aria-disabled={isAsking} onClick={() => void hear()}>
        <Icon name={isSounding ? 'stop' : 'speaker'} />
        {say(isAsking ? 'settings.hearing' : isSounding ? 'turn.stopReading' : 'settings.hear')}
      </button>
    </>
  )
}
