// The first steps: which voice, do microphone and speaker work, how to talk. Every step can be left as it is.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Messages } from '../parts/messages.tsx'
import { ServiceChoice } from './service.tsx'
import { SoundChoice } from './sound.tsx'

const steps = ['voice', 'sound', 'talking'] as const

export function Welcome() {
  const app = useApp()
  const { say } = useLanguage()
  const settings = useKnown((known) => known.settings)
  const keys = useKnown((known) => known.keys)
  const [step, setStep] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  /** Chosen is another service than the one that is set. */
  const [isPending, setPending] = useState(false)
  const lacksKey = !isPending && settings.endpoint.kind === 'openai' && !keys.held.includes('openai')

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
        <ol class="steps" aria-label={say('welcome.steps')}>
          {steps.map((name, at) => (
            <li key={name} class={at <= step ? 'reached' : ''} aria-current={at === step ? 'step' : undefined}>
              {say(`welcome.step.${name}`)}
            </li>
          ))}
        </ol>
        {step === 0 && (
          <>
            <h1 ref={heading} tabIndex={-1}>
              {say('welcome.hello')}
            </h1>
            <p class="lead">{say('welcome.which')}</p>
            <ServiceChoice onPending={setPending} />
          </>
        )}
        {step === 1 && (
          <>
            <h1 ref={heading} tabIndex={-1}>
              {say('welcome.hear')}
            </h1>
            <p class="lead">{say('welcome.without')}</p>
            <SoundChoice />
          </>
        )}
        {step === 2 && (
          <>
            <h1 ref={heading} tabIndex={-1}>
              {say('welcome.how')}
            </h1>
            <p class="lead">{say('welcome.switch')}</p>
            <Ways />
          </>
        )}
        <footer>
          {step > 0 && (
            <button type="button" onClick={() => setStep(step - 1)}>
              {say('welcome.back')}
            </button>
          )}
          <button type="button" class="primary" onClick={next}>
            {say(
              step === steps.length - 1
                ? 'welcome.start'
                : lacksKey && step === 0
                  ? 'welcome.keyLater'
                  : 'welcome.continue',
            )}
          </button>
        </footer>
        <Messages />
      </div>
    </main>
  )
}

function Ways() {
  const app = useApp()
  const { say } = useLanguage()
  const state = useKnown((known) => known.state)
  const shell = useKnown((known) => known.shell)
  const settings = useKnown((known) => known.settings)
  return (
    <fieldset class="cards">
      <legend class="unseen">{say('talk.ways')}</legend>
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
            <strong>{say(mode === 'hold' ? 'talk.hold' : 'talk.handsFree')}</strong>
            <span>
              {mode === 'hold'
                ? shell === 'electron' && settings.talkKey !== ''
                  ? say('welcome.holdAnywhere', { keys: settings.talkKey.replaceAll('+', ' + ') })
                  : say('welcome.holdHere')
                : say('welcome.handsFree')}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
