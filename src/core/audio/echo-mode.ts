// Whether the voice's echo is cancelled, left alone, or kept from being sent by closing the microphone while the voice speaks:
// by what the person chose, by whether headphones are worn, and by what the leak meter measures.
import type { CleaningChoice, EchoMode } from './echo-view.ts'
import type { Leak } from './leak.ts'

export interface EchoFacts {
  choice: CleaningChoice['echo']
  /** The speaker's name, null while none is open. */
  speaker: string | null
  hasLibrary: boolean
  leak: Leak | null
}

/** With room between: what has changed once is not changed back by the next word. */
const rules = {
  /** The voice is heard after cancellation, and little of it went. */
  leakingErleDb: 10,
  leakingExcessDb: 12,
  /** The voice's own rest is as its sound is (0.5 to 0.9 in rooms); somebody who talks at length over it is not (under 0.3). */
  leakingLikeness: 0.4,
  tightLikeness: 0.2,
  tightErleDb: 15,
  tightExcessDb: 6,
  /** Three seconds of voice of which nothing is heard. */
  silentWindows: 15,
  silentExcessDb: 3,
  audibleExcessDb: 6,
}

/** What is between a mouth and its ears is no room: nothing comes back. Names as the systems give them, in their languages. */
const headphones =
  /head ?(?:phone|set)|ear ?(?:phone|bud|pod)|air ?pods|hands[- ]?free|kopfhörer|ohrhörer|auricular|audífono|cascos|casque|écouteur|cuffie|auriculares/iu

export const isHeadphones = (name: string): boolean => headphones.test(name)

/** @param before as it stands, for what needs less to go on than to begin */
export function chooseEchoMode(before: EchoMode, { choice, speaker, hasLibrary, leak }: EchoFacts): EchoMode {
  if (choice === 'off') return { type: 'off', why: 'chosen' }
  if (choice === 'automatic' && speaker !== null && isHeadphones(speaker)) return { type: 'off', why: 'headphones' }
  if (choice === 'automatic' && isUnheard(before, leak)) return { type: 'off', why: 'no-echo' }
  if (!hasLibrary) return { type: 'half-duplex', why: 'no-library' }
  return isLeaking(before, leak) ? { type: 'half-duplex', why: 'leak' } : { type: 'cancelling' }
}

function isUnheard(before: EchoMode, leak: Leak | null): boolean {
  const isOff = before.type === 'off' && before.why === 'no-echo'
  if (leak === null) return isOff
  if (isOff) return leak.rawExcessDb < rules.audibleExcessDb
  return leak.windows >= rules.silentWindows && leak.rawExcessDb < rules.silentExcessDb
}

function isLeaking(before: EchoMode, leak: Leak | null): boolean {
  const isClosed = before.type === 'half-duplex' && before.why === 'leak'
  if (leak === null) return isClosed
  const isLike = (leak.likeness ?? 1) > (isClosed ? rules.tightLikeness : rules.leakingLikeness)
  if (!isLike) return false
  if (isClosed) return leak.erleDb < rules.tightErleDb && leak.cleanExcessDb > rules.tightExcessDb
  return leak.erleDb < rules.leakingErleDb && leak.cleanExcessDb > rules.leakingExcessDb
}
