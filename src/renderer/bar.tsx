// What the small bar over other windows shows: what is going on, how loud it is, the newest words of both sides, a question that waits
// for its answer in the window, and how to stop the voice and the microphone. It can't be typed into and answers nothing.
import { useEffect } from 'preact/hooks'
import type { AppState } from '../core/ipc.ts'
import { LanguageContext, useApp, useCaption, useKnown, useLanguage, useStore } from './hooks.ts'
import { Icon } from './parts/icon.tsx'
import { Meter } from './parts/meter.tsx'
import { languageOf } from './store.ts'
import { talkFace } from './talk-face.ts'

export function Bar() {
  const language = useKnown(languageOf)
  const theme = useKnown((known) => known.settings.theme)
  useEffect(() => {
    document.documentElement.lang = language.locale
    document.documentElement.dir = language.direction
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [language, theme])
  return (
    <LanguageContext.Provider value={language}>
      <Whole />
    </LanguageContext.Provider>
  )
}

function Whole() {
  const app = useApp()
  const { say, wording } = useLanguage()
  const state: AppState = useKnown((known) => known.state)
  const question = useKnown((known) => known.approvals[0]?.wording ?? null)
  const isSounding = state.presence === 'speaking' || state.presence === 'thinking'
  return (
    <main class={`bar ${state.presence} ${state.talking === 'up' ? '' : 'talking'}`}>
      <div class="bar-head">
        <span class="bar-mark" />
        <p role="status">{talkFace(state, say).status}</p>
        <Meter of={state.presence === 'speaking' ? 'speaker' : 'microphone'} label={say('bar.level')} />
        <button
          type="button"
          disabled={!isSounding}
          title={say('talk.interrupt')}
          onClick={() => void app.ask('hush', null)}
        >
          <Icon name="stop" />
          <span class="unseen">{say('talk.interrupt')}</span>
        </button>
        <button
          type="button"
          aria-pressed={state.muted}
          title={say('talk.mute')}
          onClick={() => void app.ask('mute', { muted: !state.muted })}
        >
          <Icon name={state.muted ? 'muted' : 'microphone'} />
          <span class="unseen">{say('talk.mute')}</span>
        </button>
      </div>
      {question === null ? (
        <>
          <Said role="user" />
          <Said role="assistant" />
        </>
      ) : (
        <p class="bar-question" dir="auto">
          <strong>{say('bar.asks')}</strong> {wording(question)}
        </p>
      )}
    </main>
  )
}

/** The newest words of one side, their end where they are long. */
function Said({ role }: { role: 'user' | 'assistant' }) {
  const { say } = useLanguage()
  const coming = useStore(useApp().speech.coming).findLast((one) => one.role === role)
  const last = useKnown(({ conversation }) => conversation.turns.findLast((turn) => turn.role === role)?.text ?? '')
  const early = useCaption(coming?.item ?? '')
  const words = early === '' ? last : early
  return (
    <p class={`bar-said ${role}`} dir="auto">
      <span class="unseen">{say(role === 'user' ? 'said.you' : 'said.parley')}</span>
      <bdi>{words}</bdi>
    </p>
  )
}
