// Parley in a real Electron, as desktop tests start it: on the runtime of this run (electron-runtime.ts).
import { inject } from 'vitest'
import type { BareDesktop } from './desktop.ts'
import { driveApp, type AppStart, type DesktopApp } from './driven-app.ts'

export { isAlive } from './alive.ts'
export { photograph, processesOf, type DesktopApp } from './driven-app.ts'

export function startApp(desktop: BareDesktop, opts: AppStart = {}): Promise<DesktopApp> {
  return driveApp(inject('electron'), desktop, opts)
}
