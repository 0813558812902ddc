// An Electron app on a desktop without a screen, driven from outside: its window by Playwright, its main process only to be
// asked and harmed. Which Electron it runs on is the caller's business.
import { _electron, errors, type ElectronApplication, type Page } from 'playwright-core'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answers, ArgumentOf, Notice, RequestName } from '../../src/core/ipc.ts'
// For what the page's window has.
import type {} from '../../src/renderer/bridge.ts'
import type { Desktop } from './desktop.ts'
import type { ElectronRuntime } from './electron-runtime.ts'
import { within } from './within.ts'

/** What a notice, or a reply, must hold; the rest of it may be anything. */
export type Pattern = string | number | boolean | null | { [field: string]: Pattern }

export interface DesktopApp {
  electron: ElectronApplication
  page: Page
  /** Its data folder, a new one unless it was given. */
  home: string
  /** Everything that it and its processes printed. */
  printed(): string
  ask<Name extends RequestName>(name: Name, argument: ArgumentOf<Name>): Promise<Answers[Name]>
  /** Resolves with the next notice, or a current state, that holds this. */
  hears(pattern: Pattern): Promise<Notice>
  /** Starts Parley once more on the same data. @returns the exit code of that start */
  again(...args: string[]): Promise<number | null>
  /** As the tray's Quit does. */
  quit(): Promise<void>
}

export interface AppStart {
  /** A data folder to go on with. */
  home?: string
  /** A packaged app in place of the project. */
  program?: string
  args?: string[]
  env?: Record<string, string>
}

export async function driveApp(
  runtime: Pick<ElectronRuntime, 'program' | 'args'>,
  desktop: Pick<Desktop, 'env'>,
  opts: AppStart = {},
): Promise<DesktopApp> {
  const program = opts.program ?? runtime.program
  const args = opts.program === undefined ? runtime.args : []
  const home = opts.home ?? mkdtempSync(join(tmpdir(), 'parley-test-'))
  const { WAYLAND_DISPLAY: _wayland, ELECTRON_OVERRIDE_DIST_PATH: _dist, NODE_OPTIONS: _options, ...base } = process.env
  const own = { PARLEY_HOME: home, XDG_CONFIG_HOME: home, ...opts.env }
  const env = { ...base, ...desktop.env, ...own } as Record<string, string>
  const flags = [...args, '--no-sandbox', '--disable-gpu', ...(opts.args ?? [])]
  const electron = await launch({ executablePath: program, args: flags, env })
  let printed = ''
  for (const stream of [electron.process().stdout, electron.process().stderr])
    stream?.on('data', (bytes: Buffer) => (printed += bytes.toString()))
  const page = await electron.firstWindow()
  return {
    electron,
    page,
    home,
    printed: () => printed,
    async ask(name, argument) {
      const asked = { name, argument }
      const replied = page.evaluate((what) => window.parley!.ask(what.name, what.argument as never), asked)
      const reply = await within(`an answer to “${name}”`, replied)
      if (!reply.ok) throw new Error(reply.error.message)
      return reply.value as Answers[typeof name]
    },
    hears: (pattern) =>
      within(
        `a notice that holds ${JSON.stringify(pattern)}`,
        page.evaluate(
          (wanted) =>
            new Promise<Notice>((resolve) => {
              const holds = (value: unknown, part: Pattern): boolean =>
                typeof part === 'object' && part !== null
                  ? typeof value === 'object' &&
                    value !== null &&
                    Object.entries(part).every(([field, each]) =>
                      holds((value as Record<string, unknown>)[field], each),
                    )
                  : value === part
              const undo = window.parley!.hear((notice) => {
                if (!holds(notice, wanted)) return
                undo()
                resolve(notice)
              })
              void window.parley!.ask('look', null).then((reply) => {
                const now: Notice | null = reply.ok ? { type: 'state', state: reply.value.state } : null
                if (!now || !holds(now, wanted)) return
                undo()
                resolve(now)
              })
            }),
          pattern,
        ),
      ),
    async again(...more) {
      const child = spawn(program, [...flags, ...more], { env, stdio: 'ignore' })
      const exited = once(child, 'exit') as Promise<[number | null]>
      const [code] = await within('the second start to end', exited)
      return code
    },
    async quit() {
      const closed = electron.waitForEvent('close')
      await electron.evaluate(({ app }) => app.quit())
      await within('the app to end', closed)
    },
  }
}

/** The whole screen, where `PARLEY_PICTURES` names a folder for it: to be looked at. */
export async function photograph({ electron }: DesktopApp, name: string): Promise<void> {
  const folder = process.env['PARLEY_PICTURES']
  if (folder === undefined) return
  const png = await electron.evaluate(async ({ desktopCapturer, screen }) => {
    const sources = await desktopCapturer.getSources({
      types: ['screen'],
      thumbnailSize: screen.getPrimaryDisplay().size,
    })
    return sources[0]?.thumbnail.toPNG().toString('base64') ?? ''
  })
  writeFileSync(join(folder, `${name}.png`), Buffer.from(png, 'base64'))
}

/** Process ids of main and all that it started. */
export async function processesOf(of: DesktopApp): Promise<number[]> {
  return of.electron.evaluate(({ app: own }) => own.getAppMetrics().map(({ pid }) => pid))
}

/** On a busy machine the driver now and then attaches and waits for ever: such a start is ended, named, and made once more. */
async function launch(start: { executablePath: string; args: string[]; env: Record<string, string> }) {
  try {
    return await _electron.launch({ ...start, timeout: 30_000 })
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    console.log('The driver did not get hold of the app within 30 s; it is started once more.')
    return _electron.launch({ ...start, timeout: 60_000 })
  }
}
