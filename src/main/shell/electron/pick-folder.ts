// The system's own dialog for choosing a folder, one at a time. What is chosen is granted only when the window asks for that.
import { BrowserWindow, dialog } from 'electron'
import { shellLanguage } from './language.ts'

let isOpen = false

/** @returns null when the person chose none */
export async function pickFolder(): Promise<string | null> {
  if (isOpen) return null
  isOpen = true
  const { say } = shellLanguage()
  const options = {
    title: say('shell.pickFolder'),
    buttonLabel: say('shell.choose'),
    properties: ['openDirectory' as const],
  }
  const [window] = BrowserWindow.getAllWindows()
  try {
    const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
  } finally {
    isOpen = false
  }
}
