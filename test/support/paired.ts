// The door for other devices on a real app, for a test: what pairs with it and dials it stands in device-at-door.ts.
import { onTestFinished } from 'vitest'
import type { LinkView } from '../../src/core/devices/view.ts'
import { dial as dialDoor, type DeviceSocket, type OpenDoor } from './device-at-door.ts'
import { openApp, type OpenAppOpts, type OpenedApp } from './opened-app.ts'

export { ask, cookieIn, guess, originOf, pair, type DeviceSocket } from './device-at-door.ts'

export type StartedLink = OpenedApp & OpenDoor

/** Call it inside a test: the door is open. */
export async function startLink(start: OpenAppOpts = {}): Promise<StartedLink> {
  const started = await openApp({ ...start, settings: { otherDevices: true, ...start.settings } })
  const view = (): Promise<LinkView> => started.ask('link', null)
  if ((await view()).door.type !== 'open') await started.notice('link', ({ link }) => link.door.type === 'open')
  return { ...started, view, port: Number(new URL((await view()).addresses.at(-1)!).port) }
}

/** Rejects with the status where it is refused. The test ends it. */
export async function dial(port: number, cookie: string, headers: Record<string, string> = {}): Promise<DeviceSocket> {
  const device = await dialDoor(port, cookie, headers)
  onTestFinished(() => device.socket.terminate())
  return device
}
