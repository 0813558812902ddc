// How long tasks are told and what a day may cost; the way to the tools.
import { useEffect, useState } from 'preact/hooks'
import type { Settings } from '../../core/settings.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { agentModels, usualModels } from '../../core/models.ts'
import { Check, Choice, Field, TextField } from './fields.tsx'
import { effortOptions } from './speech-settings.tsx'
import { Unpriced } from './unpriced.tsx'

export function AgentSettings({ onTools }: { onTools: () => void }) {
  const app = useApp()
  const { say } = useLanguage()
  const settings = useKnown((known) => known.settings)
  const set = (some: Partial<Settings>): void => void app.ask('settings', some)
  return (
    <>
      <Choice
        label={say('tasks.whenDone')}
        value={settings.results}
        options={[
          ['speak', say('tasks.speak')],
          ['show', say('tasks.show')],
        ]}
        onChosen={(results) => set({ results })}
      />
      {settings.endpoint.kind !== 'embedded' && <AgentModel settings={settings} onSet={set} />}
      <DailyLimit limitUsd={settings.dailyLimitUsd} onSet={(dailyLimitUsd) => set({ dailyLimitUsd })} />
      <Unpriced />
      <button type="button" class="own-width" onClick={onTools}>
        {say('tasks.tools')}
      </button>
    </>
  )
}

function AgentModel({ settings, onSet }: { settings: Settings; onSet: (some: Partial<Settings>) => void }) {
  const { say } = useLanguage()
  const isOpenAi = settings.endpoint.kind === 'openai'
  return (
    <>
      <TextField
        label={say('tasks.model')}
        hint={
          isOpenAi ? say('tasks.modelUsual', { name: usualModels.agent, words: otherModels }) : say('tasks.modelVoice')
        }
        value={settings.agentModel}
        maxLength={128}
        onSaved={(agentModel) => onSet({ agentModel })}
      />
      <Choice
        label={say('tasks.thinks')}
        value={settings.agentEffort}
        options={effortOptions(say)}
        onChosen={(agentEffort) => onSet({ agentEffort })}
      />
      {isOpenAi && (
        <Check
          label={say('tasks.webSearch')}
          value={settings.webSearch}
          onChanged={(webSearch) => onSet({ webSearch })}
        />
      )}
    </>
  )
}

const otherModels = agentModels.filter((one) => one !== usualModels.agent).join(', ')

const leastUsd = 0.01
const mostUsd = 10_000

function DailyLimit({ limitUsd, onSet }: { limitUsd: number | null; onSet: (usd: number | null) => void }) {
  const { say, decimal } = useLanguage()
  const [text, setText] = useState('')
  useEffect(() => setText(limitUsd === null ? '' : String(limitUsd)), [limitUsd])
  const usd = text.trim() === '' ? null : Number(text)
  const isWrong = usd !== null && !(usd >= leastUsd && usd <= mostUsd)
  function save(): void {
    if (!isWrong && usd !== limitUsd) onSet(usd)
  }
  return (
    <Field
      label={say('tasks.limit')}
      hint={isWrong ? say('tasks.limitWrong', { amount: decimal(leastUsd), more: mostUsd }) : say('tasks.limitHint')}
    >
      {(id, hintId) => (
        <input
          id={id}
          aria-describedby={hintId}
          aria-invalid={isWrong}
          type="number"
          min={leastUsd}
          max={mostUsd}
          step="0.01"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onBlur={save}
          onKeyDown={({ key }) => {
            if (key === 'Enter') save()
          }}
        />
      )}
    </Field>
  )
}
