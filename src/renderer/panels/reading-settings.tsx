// How the window is read: colours, language, size of the text, how close rows stand, what a screen reader is told, spelling.
import { offeredLanguages, type LanguageChoice } from '../../core/language/choice.ts'
import type { Say } from '../../core/language/messages.ts'
import { textSizes } from '../commands.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Check, Choice } from './fields.tsx'

/** One that is chosen and not offered, for looking at the window, stays chosen. */
function windowLanguageOptions(say: Say, chosen: LanguageChoice): readonly (readonly [LanguageChoice, string])[] {
  const options = [['system', say('settings.language.system')] as const, ...offeredLanguages]
  return options.some(([code]) => code === chosen) ? options : [...options, [chosen, chosen]]
}

export function ReadingSettings() {
  const app = useApp()
  const { say } = useLanguage()
  const { theme, textSize, compact, announcesWords, checksSpelling, windowLanguage } = useKnown(
    (known) => known.settings,
  )
  const shell = useKnown((known) => known.shell)
  const sizes = textSizes.some((one) => one === textSize)
    ? textSizes
    : [...textSizes, textSize].toSorted((one, other) => one - other)
  return (
    <>
      <Choice
        label={say('settings.colours')}
        value={theme}
        options={[
          ['system', say('settings.colours.system')],
          ['light', say('settings.colours.light')],
          ['dark', say('settings.colours.dark')],
        ]}
        onChosen={(chosen) => void app.ask('settings', { theme: chosen })}
      />
      <Choice
        label={say('settings.language')}
        value={windowLanguage}
        options={windowLanguageOptions(say, windowLanguage)}
        onChosen={(chosen) => void app.ask('settings', { windowLanguage: chosen })}
      />
      <Choice
        label={say('settings.textSize')}
        value={String(textSize)}
        options={sizes.map((size): [string, string] => [String(size), say('settings.size', { percent: size })])}
        onChosen={(size) => void app.ask('settings', { textSize: Number(size) })}
      />
      <Check
        label={say('settings.compact')}
        value={compact}
        onChanged={(on) => void app.ask('settings', { compact: on })}
      />
      <Check
        label={say('settings.announces')}
        value={announcesWords}
        onChanged={(on) => void app.ask('settings', { announcesWords: on })}
      />
      {shell === 'electron' && (
        <>
          <Check
            label={say('settings.spelling')}
            value={checksSpelling}
            onChanged={(on) => void app.ask('settings', { checksSpelling: on })}
          />
          <p class="quiet">{say('settings.spellingHint')}</p>
        </>
      )}
    </>
  )
}
