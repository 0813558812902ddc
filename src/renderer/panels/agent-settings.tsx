// How long tasks are told and what a day may cost; the way to the tools.
import { useEffect, useState } from 'preact/hooks'
import type { Settings } from '../../core/settings.ts'
import { useApp, useKnown } from '../hooks.ts'
import { agentModels, usualModels } from '../../core/models.ts'
import { Check, Choice, Field, TextField } from './fields.tsx'
import { efforts } from './speech-settings.tsx'
import { Unpriced } from './unpriced.tsx'

export function AgentSettings({ onTools }: { onTools: () => void }) {
  const app = useApp()
  const settings = useKnown((known) => known.settings)
  const set = (some: Partial<Settings>): void => void app.ask('settings', some)
  return (
    <>
      <Choice
        label="When a task is done"
        value={settings.results}
        options={[
          ['speak', 'say the result at the next pause'],
          ['show', 'only show it'],
        ]}
        onChosen={(results) => set({ results })}
      />
      {settings.endpoint.kind !== 'embedded' && <AgentModel settings={settings} onSet={set} />}
      <DailyLimit limitUsd={settings.dailyLimitUsd} onSet={(dailyLimitUsd) => set({ dailyLimitUsd })} />
      <Unpriced />
      <button type="button" class="own-width" onClick={onTools}>
        Tools, folders and servers
      </button>
    </>
  )
}

function AgentModel({ settings, onSet }: { settings: Settings; onSet: (some: Partial<Settings>) => void }) {
  const isOpenAi = settings.endpoint.kind === 'openai'
  return (
    <>
      <TextField
        label="Model for tasks"
        hint={isOpenAi ? `Empty: ${usualModels.agent}. There are also ${otherModels}.` : 'Empty: the voice’s own.'}
        value={settings.agentModel}
        maxLength={128}
        onSaved={(agentModel) => onSet({ agentModel })}
      />
      <Choice
        label="It thinks"
        value={settings.agentEffort}
        options={efforts}
        onChosen={(agentEffort) => onSet({ agentEffort })}
      />
      {isOpenAi && (
        <Check
          label="OpenAI may search the web for a task, at a cent a search"
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
  const [text, setText] = useState('')
  useEffect(() => setText(limitUsd === null ? '' : String(limitUsd)), [limitUsd])
  const usd = text.trim() === '' ? null : Number(text)
  const isWrong = usd !== null && !(usd >= leastUsd && usd <= mostUsd)
  function save(): void {
    if (!isWrong && usd !== limitUsd) onSet(usd)
  }
  return (
    <Field
      label="Limit for a day, in US dollars"
      hint={
        isWrong
          ? `Enter an amount from ${leastUsd} to ${mostUsd}, or nothing.`
          : 'Parley warns at 80 % and stops at the limit. Empty for no limit.'
      }
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
