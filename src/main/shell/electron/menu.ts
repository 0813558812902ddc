// The menu of the app. Electron's own offers the developer tools and a reload; a package has none of it. On macOS a field
// takes copy and paste from the menu, so the edit menu stays there.
import { app, Menu } from 'electron'

export function setMenu(): void {
  if (!app.isPackaged) return
  const mac = [{ role: 'appMenu' as const }, { role: 'editMenu' as const }, { role: 'windowMenu' as const }]
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate(mac) : null)
}
