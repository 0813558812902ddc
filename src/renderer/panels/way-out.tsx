// How this computer's own network is left: as the system says, straight, or by a proxy, whose password is kept like a key.
import { useState } from 'preact/hooks'
import { useApp, useKnown } from '../hooks.ts'
import { Choice, TextField } from './fields.tsx'
import { KeyField } from './key-field.tsx'

export function WayOutChoice() {
  const app = useApp()
  const { proxy } = useKnown((known) => known.settings)
  const isNamed = proxy !== 'system' && proxy !== 'none'
  /** Chosen, but not usable before there is an address. */
  const [isPending, setPending] = useState(false)
  const kind = isNamed || isPending ? 'address' : proxy
  async function save(address: string): Promise<void> {
    if (address.trim() !== '' && (await app.ask('settings', { proxy: address.trim() })).ok) setPending(false)
  }
  return (
    <>
      <Choice
        label="Proxy"
        value={kind}
        options={[
          ['system', 'as the system says'],
          ['none', 'none'],
          ['address', 'by its address'],
        ]}
        onChosen={(chosen) => {
          setPending(chosen === 'address')
          if (chosen !== 'address') void app.ask('settings', { proxy: chosen })
        }}
      />
      {kind === 'address' && (
        <TextField
          label="Address of the proxy"
          hint="Like http://proxy.example:3128, without a password. What runs on this computer is reached without it."
          value={isNamed ? proxy : ''}
          maxLength={260}
          onSaved={(address) => void save(address)}
        />
      )}
      {isNamed && (
        <KeyField
          service="proxy"
          what="password"
          label="Its name and password"
          hint="As name:password. Leave it out if the proxy asks for none."
        />
      )}
    </>
  )
}
