// Short messages that go by themselves, slowly enough to be read, and stay while one is at them.
import { useEffect, useRef, useState } from 'preact/hooks'
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
  const { id, level, text, undo, button, isSpoken } = message
  const came = useRef<EventTarget | null>(null)
  /** The focus goes back to where it came from, not to nowhere. */
  function dismiss(): void {
    app.dismiss(id)
    const from = came.current
    if (from instanceof HTMLElement && from.isConnected) from.focus()
  }
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => app.dismiss(id), undo ? shownMs.undo : shownMs[level])
    return () => clearTimeout(timer)
  }, [app, id, isHeld, level, undo])
  return (
    <div
      class={`message ${level}`}
      {...(isSpoken ? { 'aria-live': 'off' as const } : {})}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusCapture={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) came.current = relatedTarget
        setHeld(true)
      }}
      onBlurCapture={() => setHeld(false)}
    >
      <p>{told(text)}</p>
      {undo && (
        <button
          type="button"
          onClick={() => {
            dismiss()
            undo()
          }}
        >
          {button ?? say('window.undo')}
        </button>
      )}
      <button type="button" class="plain" aria-label={say('window.dismiss')} onClick={dismiss}>
        <Icon name="close" />
      </button>
    </div>
  )
}
