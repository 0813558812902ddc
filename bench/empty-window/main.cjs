// The least that an Electron app can be: what Parley's figures are held against.
const { app, BrowserWindow } = require('electron')

app.setPath('userData', process.env.PARLEY_HOME)
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 980, height: 720 })
  window.on('close', (event) => {
    event.preventDefault()
    window.hide()
  })
  app.on('before-quit', () => app.exit(0))
  void window.loadURL('data:text/html,<title>Empty</title><p>Empty</p>')
})
