// The window's side of its wire to the app: it may ask before there is an app, and is answered when there is one.
import { ipcMain } from 'electron'
import type { createGate } from '../gate.ts'

export type Gate = ReturnType<typeof createGate>

/** @param gate that it does not come is told by whoever makes it */
export function connectWindow(gate: Promise<Gate>): void {
  gate.catch(() => undefined)
  ipcMain.handle('parley:ask', async ({ sender, senderFrame }, name: unknown, argument: unknown) => {
    // The frame is null when it has gone since.
    const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame
    const from = { contents: sender.id, isMainFrame, url: senderFrame?.url ?? '' }
    return (await gate)(from, name, argument)
  })
}
