// The desktop app in the order in which it starts. Each step is a file of its own; this one is their table of contents.
import { app, globalShortcut, ipcMain, systemPreferences } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConversationEntry, Look } from '../../../core/ipc.ts'
import type { Settings } from '../../../core/settings.ts'
import { systemClock } from '../../clock.ts'
import { composeDesk } from '../../compose-desk.ts'
import type { Desk } from '../../desk/desk.ts'
import { dataFolder } from '../../folders.ts'
import { StoreError } from '../../store/store-error.ts'
import { readWindow, windowFolder } from '../../web/files.ts'
import { createGate } from '../gate.ts'
import { createKeyring } from '../keyring.ts'
import { createSite } from '../site.ts'
import { createTalkKey, type TalkKey } from '../talk-key.ts'
import { routeFor } from '../talk-key-route.ts'
import type { TrayAct } from '../tray-menu.ts'
import { systemCipher } from './cipher.ts'
import { lockDown, serveSite } from './lockdown.ts'
import { setStartAtLogin } from './login.ts'
import { watchPower } from './power.ts'
import { startEngineProcess, startHostProcess, startTalkKeyProcess } from './processes.ts'
import { tellFailure } from './failure.ts'
import { createTray } from './tray.ts'
import { createWindow, type ShellWindow } from './window.ts'

const iconsFolder = fileURLToPath(new URL('../../resources/icons/', import.meta.url))

export async function startShell(): Promise<void> {
  const folder = dataFolder(process.env)
  const own = join(folder, 'shell')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  app.setPath('userData', own)
  app.setName('Parley')
  // Must be said before the app is ready.
  lockDown()
  if (!app.requestSingleInstanceLock()) return app.quit()
  await app.whenReady()
  try {
    await open(folder)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    tellFailure(error.message)
    app.exit(1)
  }
}

async function open(folder: string): Promise<void> {
  const desk = await composeDesk({
    folder,
    version: app.getVersion(),
    shell: 'electron',
    secrets: createKeyring({ folder, cipher: systemCipher, random: Math.random, env: process.env }),
    startHost: startHostProcess,
    startEngine: startEngineProcess,
  })
  serveSite(createSite(await readWindow(windowFolder)))
  const window = createWindow({ clock: systemClock })
  connect(desk, window)
  const talkKey = listen(desk)
  const quit = once(() => {
    window.release()
    talkKey.stop()
    return desk.stop().finally(() => app.exit(0))
  })
  await showInTray(desk, window, quit)
  followSettings(desk, talkKey)
  watchPower({
    away: () => desk.talk('lost'),
    back: () => desk.retry(),
  })

  app.on('second-instance', (_event, args) => obey(args, desk, window))
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    event.preventDefault()
    void quit()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void quit())
  if (!process.argv.includes('--hidden')) window.show()
}

/** The window asks through the gate and hears everything. */
function connect(desk: Desk, window: ShellWindow): void {
  const gate = createGate({
    clock: systemClock,
    known: window.contents,
    answer: (name, argument) => desk.answer(name, argument),
  })
  ipcMain.handle('parley:ask', ({ sender, senderFrame }, name: unknown, argument: unknown) => {
    const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame
    return gate({ contents: sender.id, isMainFrame, url: senderFrame?.url ?? '' }, name, argument)
  })
  desk.hear((notice) => window.tell(notice))
}

function listen(desk: Desk): TalkKey {
  const talkKey = createTalkKey({
    clock: systemClock,
    route: () => {
      const isAllowed = process.platform !== 'darwin' || systemPreferences.isTrustedAccessibilityClient(false)
      return routeFor({ platform: process.platform, env: process.env, isAllowed })
    },
    startListener: startTalkKeyProcess,
    shortcuts: {
      register: (keys, act) => globalShortcut.register(keys, act),
      unregister: (keys) => globalShortcut.unregister(keys),
    },
  })
  talkKey.on('view', (view) => desk.setTalkKey(view))
  talkKey.on('edge', (edge) => desk.talk(edge))
  talkKey.on('escape', () => {
    if (desk.state().presence === 'speaking') void desk.answer('hush', null)
  })
  return talkKey
}

async function lookAt(desk: Desk): Promise<Look> {
  const reply = await desk.answer('look', null)
  if (!reply.ok) throw new Error(reply.error.message)
  return reply.value as Look
}

async function showInTray(desk: Desk, window: ShellWindow, quit: () => void): Promise<void> {
  const tray = createTray({ iconsFolder, act: (act) => perform(act, desk, window, quit) })
  const look = await lookAt(desk)
  let conversations: readonly ConversationEntry[] = look.conversations
  let current = look.conversation.id
  const show = (): void => tray.show(desk.state(), conversations, current)
  desk.hear((notice) => {
    if (notice.type === 'conversations') conversations = notice.conversations
    else if (notice.type === 'snapshot') current = notice.conversation.id
    else if (notice.type !== 'state') return
    show()
  })
  show()
}

function perform(act: TrayAct, desk: Desk, window: ShellWindow, quit: () => void): void {
  switch (act.type) {
    case 'talk':
      return tap(desk)
    case 'hush':
    case 'begin':
      return void desk.answer(act.type, null)
    case 'mute':
      return void desk.answer('mute', { muted: act.muted })
    case 'mode':
      return void desk.answer('mode', { mode: act.mode })
    case 'open':
      return void desk.answer('open', { id: act.id })
    case 'show':
      return window.show()
    case 'quit':
      return quit()
  }
}

/** A press without a hold: begins, or ends what one began. */
function tap(desk: Desk): void {
  desk.talk('down')
  desk.talk('up')
}

/** A second start: `parley --talk` for keys that the desktop binds itself; anything else shows the window. */
function obey(args: readonly string[], desk: Desk, window: ShellWindow): void {
  if (args.includes('--talk')) tap(desk)
  else window.show()
}

function followSettings(desk: Desk, talkKey: TalkKey): void {
  let before: Settings | null = null
  const follow = (settings: Settings): void => {
    if (settings.talkKey !== before?.talkKey) talkKey.choose(settings.talkKey)
    if (before && settings.startAtLogin !== before.startAtLogin) void setStartAtLogin(settings.startAtLogin)
    before = settings
  }
  desk.hear((notice) => {
    if (notice.type === 'settings') follow(notice.settings)
  })
  void lookAt(desk).then((look) => follow(look.settings))
}

function once<Result>(act: () => Result): () => Result {
  let done: { result: Result } | null = null
  return () => (done ??= { result: act() }).result
}
