// Microphone and loudspeaker: which, and whether they work: one sees oneself and hears two notes.
import { useEffect, useState } from 'preact/hooks'
import type { Say } from '../../core/language/messages.ts'
import type { DeviceNames, Trial } from '../../core/trial-views.ts'
import { useApp, useKnown, useLanguage, useSelected } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { loudness, Meter } from '../parts/meter.tsx'
import { EchoChoice } from './echo.tsx'
import { Choice, Field, TrialLine } from './fields.tsx'

const usual = ''

export function SoundChoice() {
  const app = useApp()
  const { say } = useLanguage()
  const chosen = useKnown((known) => known.settings.outputDevice)
  return (
    <>
      <MicrophoneChoice />
      <MicrophoneTrial />
      <Choice
        label={say('sound.speaker')}
        value={chosen ?? usual}
        options={options(useDevices()?.speakers, chosen, say)}
        onChosen={(name) => void app.ask('settings', { outputDevice: name === usual ? null : name })}
      />
      <Volume />
      <SpeakerTrial />
      <EchoChoice />
    </>
  )
}

function Volume() {
  const app = useApp()
  const { say } = useLanguage()
  const volume = useKnown((known) => known.settings.outputVolume)
  return (
    <Field label={say('sound.volume', { count: volume })}>
      {(id) => (
        <input
          id={id}
          type="range"
          min="0"
          max="100"
          step="5"
          value={volume}
          onChange={({ currentTarget }) => void app.ask('settings', { outputVolume: Number(currentTarget.value) })}
        />
      )}
    </Field>
  )
}

export function MicrophoneChoice() {
  const app = useApp()
  const { say } = useLanguage()
  const chosen = useKnown((known) => known.settings.inputDevice)
  return (
    <Choice
      label={say('sound.microphone')}
      value={chosen ?? usual}
      options={options(useDevices()?.microphones, chosen, say)}
      onChosen={(name) => void app.ask('settings', { inputDevice: name === usual ? null : name })}
    />
  )
}

function useDevices(): DeviceNames | null {
  const app = useApp()
  const [names, setNames] = useState<DeviceNames | null>(null)
  useEffect(() => {
    void app.ask('devices', null).then((reply) => reply.ok && setNames(reply.value))
  }, [app])
  return names
}

/** One that is unplugged now stays chosen: it is used again when it is back. */
function options(found: readonly string[] | undefined, chosen: string | null, say: Say): [string, string][] {
  const all = new Set([...(found ?? []), ...(chosen === null ? [] : [chosen])])
  return [[usual, say('sound.systemDefault')], ...[...all].map((name): [string, string] => [name, name])]
}

export function MicrophoneTrial() {
  const app = useApp()
  const { say } = useLanguage()
  const [trial, setTrial] = useState<Trial | 'trying' | null>(null)
  async function start(): Promise<void> {
    setTrial('trying')
    const reply = await app.ask('try-microphone', { on: true })
    setTrial(reply.ok ? reply.value : null)
  }
  useEffect(() => () => void app.ask('try-microphone', { on: false }), [app])
  if (trial !== null && trial !== 'trying' && trial.ok)
    return (
      <div class="trial">
        <Meter of="microphone" label={say('sound.level')} />
        <Heard before={trial.message} />
      </div>
    )
  return (
    <div class="trial">
      <button type="button" disabled={trial === 'trying'} onClick={() => void start()}>
        <Icon name="microphone" />
        {say(trial === 'trying' ? 'sound.opening' : 'sound.testMicrophone')}
      </button>
      <TrialLine trial={trial} />
    </div>
  )
}

/** As loud as one who speaks, louder than most rooms; 0…1. */
const speech = 0.4

/** What to do, until one is heard: somebody may not see the bar. */
function Heard({ before }: { before: string }) {
  const app = useApp()
  const { say, told } = useLanguage()
  const isLoud = useSelected(app.levels, ({ microphone }) => loudness(microphone) >= speech)
  const [isHeard, setHeard] = useState(false)
  useEffect(() => {
    if (isLoud) setHeard(true)
  }, [isLoud])
  return isHeard ? (
    <TrialLine trial={{ ok: true, message: say('sound.heard') }} />
  ) : (
    <p class="trial-line" role="status">
      {told(before)}
    </p>
  )
}

export function SpeakerTrial() {
  const app = useApp()
  const { say } = useLanguage()
  const [trial, setTrial] = useState<Trial | 'trying' | null>(null)
  async function play(): Promise<void> {
    setTrial('trying')
    const reply = await app.ask('try-speaker', null)
    setTrial(reply.ok ? reply.value : null)
  }
  return (
    <div class="trial">
      <button type="button" disabled={trial === 'trying'} onClick={() => void play()}>
        <Icon name="speaker" />
        {say(trial === 'trying' ? 'sound.playing' : 'sound.testSpeaker')}
      </button>
      <TrialLine trial={trial} />
    </div>
  )
}
