// Another device has typed the digits and waits for the person's yes, which is given in the settings: said where one looks.
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { openPanel } from '../view.ts'

export function DeviceAsks() {
  const app = useApp()
  const { say } = useLanguage()
  const asking = useKnown(({ link }) => link?.asking ?? null)
  return (
    <div role="status">
      {asking && (
        <div class="leave-asked device-asks">
          <p>
            <bdi>{say('devices.asks', { name: asking.name, place: asking.from })}</bdi>
          </p>
          <button type="button" onClick={() => openPanel(app, 'settings', 'devices')}>
            {say('window.show')}
          </button>
        </div>
      )}
    </div>
  )
}
