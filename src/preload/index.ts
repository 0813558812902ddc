// The bridge between the window and main: two functions, no decision. The window never sees ipcRenderer or an event.
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, Notice, Reply } from '../core/ipc.ts'

const bridge = {
  ask: (name: unknown, argument: unknown) => ipcRenderer.invoke('parley:ask', name, argument) as Promise<Reply>,
  hear(listen: (notice: Notice) => void) {
    const pass = (_event: unknown, notice: Notice): void => listen(notice)
    ipcRenderer.on('parley:notice', pass)
    return () => {
      ipcRenderer.off('parley:notice', pass)
    }
  },
}

contextBridge.exposeInMainWorld('parley', bridge satisfies { ask: unknown; hear: Bridge['hear'] })
