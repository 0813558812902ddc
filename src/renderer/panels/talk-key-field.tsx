// The talk key: pressed once to record it, or typed. What typing would set off is refused with the reason.
import { useEffect, useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { pressedTalkKey, readTalkKey } from '../talk-key-words.ts'
import { Field } from './fields.tsx'

export function TalkKeyField() {
  const app = useApp()
  const { say, told } = useLanguage()
  const saved = useKnown((known) => known.settings.talkKey)
  const { works, note } = useKnown((known) => known.state.talkKey)
  const [text, setText] = useState(saved)
  const [why, setWhy] = useState<string | null>(null)
  const [isRecording, setRecording] = useState(false)
  useEffect(() => setText(saved), [saved])

  function take(typed: string): void {
    const read = readTalkKey(typed, say)
    setWhy(read.type === 'refused' ? read.why : null)
    if (read.type === 'refused') return setText(typed)
    setText(read.keys)
    if (read.keys !== saved) void app.ask('settings', { talkKey: read.keys })
  }
  function press(event: KeyboardEvent): void {
    if (!isRecording || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const isEscape = event.key === 'Escape' && !event.ctrlKey && !event.altKey && !event.metaKey
    const keys = isEscape ? null : pressedTalkKey(event)
    if (keys === null && !isEscape) return
    setRecording(false)
    if (keys !== null) take(keys)
  }

  const state = note === null ? say(`settings.talkKey.${works}`) : told(note)
  const hint = isRecording ? say('settings.talkKey.cancel') : state
  return (
    <Field label={say('settings.talkKey')} hint={hint}>
      {(id, hintId) => (
        <>
          <div class="with-button">
            <input
              id={id}
              aria-describedby={why === null ? hintId : `${id}-why`}
              aria-invalid={why !== null}
              type="text"
              autocomplete="off"
              spellcheck={false}
              maxLength={64}
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
              onBlur={() => text.trim() !== saved && take(text)}
              onKeyDown={({ key }) => {
                if (key === 'Enter') take(text)
              }}
            />
            <button
              type="button"
              aria-pressed={isRecording}
              onClick={() => setRecording(true)}
              onKeyDown={press}
              onKeyUp={(event) => isRecording && event.preventDefault()}
              onBlur={() => setRecording(false)}
            >
              {say(isRecording ? 'settings.talkKey.recording' : 'settings.talkKey.record')}
            </button>
          </div>
          <p class="field-wrong" id={`${id}-why`} role="status">
            {why}
          </p>
        </>
      )}
    </Field>
  )
}
