// The talk control: hold it or tap it to talk; where Parley listens by itself, it mutes that.
import { useEffect, useMemo } from 'preact/hooks'
import { createHold } from '../hold.ts'
import { useApp, useKnown, useLanguage, useMay } from '../hooks.ts'
import { talkFace } from '../talk-face.ts'
import { Icon } from './icon.tsx'

export function Talk() {
  const app = useApp()
  const state = useKnown((known) => known.state)
  const { say } = useLanguage()
  const face = talkFace(state, say)
  const hold = useMemo(() => createHold(app), [app])
  const holds = state.mode === 'hold'
  const mayTalk = useMay('talk')
  useEffect(() => () => hold.up('lost'), [hold])

  function click(isByHand: boolean): void {
    if (!holds) void app.ask('mute', { muted: !state.muted })
    else if (!isByHand) {
      // A screen reader's click has no down and up of its own: it is a tap.
      hold.down()
      hold.up('up')
    }
  }

  return (
    <button
      type="button"
      class={`talk talk-button ${state.presence}`}
      disabled={state.microphone.type === 'missing' || !mayTalk}
      aria-describedby="talk-status"
      {...(face.pressed === null ? {} : { 'aria-pressed': face.pressed })}
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
  )
}
