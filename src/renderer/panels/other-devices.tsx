// Other devices: the door for them, pairing one, and who is paired with which rights.
import { useEffect } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Check } from './fields.tsx'
import { PairedDevices } from './paired-devices.tsx'
import { PairDevice } from './pair-device.tsx'

export function OtherDevices() {
  const app = useApp()
  const { say, told } = useLanguage()
  const isOn = useKnown((known) => known.settings.otherDevices)
  const link = useKnown((known) => known.link)
  useEffect(() => void app.lookAtLink(), [app])
  return (
    <div class="other-devices">
      <p class="quiet">{say('devices.about')}</p>
      <Check
        label={say('devices.open')}
        value={isOn}
        onChanged={(otherDevices) => void app.ask('settings', { otherDevices })}
      />
      <p role="status">
        {link?.door.type === 'opening' && say('devices.opening')}
        {link?.door.type === 'failed' && told(link.door.message)}
      </p>
      {link?.door.type === 'open' && (
        <>
          <Where addresses={link.addresses} />
          <PairDevice link={link} />
        </>
      )}
      {link && (isOn || link.devices.length > 0) && <PairedDevices devices={link.devices} />}
    </div>
  )
}

function Where({ addresses }: { addresses: readonly string[] }) {
  const { say } = useLanguage()
  // The name is always there; without an address beside it nobody else hears it.
  if (addresses.length < 2) return <p>{say('devices.nowhere')}</p>
  return (
    <details>
      <summary>{say('devices.where')}</summary>
      <ul class="device-places">
        {addresses.map((address) => (
          <li key={address}>
            <bdi>{address}</bdi>
          </li>
        ))}
      </ul>
    </details>
  )
}
