// The field to type in: it grows with its lines, Enter sends, Shift+Enter begins a new line.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp, useStore } from '../hooks.ts'
import { Icon } from './icon.tsx'

export function Typing() {
  const app = useApp()
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useStore(app.draft)

  useEffect(() => {
    if (draft === null) return
    setText(draft)
    app.draft.set(null)
    field.current?.focus()
  }, [app, draft])

  async function send(): Promise<void> {
    const words = text.trim()
    if (words === '') return
    setText('')
    field.current?.focus()
    // What could not be said comes back, unless something else stands there by now.
    if (!(await app.ask('say', { text: words })).ok) setText((now) => (now === '' ? words : now))
  }

  return (
    <form
      class="typing"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label class="unseen" for="typed">
        Type instead of talking
      </label>
      <textarea
        id="typed"
        ref={field}
        rows={1}
        dir="auto"
        autocomplete="off"
        maxLength={8000}
        placeholder="Type…"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return
          event.preventDefault()
          void send()
        }}
      />
      <button type="submit" class="send" disabled={text.trim() === ''} aria-label="Send">
        <Icon name="send" />
      </button>
    </form>
  )
}
