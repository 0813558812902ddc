// The desktop app in the order in which it starts. Each step is a file of its own; this one is their table of contents.
import { app as electronApp, session } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../clock.ts'
import { composeApp } from '../../compose-app.ts'
import type { App } from '../../app/app.ts'
import { guardAgainstCrashes, type CrashGuard } from '../../crash/guard.ts'
import { readDataCommand, runDataCommand } from '../../data-commands/run.ts'
import { dataFolder } from '../../folders.ts'
import { orderFromTerminal } from '../../orders/from-terminal.ts'
import { obeyOrders } from '../../orders/obey.ts'
import { ownArguments, readTerminalOrder } from '../../orders/order.ts'
import { openOrders } from '../../orders/order-socket.ts'
import { createTroubles } from '../../store/troubles.ts'
import { printing } from '../../terminal.ts'
import { readWindow, windowFolder } from '../../link/files.ts'
import { createKeyring } from '../keyring.ts'
import { readOrder } from '../orders.ts'
import { createSite } from '../site.ts'
import type { TalkKey } from '../talk-key.ts'
import { tellHidden } from './notifications.ts'
import { beginInBackground } from './begin.ts'
import { systemCipher } from './cipher.ts'
import { connectWindow } from './connect.ts'
import { followOwnFiles } from './downloads.ts'
import { tellFailure } from './failure.ts'
import { listenToKeys } from './keys.ts'
import { followLanguage } from './language.ts'
import { lockDown, serveSite } from './lockdown.ts'
import { offerContextMenu, setMenu, setNoMenu } from './menu.ts'
import { pickFolder } from './pick-folder.ts'
import { watchPower } from './power.ts'
import { startEngineProcess, startHearingProcess, startHostProcess, startWorkProcess } from './processes.ts'
import { offerScreens } from './screens.ts'
import { followSettings } from './settings.ts'
import { microphonePermission } from './microphone-permission.ts'
import { electronSurroundings } from './surroundings.ts'
import { showInTray, tap } from './tray-app.ts'
import { createWindow, type ShellWindow } from './window.ts'

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
  const command = readDataCommand(given)
  if (command !== null) {
    electronApp.exit(await runDataCommand(command, { folder, version, stdout, stderr }))
    return
  }
  const order = readTerminalOrder(given)
  if (order !== null) {
    electronApp.exit(
      await orderFromTerminal(order, { folder, terminal: printing(process), begin: beginInBackground(env) }),
    )
    return
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
  const troubles = createTroubles()
  const tell = (message: string): void => troubles.tell(message)
  const opening = composeApp({
    guard,
    troubles,
    folder,
    version: electronApp.getVersion(),
    shell: 'electron',
    secrets: createKeyring({ folder, cipher: systemCipher, random: Math.random, env, tell }),
    env,
    systemProxy: (url) => session.defaultSession.resolveProxy(url),
    startHost: startHostProcess,
    startHearing: startHearingProcess,
    permission: microphonePermission,
    startEngine: startEngineProcess,
    startWork: startWorkProcess,
    surroundings: electronSurroundings,
    pickFolder,
    screens: offerScreens(session.defaultSession),
  })
  // The window draws itself while the record is read and the devices open.
  opening.catch(() => undefined)
  serveSite(createSite(await readWindow(windowFolder)))
  const window = createWindow({ clock: systemClock })
  connectWindow(opening, window)
  offerContextMenu(window.page)
  followOwnFiles(session.defaultSession, (notice) => window.tell(notice))
  if (!process.argv.includes('--hidden')) window.show()
  let talkKey: TalkKey | null = null
  let closeOrders: (() => Promise<void>) | null = null
  endInOrder(async () => {
    window.release()
    talkKey?.stop()
    await closeOrders?.()
    await (await opening).stop()
  })
  const app = await opening
  talkKey = listenToKeys(app)
  await followLanguage(app)
  setMenu(app, window)
  await showInTray(app, window)
  await followSettings(app, talkKey, window)
  await tellHidden(app, window)
  watchPower({ away: () => app.talk('lost'), back: () => app.prove() })
  electronApp.on('second-instance', (_event, args) => obey(args, app, window))
  electronApp.on('activate', () => window.show())
  const acts = { show: () => window.show(), quit: () => electronApp.quit() }
  closeOrders = await openOrders(folder, obeyOrders(app, acts), tell)
  // The tray stays when the window goes.
  electronApp.on('window-all-closed', () => undefined)
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

/** A second start: `parley --talk` for keys that the desktop binds itself; anything else shows the window. */
function obey(args: readonly string[], app: App, window: ShellWindow): void {
  if (readOrder(args) === 'talk') tap(app)
  else window.show()
}
