// The starts that `start` and `idle` compare: an empty Electron window, and Parley as a person may have set it, each with a
// data folder of its own on a virtual screen and a virtual sound card.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Settings } from '../src/core/settings.ts'
import { openSettings } from '../src/main/store/settings.ts'
import { openDesktop, type Desktop } from '../test/support/desktop.ts'
import { driveApp, type DesktopApp } from '../test/support/driven-app.ts'
import { builtOnElectron, electronFor } from '../test/support/electron-runtime.ts'
import { createScriptedServer } from '../test/support/scripted-server.ts'
import { setup as openSoundCard } from '../test/support/virtual-sound.ts'

export interface Started {
  windowMs: number
  /** The line is live and the microphone open; null where there is no voice. */
  voiceMs: number | null
}

export interface Contestant {
  name: string
  start(): Promise<{ app: DesktopApp; started: Started }>
}

interface Field {
  /** Of the Electron that all of them run on. */
  version: string
  empty: Contestant
  /** @param service a service on this machine that answers nothing, in place of the built-in voice */
  parley(name: string, settings: Partial<Settings>, service?: boolean): Contestant
  close(): Promise<void>
}

const emptyFolder = fileURLToPath(new URL('./empty-window/', import.meta.url))

export async function openField(): Promise<Field> {
  const closeSoundCard = openSoundCard()
  const desktop = await openDesktop()
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const server = await createScriptedServer()
  const runtime = builtOnElectron()
  const own = electronFor(emptyFolder, 'empty-window')

  async function startParley(
    name: string,
    settings: Partial<Settings>,
  ): Promise<{ app: DesktopApp; started: Started }> {
    const home = join(folder, name)
    const { change } = await openSettings({ folder: home, random: Math.random })
    await change({ isSetUp: true, knowsTray: true, ...settings })
    const sinceMs = performance.now()
    const app = await driveApp(runtime, desktop, { home })
    // tsx marks functions with it, those that are sent to the page too.
    await app.page.evaluate('globalThis.__name = (named) => named')
    const voice = app
      .hears({ type: 'state', state: { line: { type: 'live' }, microphone: { type: 'open' } } })
      .then(() => performance.now() - sinceMs)
    await app.page.locator('.talk:visible').first().waitFor()
    const windowMs = performance.now() - sinceMs
    return { app, started: { windowMs, voiceMs: await voice } }
  }

  return {
    version: runtime.version,
    empty: { name: 'empty window', start: () => startEmpty(own, desktop, join(folder, 'empty')) },
    parley: (name, settings, service = false) => ({
      name,
      start: () =>
        startParley(name, {
          ...settings,
          ...(service && { endpoint: { kind: 'compatible', baseUrl: server.url, model: 'scripted' } }),
        }),
    }),
    async close() {
      await desktop.stop()
      await server.close()
      closeSoundCard()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startEmpty(
  runtime: Parameters<typeof driveApp>[0],
  desktop: Desktop,
  home: string,
): Promise<{ app: DesktopApp; started: Started }> {
  const sinceMs = performance.now()
  const app = await driveApp(runtime, desktop, { home })
  await app.page.locator('p').waitFor()
  return { app, started: { windowMs: performance.now() - sinceMs, voiceMs: null } }
}
