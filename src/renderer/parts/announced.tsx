// The regions that a screen reader reads by itself: what happened, one after another, and what the talk control is at. What
// one hears anyway is not in them.
import { useKnown, useLanguage } from '../hooks.ts'
import { statusWords } from '../talk-face.ts'

export function Announced() {
  const { say } = useLanguage()
  const announced = useKnown((known) => known.announced)
  return (
    <div class="unseen" role="log" aria-live="polite" aria-relevant="additions" aria-label={say('said.news')}>
      {announced.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}

export function TalkStatus() {
  const { say } = useLanguage()
  const status = useKnown((known) => (known.state.presence === 'speaking' ? '' : statusWords(known, say)))
  return (
    <p class="unseen" role="status" aria-label={say('said.status')}>
      {status}
    </p>
  )
}
