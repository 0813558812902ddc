// What the person said and nobody answered, or took back: one key says it again.
import { useEffect } from 'preact/hooks'
import type { App } from '../actions.ts'
import { sayAgain } from '../commands.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { sameValues } from '../memo.ts'
import { Icon } from './icon.tsx'
import { waitingWords } from '../waiting-words.ts'

export function Draft() {
  const app = useApp()
  const { say } = useLanguage()
  const words = useKnown(waitingWords, sameValues)
  useTryAgainKey(app)
  return (
    <div role="status">
      {words && (
        <div class="draft">
          <p>
            <strong>{words.title}</strong>
            {words.pictures.map(({ digest, name }) => (
              <span key={digest} dir="auto">
                {name}
              </span>
            ))}
            {words.text !== '' && <span dir="auto">{say('draft.words', { words: words.text })}</span>}
          </p>
          <div class="draft-ways">
            {words.canPutBack && (
              <button type="button" onClick={() => void app.ask('put-back', null)}>
                <Icon name="undo" />
                {say('draft.putBack')}
              </button>
            )}
            {words.by === 'say' && (
              <button type="button" onClick={() => void app.ask('drop-draft', null)}>
                {say('draft.drop')}
              </button>
            )}
            <button type="button" onClick={() => sayAgain(app, words)}>
              {say(words.canPutBack ? 'draft.sayAgain' : 'draft.tryAgain')} <kbd>{say('draft.keys')}</kbd>
            </button>
          </div>
        </div>
      )}
    </div>
  )
}

/** Not a letter alone: whoever speaks to their computer would press it by accident. */
function useTryAgainKey(app: App): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
      const words = waitingWords(app.store.value())
      if (words === null) return
      event.preventDefault()
      sayAgain(app, words)
    }
    addEventListener('keydown', keyDown)
    return () => removeEventListener('keydown', keyDown)
  }, [app])
}
