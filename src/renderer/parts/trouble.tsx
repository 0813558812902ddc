// What keeps one from talking, in plain words, with the button that mends it.
import { useApp, useKnown, useLanguage, useMay } from '../hooks.ts'
import { sameValues } from '../memo.ts'
import { problemOf } from '../problem.ts'
import { Icon } from './icon.tsx'

export function Trouble({ onOpenSettings }: { onOpenSettings: () => void }) {
  const app = useApp()
  const { say } = useLanguage()
  const problem = useKnown(problemOf, sameValues)
  const mayRetry = useMay('type')
  const maySet = useMay('here')
  return (
    <div role="status">
      {problem && (
        <div class={`trouble ${problem.isMild ? 'mild' : ''}`}>
          <Icon name="warning" />
          <p>{problem.message}</p>
          {problem.next === 'retry' && mayRetry && (
            <button type="button" onClick={() => void app.ask('retry', null)}>
              {say('trouble.tryAgain')}
            </button>
          )}
          {problem.next === 'go-on' && (
            <button type="button" onClick={() => location.reload()}>
              {say('trouble.goOnHere')}
            </button>
          )}
          {problem.next === 'settings' && maySet && (
            <button type="button" onClick={onOpenSettings}>
              {say('trouble.openSettings')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
