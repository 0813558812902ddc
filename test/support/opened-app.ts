// The app of begun-app.ts for a test, which ends it, in a folder that goes with the test.
import { onTestFinished } from 'vitest'
import { beginApp, type BeginAppOpts, type BegunApp } from './begun-app.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type OpenedApp = Omit<BegunApp, 'stop'>

export interface OpenAppOpts extends BeginAppOpts {
  folder?: string
}

/** Call it inside a test; it is stopped when the test has ended. */
export async function openApp({ folder = temporaryFolder(), ...start }: OpenAppOpts = {}): Promise<OpenedApp> {
  const begun = await beginApp(folder, start)
  onTestFinished(begun.stop)
  return begun
}
