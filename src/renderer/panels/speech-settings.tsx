// What the person speaks and how the service listens. What another server is not told unless it is set says so.
import type { Settings } from '../../core/settings.ts'
import { usualModels } from '../../core/models.ts'
import { Choice, TextField } from './fields.tsx'

const languages = [
  ['', 'Recognise it'],
  ['en', 'English'],
  ['de', 'German'],
  ['es', 'Spanish'],
  ['fr', 'French'],
  ['it', 'Italian'],
  ['ja', 'Japanese'],
  ['nl', 'Dutch'],
  ['pl', 'Polish'],
  ['pt', 'Portuguese'],
  ['zh', 'Chinese'],
] as const

export const efforts = [
  ['', 'as usual'],
  ['low', 'a little'],
  ['medium', 'in between'],
  ['high', 'hard'],
  ['xhigh', 'as hard as it can'],
] as const

const code = /^[a-z]{2,3}$/

export function listOf(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/).map((part) => part.trim()))].filter((part) => part !== '')
}

export function SpeechSettings({ settings, onSet }: { settings: Settings; onSet: (some: Partial<Settings>) => void }) {
  const { kind } = settings.endpoint
  const [first = '', ...others] = settings.languages
  return (
    <>
      <Choice
        label="You speak"
        value={first}
        options={languages.some(([one]) => one === first) ? languages : [...languages, [first, first]]}
        onChosen={(chosen) =>
          onSet({ languages: chosen === '' ? [] : [chosen, ...others.filter((one) => one !== chosen)] })
        }
      />
      {first !== '' && (
        <TextField
          label="And also"
          hint="Codes of two letters, like de, fr. Empty if that is all."
          value={others.join(', ')}
          maxLength={40}
          onSaved={(text) => onSet({ languages: [first, ...listOf(text).filter((one) => code.test(one))].slice(0, 8) })}
        />
      )}
      {kind !== 'embedded' && (
        <>
          <TextField
            label="Names and words to know"
            hint="With commas: Parley, Ada Lovelace. Told to what reads your words, where it takes them."
            value={settings.keywords.join(', ')}
            maxLength={2_000}
            onSaved={(text) => onSet({ keywords: listOf(text).slice(0, 64) })}
          />
          <TextField
            label="Model that reads your words"
            hint={kind === 'openai' ? `Empty: ${usualModels.reading}.` : 'Empty: the server’s own.'}
            value={settings.transcriptionModel}
            maxLength={128}
            onSaved={(transcriptionModel) => onSet({ transcriptionModel })}
          />
          <Choice
            label="Noise"
            value={settings.noiseReduction}
            options={[
              ['off', 'is left as it is'],
              ['near', 'is taken out, for a headset'],
              ['far', 'is taken out, for a microphone across the desk or room'],
            ]}
            onChosen={(noiseReduction) => onSet({ noiseReduction })}
          />
          <Choice
            label="The voice thinks"
            value={settings.voiceEffort}
            options={[...efforts, ['minimal', 'hardly']]}
            onChosen={(voiceEffort) => onSet({ voiceEffort })}
          />
        </>
      )}
    </>
  )
}
