// Whether the system starts Parley when the person logs in.
import { app } from 'electron'
import { autostartPath, setAutostart } from '../autostart.ts'

export async function setStartAtLogin(on: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args: ['--hidden'] })
    return
  }
  // An AppImage is mounted elsewhere each time; its own file is the one that stays.
  const program = process.env['APPIMAGE'] ?? process.execPath
  const rest = app.isPackaged ? [] : [app.getAppPath()]
  await setAutostart({ on, path: autostartPath(process.env), command: [program, ...rest, '--hidden'] })
}
