// Parley's own window in Electron on the stand-in for main: its page, its preload script, its gate and its wire are the app's.
import { app } from 'electron'
import { systemClock } from '../../src/main/clock.ts'
import { connectWindow } from '../../src/main/shell/electron/connect.ts'
import { lockDown, serveSite } from '../../src/main/shell/electron/lockdown.ts'
import { createWindow } from '../../src/main/shell/electron/window.ts'
import { createGate } from '../../src/main/shell/gate.ts'
import { createSite } from '../../src/main/shell/site.ts'
import { readWindow, windowFolder } from '../../src/main/link/files.ts'
import { tellAnswer, tellNotices } from './play.ts'
import { createStandIn } from './stand-in.ts'

app.setPath('userData', process.env['PARLEY_HOME'] ?? '')
lockDown()
const standIn = createStandIn(JSON.parse(process.env['PARLEY_BENCH_SIZE'] ?? '') as never)
Object.assign(globalThis, {
  parleyBench: { notices: () => tellNotices(standIn), answer: () => tellAnswer(standIn) },
})
app.on('window-all-closed', () => undefined)
void app.whenReady().then(async () => {
  serveSite(createSite(await readWindow(windowFolder)))
  const window = createWindow({ clock: systemClock })
  app.on('before-quit', () => app.exit(0))
  const { answer, hear } = standIn.app
  connectWindow(Promise.resolve(createGate({ clock: systemClock, known: window.contents, answer })))
  hear((notice) => window.tell(notice))
  window.show()
})
