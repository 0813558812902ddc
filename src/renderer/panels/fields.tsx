// The pieces of forms: a labelled field with a hint, a choice, a text that is saved when one leaves it, a trial's outcome.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import type { Trial } from '../../core/trial-views.ts'
import { useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'

export function Field({
  label,
  hint,
  children,
}: {
  label: string
  hint?: string
  children: (id: string, hintId: string | undefined) => ComponentChildren
}) {
  const id = useId()
  const hintId = hint === undefined ? undefined : `${id}-hint`
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, hintId)}
      {hint !== undefined && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}

export function Choice<Value extends string>({
  label,
  hint,
  value,
  options,
  onChosen,
}: {
  label: string
  hint?: string
  value: Value
  options: readonly (readonly [value: Value, name: string])[]
  onChosen: (value: Value) => void
}) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id, hintId) => (
        <select
          id={id}
          aria-describedby={hintId}
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = options.find(([one]) => one === currentTarget.value)
            if (chosen) onChosen(chosen[0])
          }}
        >
          {options.map(([one, name]) => (
            <option key={one} value={one} selected={one === value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Saved when one leaves it or presses Enter, not with every letter; what `onSaved` answers with false is as it was before. */
export function TextField({
  label,
  hint,
  value,
  lines = 1,
  maxLength,
  onSaved,
}: {
  label: string
  hint?: string
  value: string
  lines?: number
  maxLength: number
  onSaved: (value: string) => unknown
}) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const save = (): void => {
    if (text.trim() !== value && onSaved(text.trim()) === false) setText(value)
  }
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id, hintId) =>
        lines > 1 ? (
          <textarea
            id={id}
            aria-describedby={hintId}
            rows={lines}
            maxLength={maxLength}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
            onBlur={save}
          />
        ) : (
          <input
            id={id}
            aria-describedby={hintId}
            type="text"
            autocomplete="off"
            maxLength={maxLength}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
            onBlur={save}
            onKeyDown={({ key }) => {
              if (key === 'Enter') save()
            }}
          />
        )
      }
    </Field>
  )
}

export function Check({
  label,
  value,
  onChanged,
}: {
  label: string
  value: boolean
  onChanged: (value: boolean) => void
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={({ currentTarget }) => onChanged(currentTarget.checked)} />
      {label}
    </label>
  )
}

export function TrialLine({ trial }: { trial: Trial | 'trying' | null }) {
  const { told } = useLanguage()
  return (
    <p class="trial-line" role="status">
      {trial !== null && trial !== 'trying' && (
        <span class={trial.ok ? 'good' : 'bad'}>
          <Icon name={trial.ok ? 'check' : 'warning'} />
          {told(trial.message)}
        </span>
      )}
    </p>
  )
}
