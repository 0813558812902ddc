// The window as the headless start serves it, on an app with the scripted server.
import { onTestFinished } from 'vitest'
import { buildWindow } from '../../scripts/build-window.mjs'
import { readWindow } from '../../src/main/link/files.ts'
import { openWebServer } from '../../src/main/link/server.ts'
import { createToldApp, type ToldApp } from './told-app.ts'
import { openApp, type OpenAppOpts, type OpenedApp } from './opened-app.ts'

export interface StartedWindow extends OpenedApp {
  /** With a code of its own each time it is asked for. */
  readonly address: string
  /** What this window is told and answered besides. */
  besides: ToldApp
  /** As if main had died: the page is left alone. */
  stopServing: () => Promise<void>
}

/** Call it inside a test. */
export async function startWindow(start: OpenAppOpts = {}): Promise<StartedWindow> {
  // In a folder of its own: the desktop's tests, which may run beside these, build the app into the usual one.
  const folder = await buildWindow('.cache/window-for-tests')
  const started = await openApp({ windowFolder: folder, ...start })
  const besides = createToldApp(started.app)
  const server = await openWebServer({ app: besides.app, files: await readWindow(folder) })
  let serving: Promise<void> | null = null
  const stopServing = (): Promise<void> => (serving ??= server.close())
  onTestFinished(stopServing)
  return {
    ...started,
    get address() {
      return server.newAddress()
    },
    besides,
    stopServing,
  }
}
