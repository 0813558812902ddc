// What the window hands to the person as a file: words that it made itself, put where the person says. Anything else that
// wants to be downloaded is refused.
import type { Session } from 'electron'
import { isOwnFile } from '../links.ts'

export function offerOwnFiles(from: Session): void {
  from.on('will-download', (event, item) => {
    if (isOwnFile(item.getURL())) item.setSaveDialogOptions({ defaultPath: item.getFilename() })
    else event.preventDefault()
  })
}
