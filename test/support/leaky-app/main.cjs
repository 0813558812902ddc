// An Electron app that does everything that it must not: the security audit is tried on it and has to find each point.
const { app, BrowserWindow, ipcMain, protocol, session, shell } = require('electron')
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

app.setPath('userData', process.env.PARLEY_HOME)
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
])

app.whenReady().then(() => {
  session.defaultSession.protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url)
    const name = pathname === '/' ? 'page.html' : pathname
    const type = name.endsWith('.html') ? 'text/html' : 'text/plain'
    return new Response(readFileSync(join(__dirname, name)), { headers: { 'content-type': type } })
  })
  ipcMain.handle('parley:ask', () => ({ ok: true, value: { ...process.env } }))
  const window = new BrowserWindow({
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      nodeIntegration: true,
      contextIsolation: false,
      sandbox: false,
      webSecurity: false,
      allowRunningInsecureContent: true,
      experimentalFeatures: true,
      enableBlinkFeatures: 'CSSVariables',
      webviewTag: true,
    },
  })
  window.webContents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url)
    return { action: 'allow' }
  })
  void window.loadURL(`file://${join(__dirname, 'page.html')}`)
})
