// What stands where nothing was said yet: how to begin, and questions that are asked by a press.
import { useApp, useKnown } from '../hooks.ts'

const ideas = [
  'What is seventeen times twenty-four?',
  'Remind me in ten minutes to call Ada.',
  'How many days are there until New Year?',
] as const

export function Empty() {
  const app = useApp()
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
        {ideas.map((idea) => (
          <li key={idea}>
            <button type="button" onClick={() => void app.ask('say', { text: idea })}>
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
