// What keeps Parley from starting, said where there is no window yet.
import { dialog } from 'electron'
import { printable } from '../../../core/printable.ts'
import { StoreError } from '../../store/store-error.ts'
import { shellLanguage } from './language.ts'

export function tellFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  // An expected failure is a sentence for the person; of any other the place is wanted too.
  const detail = error instanceof StoreError || !(error instanceof Error) ? message : (error.stack ?? message)
  process.stderr.write(printable(`${detail}\n`))
  const { say, told } = shellLanguage()
  dialog.showErrorBox(say('shell.cannotStart'), told(message))
}
