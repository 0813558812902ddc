// What the person speaks and how the service listens. What another server is not told unless it is set says so.
import type { Settings } from '../../core/settings.ts'
import { usualModels } from '../../core/models.ts'
import type { Say } from '../../core/language/messages.ts'
import { useLanguage } from '../hooks.ts'
import { languageHint, languageOptions } from '../languages.ts'
import { Choice, TextField } from './fields.tsx'

/** How long is thought before anything is said. */
export function effortOptions(say: Say) {
  return [
    ['', say('effort.usual')],
    ['low', say('effort.low')],
    ['medium', say('effort.medium')],
    ['high', say('effort.high')],
    ['xhigh', say('effort.xhigh')],
  ] as const
}

const code = /^[a-z]{2,3}$/

export function listOf(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/).map((part) => part.trim()))].filter((part) => part !== '')
}

export function SpeechSettings({ settings, onSet }: { settings: Settings; onSet: (some: Partial<Settings>) => void }) {
  const language = useLanguage()
  const { say } = language
  const { kind } = settings.endpoint
  const hint = languageHint(settings, say)
  const [first = '', ...others] = settings.languages
  return (
    <>
      <Choice
        label={say('settings.youSpeak')}
        {...(hint === undefined ? {} : { hint })}
        value={first}
        options={languageOptions({ endpoint: settings.endpoint, language: first === '' ? null : first }, language)}
        onChosen={(chosen) =>
          onSet({ languages: chosen === '' ? [] : [chosen, ...others.filter((one) => one !== chosen)] })
        }
      />
      {first !== '' && (
        <TextField
          label={say('tongue.others')}
          hint={say('tongue.othersHint')}
          value={others.join(', ')}
          maxLength={40}
          onSaved={(text) => onSet({ languages: [first, ...listOf(text).filter((one) => code.test(one))].slice(0, 8) })}
        />
      )}
      {kind !== 'embedded' && (
        <>
          <TextField
            label={say('speech.keywords')}
            hint={say('speech.keywordsHint')}
            value={settings.keywords.join(', ')}
            maxLength={2_000}
            onSaved={(text) => onSet({ keywords: listOf(text).slice(0, 64) })}
          />
          <TextField
            label={say('speech.reading')}
            hint={
              kind === 'openai'
                ? say('speech.readingUsual', { name: usualModels.reading })
                : say('speech.readingServer')
            }
            value={settings.transcriptionModel}
            maxLength={128}
            onSaved={(transcriptionModel) => onSet({ transcriptionModel })}
          />
          <Choice
            label={say('speech.noise')}
            value={settings.noiseReduction}
            options={[
              ['off', say('speech.noise.off')],
              ['near', say('speech.noise.near')],
              ['far', say('speech.noise.far')],
            ]}
            onChosen={(noiseReduction) => onSet({ noiseReduction })}
          />
          <Choice
            label={say('speech.voiceThinks')}
            value={settings.voiceEffort}
            options={[...effortOptions(say), ['minimal', say('effort.minimal')]]}
            onChosen={(voiceEffort) => onSet({ voiceEffort })}
          />
        </>
      )}
    </>
  )
}
