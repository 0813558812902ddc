// The desktop app in the order in which it starts: what must be said before Electron is ready, the window, and then all that is
// behind it (opened.ts), which is loaded while the window draws itself.
import { app as electronApp, session } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../clock.ts'
import { guardAgainstCrashes, type CrashGuard } from '../../crash/guard.ts'
import { dataFolder } from '../../folders.ts'
import { readWindow, windowFolder } from '../../link/files.ts'
import { ownArguments } from '../../orders/arguments.ts'
import { printing } from '../../terminal.ts'
import { createSite } from '../site.ts'
import { startHidden } from './closing.ts'
import { connectWindow } from './connect.ts'
import { followOwnFiles } from './downloads.ts'
import { tellFailure } from './failure.ts'
import { lockDown, serveSite } from './lockdown.ts'
import { offerContextMenu, setNoMenu } from './menu.ts'
import { createWindow } from './window.ts'

/** What hangs at the end is left to the system. */
const endWithinMs = 5_000

/** @param env the environment as it was, which the process itself no longer holds whole */
export async function startShell(env: NodeJS.ProcessEnv): Promise<void> {
  const folder = dataFolder(env)
  const own = join(folder, 'shell')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  electronApp.setName('Parley')
  electronApp.setPath('userData', own)
  // Must be said before the app is ready.
  lockDown()
  setNoMenu()
  const version = electronApp.getVersion()
  const { stdout, stderr } = printing(process)
  const say = (message: string): unknown => stderr.write(`${message}\n`)
  const guard = guardAgainstCrashes({ folder, version, say, exit: (code) => electronApp.exit(code) })
  const given = ownArguments(process.argv, process.defaultApp)
  if (given.length > 0) {
    const { runOrdered } = await import('./ordered.ts')
    const code = await runOrdered(given, { folder, version, env, stdout, stderr })
    if (code !== null) {
      electronApp.exit(code)
      return
    }
  }
  if (!electronApp.requestSingleInstanceLock()) {
    electronApp.quit()
    return
  }
  await electronApp.whenReady()
  try {
    await open(folder, env, guard)
  } catch (error) {
    tellFailure(error)
    electronApp.exit(1)
  }
}

async function open(folder: string, env: NodeJS.ProcessEnv, guard: CrashGuard): Promise<void> {
  serveSite(createSite(await readWindow(windowFolder)))
  const window = createWindow({ clock: systemClock })
  const opening = import('./opened.ts').then(({ openApp }) => openApp({ folder, env, guard, window }))
  connectWindow(opening.then(({ gate }) => gate))
  offerContextMenu(window.page)
  followOwnFiles(session.defaultSession, (notice) => window.tell(notice))
  if (process.argv.includes('--hidden')) void startHidden(window)
  else window.show()
  endInOrder(async () => {
    window.release()
    await (await opening).stop()
  })
  // The tray stays when the window goes.
  electronApp.on('window-all-closed', () => undefined)
  await (
    await opening
  ).whole
}

/** However it is asked to end, the record is closed first. */
function endInOrder(stop: () => Promise<void>): void {
  let isEnding = false
  const end = (): void => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => electronApp.exit(1), endWithinMs).unref()
    void stop().finally(() => electronApp.exit(0))
  }
  electronApp.on('before-quit', (event) => {
    event.preventDefault()
    end()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
}
