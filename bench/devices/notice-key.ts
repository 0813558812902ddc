// By what a notice is known on both of its ends. Only what a person waits for: changes of the record, and captions.
import type { Notice } from '../../src/core/ipc.ts'

export type TimedKind = 'change' | 'caption'

/** @returns null for what is not timed */
export function noticeKey(notice: Notice): `${TimedKind} ${string}` | null {
  if (notice.type === 'change') return `change ${notice.conversation} ${notice.stored.seq}`
  if (notice.type === 'caption') return `caption ${notice.item} ${notice.text.length}`
  return null
}

/** Milliseconds by the clock that all processes of a machine share, with fractions. */
export const sharedNowMs = (): number => performance.timeOrigin + performance.now()
