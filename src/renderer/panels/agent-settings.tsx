// How long tasks are told and what a day may cost; the way to the tools.
import { useEffect, useState } from 'preact/hooks'
import type { Settings } from '../../core/settings.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Choice, Field } from './fields.tsx'

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
      <DailyLimit limitUsd={settings.dailyLimitUsd} onSet={(dailyLimitUsd) => set({ dailyLimitUsd })} />
      <button type="button" class="own-width" onClick={onTools}>
        Tools, folders and servers
      </button>
    </>
  )
}

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
