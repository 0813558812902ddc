// The first steps: which voice, do microphone and speaker work, how to talk. Every step can be left as it is.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Messages } from '../parts/messages.tsx'
import { ServiceChoice } from './service.tsx'
import { SoundChoice } from './sound.tsx'

const steps = ['Voice', 'Sound', 'Talking'] as const

export function Welcome() {
  const app = useApp()
  const settings = useKnown((known) => known.settings)
  const keys = useKnown((known) => known.keys)
  const [step, setStep] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  const lacksKey = settings.endpoint.kind === 'openai' && !keys.held.includes('openai')

  // Before the step is painted: later it would take the focus from somebody who is quick with the keyboard.
  useLayoutEffect(() => {
    if (!isFirst.current) heading.current?.focus()
    isFirst.current = false
  }, [step])

  function next(): void {
    if (step < steps.length - 1) setStep(step + 1)
    else void app.ask('settings', { isSetUp: true })
  }

  return (
    <main class="welcome">
      <div class="welcome-card">
        <ol class="steps" aria-label="First steps">
          {steps.map((name, at) => (
            <li key={name} class={at <= step ? 'reached' : ''} aria-current={at === step ? 'step' : undefined}>
              {name}
            </li>
          ))}
        </ol>
        {step === 0 && (
          <>
            <h1 ref={heading} tabIndex={-1}>
              Hello. I’m Parley.
            </h1>
            <p class="lead">A voice companion that remembers. Which voice shall I use? You can change it any time.</p>
            <ServiceChoice />
          </>
        )}
        {step === 1 && (
          <>
            <h1 ref={heading} tabIndex={-1}>
              Can we hear each other?
            </h1>
            <p class="lead">Without a microphone you can type, and without a speaker you can read.</p>
            <SoundChoice />
          </>
        )}
        {step === 2 && (
          <>
            <h1 ref={heading} tabIndex={-1}>
              How do you like to talk?
            </h1>
            <p class="lead">You can switch below the conversation at any moment.</p>
            <Ways />
          </>
        )}
        <footer>
          {step > 0 && (
            <button type="button" onClick={() => setStep(step - 1)}>
              Back
            </button>
          )}
          <button type="button" class="primary" onClick={next}>
            {step === steps.length - 1 ? 'Start talking' : lacksKey && step === 0 ? 'Add the key later' : 'Continue'}
          </button>
        </footer>
        <Messages />
      </div>
    </main>
  )
}

function Ways() {
  const app = useApp()
  const state = useKnown((known) => known.state)
  const shell = useKnown((known) => known.shell)
  const settings = useKnown((known) => known.settings)
  return (
    <fieldset class="cards">
      <legend class="unseen">How to talk</legend>
      {(['hands-free', 'hold'] as const).map((mode) => (
        <label key={mode} class={`card ${state.mode === mode ? 'chosen' : ''}`}>
          <input
            type="radio"
            name="way"
            checked={state.mode === mode}
            onChange={() => void app.ask('mode', { mode })}
          />
          <Icon name={mode === 'hold' ? 'microphone' : 'speaker'} />
          <span class="card-words">
            <strong>{mode === 'hold' ? 'Hold to talk' : 'Hands-free'}</strong>
            <span>
              {mode === 'hold'
                ? shell === 'electron' && settings.talkKey !== ''
                  ? `Hold ${settings.talkKey.replaceAll('+', ' + ')} anywhere, or Space here. A tap keeps it on.`
                  : 'Hold the big button or Space. A tap keeps it on.'
                : 'Just talk. I hear when you are done, and you can interrupt me.'}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
