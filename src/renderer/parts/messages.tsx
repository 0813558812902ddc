// Short messages that go by themselves, slowly enough to be read, and stay while one is at them.
import { useEffect, useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import type { Message } from '../store.ts'
import { Icon } from './icon.tsx'

const shownMs = { note: 7_000, error: 15_000, undo: 15_000 }

export function Messages() {
  const messages = useKnown((known) => known.messages)
  return (
    <div class="messages" role="status" aria-live="polite">
      {messages.map((message) => (
        <One key={message.id} message={message} />
      ))}
    </div>
  )
}

function One({ message }: { message: Message }) {
  const app = useApp()
  const { say, told } = useLanguage()
  const [isHeld, setHeld] = useState(false)
  const { id, level, text, undo } = message
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => app.dismiss(id), undo ? shownMs.undo : shownMs[level])
    return () => clearTimeout(timer)
  }, [app, id, isHeld, level, undo])
  return (
    <div
      class={`message ${level}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusCapture={() => setHeld(true)}
      onBlurCapture={() => setHeld(false)}
    >
      <p>{told(text)}</p>
      {undo && (
        <button
          type="button"
          onClick={() => {
            app.dismiss(id)
            undo()
          }}
        >
          {say('window.undo')}
        </button>
      )}
      <button type="button" class="plain" aria-label={say('window.dismiss')} onClick={() => app.dismiss(id)}>
        <Icon name="close" />
      </button>
    </div>
  )
}
