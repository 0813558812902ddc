// What keeps one from talking, in plain words, with the button that mends it.
import { useApp, useKnown } from '../hooks.ts'
import type { Known } from '../store.ts'
import { Icon } from './icon.tsx'

interface Problem {
  message: string
  next: 'retry' | 'settings' | null
}

export function problemOf({ reach, state }: Known): Problem | null {
  const { line, microphone, speaker, unsaved } = state
  if (reach === 'lost')
    return { message: 'Parley does not answer. Start it again; this page goes on by itself.', next: null }
  if (line.type === 'refused') return { message: line.message, next: line.remedy === 'quota' ? 'retry' : 'settings' }
  if (unsaved)
    return {
      message: 'The disk takes nothing more. What is said is kept for now; free some space and it is saved by itself.',
      next: null,
    }
  if (microphone.type === 'missing') return { message: microphone.message, next: 'retry' }
  if (speaker.type === 'missing')
    return { message: `${speaker.message} Answers are shown in writing meanwhile.`, next: 'retry' }
  if (line.type === 'waiting' && line.attempt > 2)
    return { message: `The voice can’t be reached (${line.cause}). Parley goes on trying.`, next: 'retry' }
  return null
}

export function Trouble({ onOpenSettings }: { onOpenSettings: () => void }) {
  const app = useApp()
  const problem = problemOf(useKnown())
  return (
    <div role="alert">
      {problem && (
        <div class="trouble">
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
