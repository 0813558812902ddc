// Whether the session's bus says that there is a tray: somebody who keeps the list of its icons, and somebody who shows them.
import type { EventEmitter } from 'node:events'

const watcher = 'org.kde.StatusNotifierWatcher'
/** A desktop that answers later than this is at its start: what it will have is not known. */
const answersWithinMs = 2_000

/**
 * @param busAddress of the session bus; by itself the environment's
 * @returns null where there is no bus to ask, or it does not answer
 */
export async function hasTray(busAddress?: string): Promise<boolean | null> {
  if (busAddress === undefined && process.env['DBUS_SESSION_BUS_ADDRESS'] === undefined) return null
  const { Message, sessionBus } = await import('@jellybrick/dbus-next')
  const bus = sessionBus(busAddress === undefined ? {} : { busAddress })
  let fail = (): void => undefined
  const failed = new Promise<null>((resolve) => (fail = () => resolve(null)))
  // Not among the events that the library declares, and thrown when nobody listens.
  ;(bus as EventEmitter).on('error', fail)
  const late = setTimeout(fail, answersWithinMs)
  const asked = bus
    .call(
      new Message({
        destination: watcher,
        path: '/StatusNotifierWatcher',
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: [watcher, 'IsStatusNotifierHostRegistered'],
      }),
    )
    .then(
      (reply) => (reply?.body[0] as { value?: unknown } | undefined)?.value === true,
      // Without an owner there is no such name; whoever answers anything else is there.
      (error: unknown) => !/ServiceUnknown|NameHasNoOwner/.test(String((error as { type?: unknown }).type)),
    )
  try {
    return await Promise.race([asked, failed])
  } finally {
    clearTimeout(late)
    bus.disconnect()
  }
}
