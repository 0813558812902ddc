// Below the captions: the talk control with what belongs to it, and the line to type in.
import { useRef, useState } from 'preact/hooks'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from './icon.tsx'
import { Talk } from './talk.tsx'

export function Dock() {
  const app = useApp()
  const { state } = useKnown()
  const isBusy = state.presence === 'speaking' || state.presence === 'thinking'
  return (
    <section class="dock" aria-label="Talk">
      <div class="controls">
        <button
          type="button"
          class="round"
          aria-pressed={state.muted}
          onClick={() => void app.ask('mute', { muted: !state.muted })}
        >
          <Icon name={state.muted ? 'muted' : 'microphone'} />
          <span>{state.muted ? 'Unmute' : 'Mute'}</span>
        </button>
        <Talk />
        <button type="button" class="round" disabled={!isBusy} onClick={() => void app.ask('hush', null)}>
          <Icon name="stop" />
          <span>Stop</span>
        </button>
      </div>
      <Mode />
      <Typing />
    </section>
  )
}

function Mode() {
  const app = useApp()
  const { mode } = useKnown().state
  const choose = (chosen: typeof mode): void => void (chosen !== mode && app.ask('mode', { mode: chosen }))
  return (
    <fieldset class="switch">
      <legend class="unseen">How to talk</legend>
      {(['hold', 'hands-free'] as const).map((one) => (
        <label key={one} class={one === mode ? 'chosen' : ''}>
          <input type="radio" name="mode" checked={one === mode} onChange={() => choose(one)} />
          <span>{one === 'hold' ? 'Hold to talk' : 'Hands-free'}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Typing() {
  const app = useApp()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
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
      <input
        id="typed"
        ref={field}
        type="text"
        autocomplete="off"
        maxLength={8000}
        placeholder="Or type here…"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" class="send" disabled={text.trim() === ''} aria-label="Send">
        <Icon name="send" />
      </button>
    </form>
  )
}
