// Who is paired, with which rights, when it was here last, and how it is sent away.
import { useState } from 'preact/hooks'
import type { PairedDevice } from '../../core/devices/view.ts'
import { useApp, useLanguage, useNow } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { RightsChoice } from './rights-choice.tsx'

export function PairedDevices({ devices }: { devices: readonly PairedDevice[] }) {
  const { say } = useLanguage()
  return (
    <>
      <h4>{say('devices.paired')}</h4>
      {devices.length === 0 && <p class="quiet">{say('devices.none')}</p>}
      {devices.length > 0 && (
        <ul class="rows devices">
          {devices.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </ul>
      )}
      {devices.length > 1 && <RevokeAll />}
    </>
  )
}

function Device({ device }: { device: PairedDevice }) {
  const app = useApp()
  const { say, whenShort } = useLanguage()
  const nowMs = useNow(60_000)
  const { id, name, rights, seenMs, isConnected } = device
  async function revoke(): Promise<void> {
    if (await app.askLink('revoke-device', { device: id })) app.note(say('devices.revoked', { name }))
  }
  return (
    <li>
      <div class="row-words">
        <div class="server-head">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <button
            type="button"
            class="plain"
            aria-label={say('devices.revoke', { name })}
            onClick={() => void revoke()}
          >
            <Icon name="trash" />
          </button>
        </div>
        <p class="quiet">
          {isConnected ? say('devices.connected') : say('devices.seen', { time: whenShort(seenMs, nowMs) })}
        </p>
        <RightsChoice
          label={say('devices.rightsOf', { name })}
          rights={rights}
          onChosen={(chosen) => void app.askLink('set-rights', { device: id, rights: [...chosen] })}
        />
      </div>
    </li>
  )
}

/** A second press does it. */
function RevokeAll() {
  const app = useApp()
  const { say } = useLanguage()
  const [isSure, setSure] = useState(false)
  return (
    <button
      type="button"
      class="own-width danger"
      onBlur={() => setSure(false)}
      onClick={() => (isSure ? void app.askLink('revoke-devices', null) : setSure(true))}
    >
      {say(isSure ? 'devices.really' : 'devices.revokeAll')}
    </button>
  )
}
