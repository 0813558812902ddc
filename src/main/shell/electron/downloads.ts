// What the window hands to the person as a file: words that it made itself, put where the person says. Anything else that
// wants to be downloaded is refused.
import { basename } from 'node:path'
import type { Session } from 'electron'
import type { Notice } from '../../../core/ipc.ts'
import { isOwnFile } from '../links.ts'

export function offerOwnFiles(from: Session): void {
  from.on('will-download', (event, item) => {
    if (isOwnFile(item.getURL())) item.setSaveDialogOptions({ defaultPath: item.getFilename() })
    else event.preventDefault()
  })
}

/** Tells when such a file is there, or could not be written; a dialog that was cancelled needs no word. */
export function followOwnFiles(from: Session, tell: (notice: Notice) => void): void {
  from.on('will-download', (_event, item) => {
    if (!isOwnFile(item.getURL())) return
    item.once('done', (_done, how) => {
      if (how === 'completed') tell({ type: 'notice', level: 'note', message: `Saved as ${basename(item.savePath)}.` })
      if (how === 'interrupted')
        tell({ type: 'notice', level: 'error', message: 'The file could not be saved. Choose another place for it.' })
    })
  })
}
