// The small bar over all windows: made when it is first wanted, gone with its page when it has long not been. It takes the focus from
// nobody. When it is seen is bar-shown.ts, where is bar-place.ts, what it shows the window's page (renderer/bar.tsx).
import { app as electronApp, BrowserWindow, nativeTheme, screen } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Notice } from '../../../core/ipc.ts'
import type { App } from '../../app/app.ts'
import { systemClock } from '../../clock.ts'
import type { Undo } from '../../ports.ts'
import { placeOn, readBarPlaces, withPlace, type BarPlaces } from '../bar-place.ts'
import { createBarShown, isBusy } from '../bar-shown.ts'
import { appOrigin } from '../gate.ts'
import { lookAt } from './look.ts'
import { pagePreferences, type ShellWindow } from './window.ts'

/** A page takes memory for as long as it is there. */
const goneAfterMs = 10 * 60_000

/** What the bar draws nothing of. */
const notShown = new Set<Notice['type']>([
  'health',
  'conversations',
  'listed',
  'unlisted',
  'tools',
  'spending',
  'go',
  'fill',
])

export async function followBar(app: App, window: ShellWindow): Promise<Undo> {
  const look = await lookAt(app)
  let isOn = look.settings.showsBar
  let approvals = look.approvals.length
  let bar: BrowserWindow | null = null
  let undoGone: Undo = () => undefined
  let places = readPlaces()

  function make(): BrowserWindow {
    const made = new BrowserWindow({
      ...placeOn(places, screen.getDisplayNearestPoint(screen.getCursorScreenPoint())),
      title: 'Parley bar',
      show: false,
      frame: false,
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      focusable: false,
      alwaysOnTop: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#201e1c' : '#fffdfa',
      webPreferences: pagePreferences(),
    })
    const { id } = made.webContents
    window.contents.add(id)
    made.setVisibleOnAllWorkspaces(true)
    made.on('moved', () => {
      const bounds = made.getBounds()
      places = withPlace(places, screen.getDisplayMatching(bounds), bounds)
      keepPlaces(places)
    })
    made.on('closed', () => {
      window.contents.delete(id)
      if (bar === made) bar = null
    })
    made.webContents.on('render-process-gone', () => made.destroy())
    void made.loadURL(`${appOrigin}/#bar`)
    return made
  }

  const shown = createBarShown({
    clock: systemClock,
    show() {
      undoGone()
      bar ??= make()
      bar.setBounds(placeOn(places, screen.getDisplayNearestPoint(screen.getCursorScreenPoint())))
      bar.showInactive()
      bar.moveTop()
    },
    hide() {
      bar?.hide()
      undoGone = systemClock.after(goneAfterMs, () => bar?.destroy())
    },
  })
  const follow = (): void => {
    shown.follow({ isOn, isWindowInFront: window.isInFront(), isBusy: isBusy(app.state(), approvals) })
    if (isOn) return
    undoGone()
    bar?.destroy()
  }

  const undos = [
    app.hear((notice) => {
      if (notice.type === 'settings') isOn = notice.settings.showsBar
      else if (notice.type === 'approvals') approvals = notice.approvals.length
      if (notice.type === 'settings' || notice.type === 'approvals' || notice.type === 'state') follow()
      const isPassing = notice.type === 'level' || notice.type === 'position'
      if (bar === null || notShown.has(notice.type) || (isPassing && !bar.isVisible())) return
      bar.webContents.send('parley:notice', notice)
    }),
    window.onFront(follow),
  ]
  follow()
  return () => {
    for (const undo of undos) undo()
    shown.stop()
    undoGone()
    bar?.destroy()
  }
}

const placesFile = (): string => join(electronApp.getPath('userData'), 'bar.json')

function readPlaces(): BarPlaces {
  try {
    return readBarPlaces(readFileSync(placesFile(), 'utf8'))
  } catch {
    return {}
  }
}

/** Where it can't be kept, the bar stands where it does the first time. */
function keepPlaces(places: BarPlaces): void {
  try {
    writeFileSync(placesFile(), JSON.stringify(places))
  } catch {
    return
  }
}
