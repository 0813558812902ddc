// A line of text with the button that takes it, and the form around them.
import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import { Field } from './fields.tsx'

/** @param props `action`: what the button says; `isBusy`: it is being taken, so that the button can be reached and does nothing */
export function LineField(props: {
  label: string
  hint: string
  action: string
  disabled: boolean
  isBusy?: boolean
  value: string
  onInput: (value: string) => void
  input: InputHTMLAttributes
}) {
  return (
    <Field label={props.label} hint={props.hint}>
      {(id, hintId) => (
        <div class="with-button">
          <input
            id={id}
            aria-describedby={hintId}
            autocomplete="off"
            {...props.input}
            value={props.value}
            onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
          />
          <button type="submit" disabled={props.disabled} aria-disabled={props.isBusy}>
            {props.action}
          </button>
        </div>
      )}
    </Field>
  )
}

/** One that is answered here: nothing is sent and no page is left. */
export function Form(props: { class?: string; onSubmit: () => void; children: ComponentChildren }) {
  return (
    <form
      class={props.class}
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit()
      }}
    >
      {props.children}
    </form>
  )
}
