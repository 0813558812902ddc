// Masks keys in what a person said or typed, before it is stored: what is stored is shown, searched, exported and given to every
// later session. Only the words change, so everything that counts or names turns stays as it was.
import { hideKeys } from '../secrets.ts'
import type { Change } from './change.ts'

export function withoutKeys(change: Change): Change {
  switch (change.type) {
    case 'words-heard':
      return change.asTyped ? change : { ...change, text: hideKeys(change.text).text }
    case 'task-started':
      return { ...change, request: hideKeys(change.request).text }
    case 'rolled-back':
      return { ...change, draft: change.draft === null ? null : hideKeys(change.draft).text }
    default:
      return change
  }
}
