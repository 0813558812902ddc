// The field to type in: it grows with its lines, Enter sends, Shift+Enter begins a new line.
import { useEffect, useRef, useState } from 'preact/hooks'
import { hideKeys } from '../../core/secrets.ts'
import { useApp, useKnown, useLanguage, useMay, useStore } from '../hooks.ts'
import { AddPicture } from './add-picture.tsx'
import { Icon } from './icon.tsx'

export function Typing() {
  const app = useApp()
  const { say } = useLanguage()
  const [text, setText] = useState('')
  const [isKept, setKept] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useStore(app.draft)
  const pictures = useStore(app.pictures)
  const hides = useKnown(({ settings }) => settings.hideKeys)
  const mayType = useMay('type')
  const hasKey = hides && hideKeys(text).count > 0

  useEffect(() => {
    if (draft === null) return
    // What somebody is writing stays.
    setText((now) => (now.trim() === '' ? draft : `${now.trimEnd()} ${draft}`))
    app.draft.set(null)
    field.current?.focus()
  }, [app, draft])

  async function send(): Promise<void> {
    const words = text.trim()
    if (words === '' && pictures.length === 0) return
    setText('')
    app.pictures.set([])
    setKept(false)
    field.current?.focus()
    // What could not be said comes back, unless something else stands there by now.
    const asked = {
      text: words,
      ...(hasKey && isKept && { asTyped: true as const }),
      ...(pictures.length > 0 && { pictures: pictures.map(({ give }) => give) }),
    }
    if ((await app.ask('say', asked)).ok) return
    setText((now) => (now === '' ? words : now))
    if (app.pictures.value().length === 0) app.pictures.set(pictures)
  }

  return (
    <form
      class="typing"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {hasKey && (
        <p class="typing-note" role="status">
          {say('talk.hasKey')}
          <label>
            <input type="checkbox" checked={isKept} onInput={({ currentTarget }) => setKept(currentTarget.checked)} />
            {say('talk.sendAsTyped')}
          </label>
        </p>
      )}
      {mayType && <AddPicture />}
      <label class="unseen" for="typed">
        {say('talk.type')}
      </label>
      <textarea
        id="typed"
        ref={field}
        rows={1}
        dir="auto"
        autocomplete="off"
        maxLength={8000}
        placeholder={say(mayType ? 'talk.typeHere' : 'right.none.type')}
        disabled={!mayType}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
          // Whoever types has heard enough.
          if (app.store.value().reading !== null) void app.ask('hush', null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return
          event.preventDefault()
          void send()
        }}
      />
      <button
        type="submit"
        class="send"
        disabled={text.trim() === '' && pictures.length === 0}
        aria-label={say('talk.send')}
      >
        <Icon name="send" />
      </button>
    </form>
  )
}
