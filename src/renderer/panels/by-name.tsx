// Called by its name: whether, by what, and for how long it stays open for more. A phrase that will not do is not kept; one can be
// tried on the spot.
import { useEffect, useState } from 'preact/hooks'
import { phrasePattern, type PhraseView } from '../../core/audio/phrase.ts'
import type { Say } from '../../core/language/messages.ts'
import { useApp, useKnown, useLanguage, useStore } from '../hooks.ts'
import { Check, Field, TextField } from './fields.tsx'

export function ByName() {
  const app = useApp()
  const { say } = useLanguage()
  const settings = useKnown((known) => known.settings)
  return (
    <>
      <Check
        label={say('settings.byName')}
        value={settings.byName}
        onChanged={(byName) => void app.ask('settings', { byName })}
      />
      <p class="hint">{say('settings.byNameHint')}</p>
      {settings.byName && <PhraseField />}
      {settings.byName && (
        <Field label={say('settings.staysOpen', { count: settings.staysOpenSeconds })}>
          {(id) => (
            <input
              id={id}
              type="range"
              min="3"
              max="60"
              step="1"
              value={settings.staysOpenSeconds}
              onChange={({ currentTarget }) =>
                void app.ask('settings', { staysOpenSeconds: Number(currentTarget.value) })
              }
            />
          )}
        </Field>
      )}
    </>
  )
}

type Judged = { type: 'seen'; view: PhraseView } | { type: 'refused'; message: string } | null

function PhraseField() {
  const app = useApp()
  const { say } = useLanguage()
  const phrase = useKnown((known) => known.settings.phrase)
  const [judged, setJudged] = useState<Judged>(null)

  async function keep(typed: string): Promise<void> {
    const refuse = (message: string): void => setJudged({ type: 'refused', message })
    if (!phrasePattern.test(typed)) {
      refuse(say('settings.phrase.letters'))
      return
    }
    const reply = await app.ask('judge-phrase', { phrase: typed })
    const view = reply.ok ? reply.value : null
    if (view === null) {
      refuse(say('settings.phrase.unknown'))
      return
    }
    if (view.verdict !== 'fine') {
      refuse(say(`settings.phrase.${view.verdict}`, { name: typed }))
      return
    }
    setJudged({ type: 'seen', view })
    if (typed !== phrase) await app.ask('settings', { phrase: typed })
  }

  useEffect(() => void keep(phrase), [])
  return (
    <>
      <TextField label={say('settings.phrase')} value={phrase} maxLength={40} onSaved={(typed) => void keep(typed)} />
      <p class={judged?.type === 'refused' ? 'bad' : 'hint'} role="status">
        {judged === null ? '' : judged.type === 'refused' ? judged.message : apartWords(judged.view, say)}
      </p>
      <PhraseTrial phrase={phrase} />
    </>
  )
}

function apartWords({ apart, nearest }: PhraseView, say: Say): string {
  if (apart >= 80 || nearest === null) return say('settings.phrase.apart.well')
  return say(apart >= 50 ? 'settings.phrase.apart.fairly' : 'settings.phrase.apart.badly', { words: nearest })
}

/** From here on it counts as called. */
const enough = 50

function PhraseTrial({ phrase }: { phrase: string }) {
  const app = useApp()
  const { say } = useLanguage()
  const [isOn, setOn] = useState(false)
  const told = useStore(app.phraseFit)
  const fit = isOn ? (told ?? 'waits') : null
  useEffect(() => () => void app.ask('try-phrase', { phrase: null }), [app])
  async function start(): Promise<void> {
    app.phraseFit.set(null)
    const reply = await app.ask('try-phrase', { phrase })
    setOn(reply.ok)
  }
  function stop(): void {
    setOn(false)
    void app.ask('try-phrase', { phrase: null })
  }
  const words =
    fit === null
      ? ''
      : fit === 'waits'
        ? say('settings.phrase.say', { name: phrase })
        : say(fit >= enough ? 'settings.phrase.heard' : 'settings.phrase.unlike')
  return (
    <div class="trial">
      <button type="button" onClick={() => (fit === null ? void start() : stop())}>
        {say(fit === null ? 'settings.phrase.try' : 'settings.phrase.stop')}
      </button>
      {typeof fit === 'number' && (
        <svg
          class="meter"
          viewBox="0 0 100 8"
          preserveAspectRatio="none"
          role="img"
          aria-label={say('settings.phrase.fit', { percent: fit })}
        >
          <rect class="meter-track" width="100" height="8" rx="4" />
          <rect class="meter-level" width={fit} height="8" rx="4" />
          <rect class="meter-mark" x={enough} width="1" height="8" />
        </svg>
      )}
      <span role="status">{words}</span>
    </div>
  )
}
