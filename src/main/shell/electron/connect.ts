// The wire between the window and the app: requests pass the gate, notices go out. The window may ask before there is a
// app; it is answered when there is one.
import { ipcMain } from 'electron'
import { systemClock } from '../../clock.ts'
import type { App } from '../../app/app.ts'
import { createGate } from '../gate.ts'
import type { ShellWindow } from './window.ts'

export function connectWindow(opening: Promise<Pick<App, 'answer' | 'hear'>>, window: ShellWindow): void {
  const gate = createGate({
    clock: systemClock,
    known: window.contents,
    answer: async (name, argument) => (await opening).answer(name, argument),
  })
  ipcMain.handle('parley:ask', ({ sender, senderFrame }, name: unknown, argument: unknown) => {
    // The frame is null when it has gone since.
    const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame
    return gate({ contents: sender.id, isMainFrame, url: senderFrame?.url ?? '' }, name, argument)
  })
  // That it does not open is told by whoever opens it.
  opening.then(
    (app) => app.hear((notice) => window.tell(notice)),
    () => undefined,
  )
}
