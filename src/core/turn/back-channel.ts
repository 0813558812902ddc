// Words that only say “I am listening”: whoever says them wants the voice to go on. Whole utterances of nothing else, in the
// languages of the window.

const words = [
  // English
  'ah, aha, alright, all right, cool, exactly, good, got it, great, ha, haha, hah, heh, hm, hmm, huh, i see, interesting, m, mhm, mm, mmm, mm hm, mm hmm, mmhm, mm-hm, mm-hmm, nice, oh, ok, okay, really, right, sure, true, uh, uh huh, uh-huh, uhhuh, um, wow, ya, yea, yeah, yep, yes, yup',
  // German
  'ach, ach so, achso, aha, eben, echt, genau, gut, hm, ja, jaja, klar, mhm, na gut, okay, richtig, schön, so, stimmt, super, verstehe',
  // Spanish
  'ah, ajá, aja, bien, bueno, claro, claro que sí, de acuerdo, entiendo, eso, exacto, sí, si, vale, ya, ya veo',
]

const known: ReadonlySet<string> = new Set(words.flatMap((list) => list.split(', ')).map(plain))

/** Nothing but back-channels, or no word at all (a cough that was read as nothing). */
export function isBackChannel(text: string): boolean {
  const said = plain(text)
  return said === '' || isMadeOfKnown(said.split(' '))
}

/** May still become one with the next word: of words that are coming. */
export function mayBecomeBackChannel(text: string): boolean {
  const said = plain(text)
  return isBackChannel(said) || [...known].some((one) => one.startsWith(said))
}

/** Up to three words make one of them; at most four are said in a row. */
function isMadeOfKnown(said: readonly string[], left = 4): boolean {
  if (said.length === 0) return true
  if (left === 0) return false
  return [1, 2, 3].some(
    (count) =>
      count <= said.length && known.has(said.slice(0, count).join(' ')) && isMadeOfKnown(said.slice(count), left - 1),
  )
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
