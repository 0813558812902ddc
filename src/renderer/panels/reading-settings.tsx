// How the window is read: colours, size of the text, how close rows stand, what a screen reader is told, spelling.
import { textSizes } from '../commands.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Check, Choice } from './fields.tsx'

const words = {
  colours: 'Colours',
  system: 'as the system',
  light: 'light',
  dark: 'dark',
  textSize: 'Text size',
  compact: 'Compact: rows stand closer',
  announces: 'Tell my screen reader what is said, also what the voice says aloud',
  spelling: 'Mark slips of spelling in what I type',
  spellingHint: 'But on a Mac, a dictionary is fetched for it once, from Google’s servers. What you type stays here.',
}

export function ReadingSettings() {
  const app = useApp()
  const { theme, textSize, compact, announcesWords, checksSpelling } = useKnown((known) => known.settings)
  const shell = useKnown((known) => known.shell)
  const sizes = textSizes.some((one) => one === textSize)
    ? textSizes
    : [...textSizes, textSize].toSorted((one, other) => one - other)
  return (
    <>
      <Choice
        label={words.colours}
        value={theme}
        options={[
          ['system', words.system],
          ['light', words.light],
          ['dark', words.dark],
        ]}
        onChosen={(chosen) => void app.ask('settings', { theme: chosen })}
      />
      <Choice
        label={words.textSize}
        value={String(textSize)}
        options={sizes.map((size): [string, string] => [String(size), `${size} %`])}
        onChosen={(size) => void app.ask('settings', { textSize: Number(size) })}
      />
      <Check label={words.compact} value={compact} onChanged={(on) => void app.ask('settings', { compact: on })} />
      <Check
        label={words.announces}
        value={announcesWords}
        onChanged={(on) => void app.ask('settings', { announcesWords: on })}
      />
      {shell === 'electron' && (
        <>
          <Check
            label={words.spelling}
            value={checksSpelling}
            onChanged={(on) => void app.ask('settings', { checksSpelling: on })}
          />
          <p class="quiet">{words.spellingHint}</p>
        </>
      )}
    </>
  )
}
