// What stands where nothing was said yet: how to begin, and questions that are asked by a press.
import { languageFor } from '../../core/language/language.ts'
import { useApp, useKnown, useLanguage, useMay } from '../hooks.ts'

/** Each is asked in the words in which it stands there: of the built-in voice in English, which is all that it understands. */
const ideas = ['empty.idea.sum', 'empty.idea.reminder', 'empty.idea.date'] as const

export function Empty() {
  const app = useApp()
  const mayType = useMay('type')
  const isHere = useMay('here')
  const language = useLanguage()
  const { say } = language
  const isBuiltIn = useKnown((known) => known.settings.endpoint.kind === 'embedded')
  const spoken = isBuiltIn ? languageFor('en', []) : language
  const state = useKnown((known) => known.state)
  return (
    <div class="empty">
      <h2>{say('empty.title')}</h2>
      <p>
        {!isHere
          ? say('empty.elsewhere')
          : state.microphone.type === 'missing'
            ? say('empty.deaf')
            : state.mode === 'hold'
              ? say('empty.hold')
              : state.named
                ? say('empty.byName', { name: state.named.phrase })
                : say('empty.handsFree')}
      </p>
      <ul class="ideas" lang={spoken.locale} dir={spoken.direction} aria-label={say('empty.ideas')}>
        {ideas.map((idea) => (
          <li key={idea}>
            <button type="button" disabled={!mayType} onClick={() => void app.ask('say', { text: spoken.say(idea) })}>
              {spoken.say(idea)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
