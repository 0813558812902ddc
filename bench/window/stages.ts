// Where the window is measured: as the start in the browser serves it, in Chromium; and as the desktop app shows it, in Electron.
// Both are told the same by the same stand-in for main.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type CDPSession, type Page } from 'playwright-core'
import { buildWindow } from '../../scripts/build-window.mjs'
import { readWindow } from '../../src/main/link/files.ts'
import { openWebServer } from '../../src/main/link/server.ts'
import { chromiumPath } from '../../test/support/chromium-path.ts'
import { openDesktop } from '../../test/support/desktop.ts'
import { driveApp } from '../../test/support/driven-app.ts'
import { builtOnElectron, electronFor } from '../../test/support/electron-runtime.ts'
import { tellAnswer, tellNotices } from './play.ts'
import { createStandIn } from './stand-in.ts'

export interface WindowSize {
  turns: number
  conversations: number
}

/** One window on a conversation of one size. */
export interface Stage {
  page: Page
  session: CDPSession
  /** Loads it anew. */
  load(): Promise<void>
  /** The newest words, by which it is known to have opened. */
  newest: string
  notices(): Promise<void>
  /** @returns when each word was told, wall clock in milliseconds */
  answer(): Promise<number[]>
  close(): Promise<void>
}

export interface Theatre {
  name: string
  stage(size: WindowSize): Promise<Stage>
  close(): Promise<void>
}

/** tsx marks functions with it, those that are sent to the page too. */
const named = 'globalThis.__name = (named) => named'

export async function openChromium(): Promise<Theatre> {
  const files = await readWindow(await buildWindow())
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ['--no-sandbox'],
  })
  return {
    name: `Chromium ${browser.version()}`,
    async stage(size) {
      const standIn = createStandIn(size)
      const server = await openWebServer({ app: standIn.app, files })
      const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, locale: 'en-GB' })
      const page = await context.newPage()
      await page.addInitScript(named)
      return {
        page,
        session: await context.newCDPSession(page),
        async load() {
          await page.goto('about:blank')
          await page.goto(server.newAddress())
        },
        newest: standIn.newest,
        notices: () => tellNotices(standIn),
        answer: () => tellAnswer(standIn),
        async close() {
          // A page that has died can't be closed.
          await context.close().catch(() => undefined)
          await server.close()
        },
      }
    },
    close: () => browser.close(),
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const own = join(root, '.cache/bench-window')

/** On a desktop without a screen; Linux. */
export async function openElectron(): Promise<Theatre> {
  const { version } = builtOnElectron()
  await buildApp()
  const runtime = electronFor(own, 'bench-window')
  const desktop = await openDesktop()
  return {
    name: `Electron ${version}`,
    async stage(size) {
      const home = mkdtempSync(join(tmpdir(), 'parley-bench-'))
      const app = await driveApp(runtime, desktop, { home, env: { PARLEY_BENCH_SIZE: JSON.stringify(size) } })
      const { page, electron } = app
      await page.context().addInitScript(named)
      const play = <Told>(what: 'notices' | 'answer'): Promise<Told> =>
        electron.evaluate(
          (_, name) =>
            (globalThis as unknown as { parleyBench: Record<string, () => Promise<Told>> }).parleyBench[name]!(),
          what,
        )
      return {
        page,
        session: await page.context().newCDPSession(page),
        async load() {
          await page.reload()
        },
        newest: createStandIn(size).newest,
        notices: () => play('notices'),
        answer: () => play('answer'),
        async close() {
          await app.quit()
          rmSync(home, { recursive: true, force: true })
        },
      }
    },
    close: () => desktop.stop(),
  }
}

/** The app's own page and preload script, with another main beside them. */
async function buildApp(): Promise<void> {
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own, { recursive: true })
  for (const part of ['preload', 'renderer']) cpSync(join(root, 'out', part), join(own, part), { recursive: true })
  writeFileSync(
    join(own, 'package.json'),
    JSON.stringify({ name: 'bench-window', main: 'main/index.js', type: 'module' }),
  )
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(root, 'bench/window/electron-main.ts'),
      outDir: join(own, 'main'),
      rolldownOptions: { output: { entryFileNames: 'index.js' } },
    },
  })
}
