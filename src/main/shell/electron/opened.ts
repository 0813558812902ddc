// The app behind the window, in the order in which it starts: loaded when the window is on its way, since it is most of all code.
import { app as electronApp, session } from 'electron'
import { systemClock } from '../../clock.ts'
import { composeApp } from '../../compose-app.ts'
import type { CrashGuard } from '../../crash/guard.ts'
import { obeyOrders } from '../../orders/obey.ts'
import { openOrders } from '../../orders/order-socket.ts'
import type { Undo } from '../../ports.ts'
import { createTroubles } from '../../store/troubles.ts'
import { createGate } from '../gate.ts'
import { createKeyring } from '../keyring.ts'
import type { TalkKey } from '../talk-key.ts'
import { followAddresses } from './addresses.ts'
import { followBar } from './bar.ts'
import { systemCipher } from './cipher.ts'
import { followClosing } from './closing.ts'
import type { Gate } from './connect.ts'
import { listenToKeys } from './keys.ts'
import { followLanguage } from './language.ts'
import { setMenu } from './menu.ts'
import { microphonePermission } from './microphone-permission.ts'
import { tellHidden } from './notifications.ts'
import { pickFolder } from './pick-folder.ts'
import { watchPower } from './power.ts'
import { startEngineProcess, startHearingProcess, startHostProcess, startWorkProcess } from './processes.ts'
import { offerScreens } from './screens.ts'
import { followSettings } from './settings.ts'
import { electronSurroundings } from './surroundings.ts'
import { showInTray } from './tray-app.ts'
import type { ShellWindow } from './window.ts'

interface Opened {
  /** What the window asks is answered by this. */
  gate: Gate
  /** Resolves when all of it runs. */
  whole: Promise<void>
  stop(): Promise<void>
}

/** @param env the environment as it was, which the process itself no longer holds whole */
export function openApp(opts: {
  folder: string
  env: NodeJS.ProcessEnv
  guard: CrashGuard
  window: ShellWindow
}): Opened {
  const { folder, env, guard, window } = opts
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
  let talkKey: TalkKey | null = null
  let undoBar: Undo = () => undefined
  let closeOrders: (() => Promise<void>) | null = null

  async function openWhole(): Promise<void> {
    const app = await opening
    app.hear((notice) => window.tell(notice))
    talkKey = listenToKeys(app)
    await followLanguage(app)
    setMenu(app, window)
    await showInTray(app, window)
    await followSettings(app, talkKey, window)
    await tellHidden(app, window)
    await followClosing(app, window)
    followAddresses(app, window)
    undoBar = await followBar(app, window)
    watchPower({ away: () => app.talk('lost'), back: () => app.prove() })
    electronApp.on('activate', () => window.show())
    const acts = { show: () => window.show(), quit: () => electronApp.quit() }
    closeOrders = await openOrders(folder, obeyOrders(app, acts), tell)
  }

  return {
    gate: createGate({
      clock: systemClock,
      known: window.contents,
      answer: async (name, argument) => (await opening).answer(name, argument),
    }),
    whole: openWhole(),
    async stop() {
      undoBar()
      talkKey?.stop()
      await closeOrders?.()
      await (await opening).stop()
    },
  }
}
