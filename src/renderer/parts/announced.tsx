// The regions that a screen reader reads by itself: what happened, one after another, and what the talk control is at. What
// one hears anyway is not in them.
import { useKnown } from '../hooks.ts'
import { talkFace } from '../talk-face.ts'

export function Announced() {
  const announced = useKnown((known) => known.announced)
  return (
    <div class="unseen" role="log" aria-live="polite" aria-relevant="additions" aria-label="News">
      {announced.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}

export function TalkStatus() {
  const status = useKnown(({ state }) => (state.presence === 'speaking' ? '' : talkFace(state).status))
  return (
    <p class="unseen" role="status" aria-label="Talk status">
      {status}
    </p>
  )
}
