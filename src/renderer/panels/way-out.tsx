// How this computer's own network is left: as the system says, straight, or by a proxy, whose password is kept like a key.
import { useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Choice, TextField } from './fields.tsx'
import { KeyField } from './key-field.tsx'

export function WayOutChoice() {
  const app = useApp()
  const { say } = useLanguage()
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
        label={say('proxy.proxy')}
        value={kind}
        options={[
          ['system', say('proxy.system')],
          ['none', say('proxy.none')],
          ['address', say('proxy.byAddress')],
        ]}
        onChosen={(chosen) => {
          setPending(chosen === 'address')
          if (chosen !== 'address') void app.ask('settings', { proxy: chosen })
        }}
      />
      {kind === 'address' && (
        <TextField
          label={say('proxy.address')}
          hint={say('proxy.addressHint')}
          value={isNamed ? proxy : ''}
          maxLength={260}
          onSaved={(address) => void save(address)}
        />
      )}
      {isNamed && <KeyField service="proxy" label={say('proxy.password')} hint={say('proxy.passwordHint')} />}
    </>
  )
}
