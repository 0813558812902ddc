// The big talk control: hold it or tap it to talk; where Parley listens by itself, a click pauses that or interrupts the
// voice. Its ring shows who is heard.
import { useEffect, useMemo } from 'preact/hooks'
import type { DeskState } from '../../core/ipc.ts'
import { createHold } from '../hold.ts'
import { useApp, useKnown, useStore } from '../hooks.ts'
import { talkFace } from '../talk-face.ts'
import { Icon } from './icon.tsx'
import { loudness } from './meter.tsx'

export function Talk() {
  const app = useApp()
  const { state } = useKnown()
  const face = talkFace(state)
  const hold = useMemo(() => createHold(app), [app])
  const holds = state.mode === 'hold'
  useEffect(() => () => hold.up('lost'), [hold])

  function click(isByHand: boolean): void {
    if (holds) {
      // A screen reader's click has no down and up of its own: it is a tap.
      if (!isByHand) {
        hold.down()
        hold.up('up')
      }
    } else if (state.presence === 'speaking') void app.ask('hush', null)
    else void app.ask('mute', { muted: !state.muted })
  }

  return (
    <div class={`talk ${state.presence}`}>
      <Ring presence={state.presence} />
      <button
        type="button"
        class="talk-button"
        disabled={state.microphone.type === 'missing'}
        aria-describedby="talk-status"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          if (holds) hold.down()
        }}
        onPointerUp={() => hold.up('up')}
        onPointerCancel={() => hold.up('lost')}
        onKeyDown={(event) => {
          if (!holds || (event.key !== ' ' && event.key !== 'Enter')) return
          event.preventDefault()
          hold.down()
        }}
        onKeyUp={(event) => {
          if (event.key === ' ' || event.key === 'Enter') hold.up('up')
        }}
        onBlur={() => hold.up('lost')}
        onClick={(event) => click(event.detail > 0)}
        onContextMenu={(event) => event.preventDefault()}
      >
        <Icon name={face.icon} />
        <span>{face.action}</span>
      </button>
      <p id="talk-status" class="talk-status">
        {face.status}
      </p>
    </div>
  )
}

const innerRadius = 44
const reachRadius = 5

function Ring({ presence }: { presence: DeskState['presence'] }) {
  const levels = useStore(useApp().levels)
  const level = loudness(presence === 'speaking' ? levels.speaker : levels.microphone)
  const isHeard = presence === 'speaking' || presence === 'listening' || presence === 'idle'
  return (
    <svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
      <circle class="ring-level" cx="50" cy="50" r={innerRadius + (isHeard ? level * reachRadius : 0)} />
      <circle class="ring-edge" cx="50" cy="50" r={innerRadius} />
    </svg>
  )
}
