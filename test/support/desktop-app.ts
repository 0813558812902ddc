// Parley in a real Electron, as desktop tests start it: on the runtime of this run (electron-runtime.ts).
import { inject } from 'vitest'
import type { Desktop } from './desktop.ts'
import { driveApp, type AppStart, type DesktopApp } from './driven-app.ts'

export { isAlive } from './alive.ts'
export { processesOf, type DesktopApp } from './driven-app.ts'

export function startApp(desktop: Desktop, opts: AppStart = {}): Promise<DesktopApp> {
  return driveApp(inject('electron'), desktop, opts)
}
