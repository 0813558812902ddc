const { ipcRenderer } = require('electron')

window.parley = { ask: (name, argument) => ipcRenderer.invoke('parley:ask', name, argument), ipcRenderer }
