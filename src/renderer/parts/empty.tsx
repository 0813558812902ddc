// What stands where nothing was said yet.
import { useKnown, useLanguage } from '../hooks.ts'

export function Empty() {
  const { say } = useLanguage()
  const state = useKnown((known) => known.state)
  return (
    <div class="empty">
      <h2>{say('empty.title')}</h2>
      <p>
        {state.microphone.type === 'missing'
          ? say('empty.deaf')
          : state.mode === 'hold'
            ? say('empty.hold')
            : say('empty.handsFree')}
      </p>
      <ul class="ideas" aria-label={say('empty.ideas')}>
        <li>{say('empty.idea.sum')}</li>
        <li>{say('empty.idea.reminder')}</li>
        <li>{say('empty.idea.date')}</li>
      </ul>
    </div>
  )
}
