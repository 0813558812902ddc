// What keeps Parley from starting, said where there is no window yet.
import { dialog } from 'electron'

export function tellFailure(message: string): void {
  process.stderr.write(`${message}\n`)
  if (process.env['DISPLAY'] || process.platform !== 'linux') dialog.showErrorBox('Parley can’t start', message)
}
