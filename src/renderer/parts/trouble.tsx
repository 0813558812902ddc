// What keeps one from talking, in plain words, with the button that mends it.
import { useApp, useKnown } from '../hooks.ts'
import { sameValues } from '../memo.ts'
import { problemOf } from '../problem.ts'
import { Icon } from './icon.tsx'

export function Trouble({ onOpenSettings }: { onOpenSettings: () => void }) {
  const app = useApp()
  const problem = useKnown(problemOf, sameValues)
  return (
    <div role="status">
      {problem && (
        <div class={`trouble ${problem.isMild ? 'mild' : ''}`}>
          <Icon name="warning" />
          <p>{problem.message}</p>
          {problem.next === 'retry' && (
            <button type="button" onClick={() => void app.ask('retry', null)}>
              Try again
            </button>
          )}
          {problem.next === 'settings' && (
            <button type="button" onClick={onOpenSettings}>
              Open settings
            </button>
          )}
        </div>
      )}
    </div>
  )
}
