// The one window: made when first wanted, hidden instead of closed, loaded again when its page dies.
import { app, BrowserWindow, nativeTheme, screen, type WebContents, type WebPreferences } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEmitter, type Undo } from '../../../core/emitter.ts'
import type { Notice } from '../../../core/ipc.ts'
import type { Clock } from '../../ports.ts'
import { appOrigin } from '../gate.ts'
import { reloadAfterMs } from '../reload.ts'
import { readPlace, shownPlace } from '../window-place.ts'

export interface ShellWindow {
  show(): void
  isShown(): boolean
  tell(notice: Notice): void
  readonly page: WebContents
  /** Ids of the web contents that belong to the app. */
  readonly contents: Set<number>
  /** It has the focus. */
  isInFront(): boolean
  /** It came to the front, or left it. */
  onFront(listen: () => void): Undo
  /** The person closed it. Who hears it says what becomes of it; where nobody does, it hides. */
  onClosing(listen: () => void): Undo
  hide(): void
  /** Into the list of windows, also before it was ever shown. */
  minimise(): void
  onHidden(listen: () => void): Undo
  /** From now on closing closes. */
  release(): void
}

const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))
const icon = fileURLToPath(new URL('../../resources/icons/parley.png', import.meta.url))

/** Of no use to a window that nobody sees, and many a second. */
const passing = new Set<Notice['type']>(['level', 'position'])

/** Of every page of ours: a sandbox that knows the bridge and nothing else. */
export function pagePreferences(): WebPreferences {
  return {
    preload,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    devTools: !app.isPackaged,
    // Switched off for the session until it is wanted (menu.ts).
    spellcheck: true,
    navigateOnDragDrop: false,
    // Captions must go on while another window covers this one.
    backgroundThrottling: false,
  }
}

export function createWindow(opts: { clock: Clock }): ShellWindow {
  const contents = new Set<number>()
  const events = createEmitter<{ hidden: undefined; closing: undefined; front: undefined }>()
  let released = false
  let isFollowed = false
  const died: number[] = []
  const window = new BrowserWindow({
    ...shownPlace(
      rememberedPlace(),
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Parley',
    icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14161a' : '#fbfaf8',
    webPreferences: pagePreferences(),
  })
  contents.add(window.webContents.id)
  if (rememberedPlace()?.maximized === true) window.maximize()
  const remember = (): void => {
    if (!window.isDestroyed()) rememberPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  }
  for (const event of ['resized', 'moved', 'maximize', 'unmaximize', 'close'] as const)
    window.on(event as 'resized', remember)
  for (const event of ['focus', 'blur', 'hide', 'minimize'] as const)
    window.on(event as 'focus', () => events.emit('front', undefined))
  window.on('close', (event) => {
    if (released) return
    event.preventDefault()
    if (isFollowed) events.emit('closing', undefined)
    else hide()
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (released || reason === 'clean-exit') return
    died.push(opts.clock.monotonicMs())
    opts.clock.after(reloadAfterMs(died, opts.clock.monotonicMs()), () => load())
  })
  window.webContents.on('unresponsive', () => window.webContents.forcefullyCrashRenderer())

  function hide(): void {
    window.hide()
    events.emit('hidden', undefined)
  }

  const load = (): void => {
    if (!window.isDestroyed()) void window.loadURL(`${appOrigin}/`)
  }
  load()

  return {
    contents,
    page: window.webContents,
    show() {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    isInFront: () => !window.isDestroyed() && window.isVisible() && window.isFocused(),
    onFront: (listen) => events.on('front', listen),
    isShown: () => !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
    tell(notice) {
      if (window.isDestroyed() || window.webContents.isCrashed()) return
      if (passing.has(notice.type) && (!window.isVisible() || window.isMinimized())) return
      window.webContents.send('parley:notice', notice)
    },
    onClosing(listen) {
      isFollowed = true
      return events.on('closing', listen)
    },
    hide,
    minimise() {
      if (!window.isVisible()) window.showInactive()
      window.minimize()
    },
    onHidden: (listen) => events.on('hidden', listen),
    release() {
      released = true
    },
  }
}

const placeFile = (): string => join(app.getPath('userData'), 'window.json')

function rememberedPlace(): ReturnType<typeof readPlace> {
  try {
    return readPlace(readFileSync(placeFile(), 'utf8'))
  } catch {
    return null
  }
}

/** Where it can't be kept, the window opens as it does the first time. */
function rememberPlace(place: object): void {
  try {
    writeFileSync(placeFile(), JSON.stringify(place))
  } catch {
    return
  }
}
