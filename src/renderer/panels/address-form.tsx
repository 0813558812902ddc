// The address of a server: typed, used by a button or Enter, and told where it can't be used.
import { useLanguage } from '../hooks.ts'
import { TrialLine } from './fields.tsx'
import { Form, LineField } from './line-field.tsx'

/** @param props `isSame`: there is nothing new to use; `trouble`: why what was typed can't be used */
export function AddressForm(props: {
  label: string
  hint: string
  address: string
  isSame: boolean
  trouble: string | null
  onInput: (address: string) => void
  onSave: () => void
}) {
  const { say } = useLanguage()
  return (
    <Form onSubmit={props.onSave}>
      <LineField
        label={props.label}
        hint={props.hint}
        action={say('service.use')}
        disabled={props.isSame}
        value={props.address}
        onInput={props.onInput}
        input={{ type: 'text', spellcheck: false, inputMode: 'url' }}
      />
      <TrialLine trial={props.trouble === null ? null : { ok: false, message: props.trouble }} />
    </Form>
  )
}
