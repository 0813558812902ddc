// What stands where nothing was said yet.
import { useKnown } from '../hooks.ts'

export function Empty() {
  const state = useKnown((known) => known.state)
  return (
    <div class="empty">
      <h2>What’s on your mind?</h2>
      <p>
        {state.microphone.type === 'missing'
          ? 'Type below: Parley answers aloud and in writing.'
          : state.mode === 'hold'
            ? 'Hold the button or the space bar and talk. Let go when you are done.'
            : 'Just talk. Parley hears when you are done.'}
      </p>
      <ul class="ideas" aria-label="Things to try">
        <li>“What is seventeen times twenty-four?”</li>
        <li>“Remind me in ten minutes to call Ada.”</li>
        <li>“How many days are there until New Year?”</li>
      </ul>
    </div>
  )
}
