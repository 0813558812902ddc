// Below the transcript, in one row: the talk control, what is going on, how one talks, and the field to type in.
import { useApp, useKnown, useLanguage, useMay } from '../hooks.ts'
import { statusWords } from '../talk-face.ts'
import { TalkStatus } from './announced.tsx'
import { FloorLine } from './floor-line.tsx'
import { Icon } from './icon.tsx'
import { OpenRing } from './open-ring.tsx'
import { Talk } from './talk.tsx'
import { Typing } from './typing.tsx'
import { Wave } from './wave.tsx'

export function Dock() {
  const app = useApp()
  const { say } = useLanguage()
  const state = useKnown((known) => known.state)
  const mayStop = useMay('type')
  const mayTalk = useMay('talk')
  const status = useKnown((known) => statusWords(known, say))
  const isBusy = state.presence === 'speaking' || state.presence === 'thinking'
  return (
    <section class={`dock ${state.presence} ${state.talking === 'up' ? '' : 'talking'}`} aria-label={say('talk.area')}>
      <div class="dock-talk">
        <Talk />
        <button
          type="button"
          class={`interrupt ${isBusy ? 'busy' : ''}`}
          disabled={!isBusy || !mayStop}
          onClick={() => void app.ask('hush', null)}
        >
          <Icon name="stop" />
          <span>{say('talk.interrupt')}</span>
        </button>
        {state.mode === 'hold' && mayTalk && (
          <button
            type="button"
            class="mute"
            aria-pressed={state.muted}
            onClick={() => void app.ask('mute', { muted: !state.muted })}
          >
            <Icon name="muted" />
            <span>{say('talk.mute')}</span>
          </button>
        )}
      </div>
      <div class="dock-status">
        <Wave />
        <p id="talk-status" class="talk-status">
          {mayTalk ? status : say('right.none.talk')}
        </p>
        <OpenRing />
        <TalkStatus />
      </div>
      <FloorLine />
      <Typing />
      {mayTalk && <Mode />}
    </section>
  )
}

const wayNames = { hold: 'talk.holdMode', 'hands-free': 'talk.handsFree', 'by-name': 'talk.byName' } as const

function Mode() {
  const app = useApp()
  const { say } = useLanguage()
  const mode = useKnown((known) => known.state.mode)
  const choose = (chosen: typeof mode): void => void (chosen !== mode && app.ask('mode', { mode: chosen }))
  return (
    <fieldset class="switch">
      <legend class="unseen">{say('talk.ways')}</legend>
      {(['hold', 'hands-free', 'by-name'] as const).map((one) => (
        <label key={one} class={one === mode ? 'chosen' : ''}>
          <input type="radio" name="mode" checked={one === mode} onChange={() => choose(one)} />
          <span>{say(wayNames[one])}</span>
        </label>
      ))}
    </fieldset>
  )
}
