// What a person gives as a key, made fit for the header in which it goes, or refused in a sentence. A key of any length is taken: a
// server of one's own may want `test`.

export type KeyRead = { type: 'key'; key: string } | { type: 'none' } | { type: 'refused'; why: string }

/** More than any key, and room for a token of a company's directory. */
const longest = 8_192

/** In the order in which they are looked for. */
const flaws: readonly (readonly [found: RegExp, what: string])[] = [
  [/[\r\n\u0085\u2028\u2029]/, 'there is a line break in the middle of it'],
  [/^Bearer\s/i, 'leave out the word “Bearer” before it'],
  [/[\s\u00a0]/, 'there is a space in the middle of it'],
  [/[\u2018-\u201f\u00ab\u00bb\u2039\u203a]/, 'there are curly quotes in it'],
  [
    /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/,
    'there is a character in it that can’t be seen',
  ],

  [/[\u0000-\u001f\u007f-\u009f]/, 'there is a control character in it'],
  [/[^\u0021-\u00ff]/, 'there is a character in it that no key has'],
]

/** @param text as it was pasted, or as an environment holds it */
export function readKey(text: string): KeyRead {
  const key = text.trim()
  if (key === '') return { type: 'none' }
  if (key.length > longest) return refused('it is longer than any key')
  const flaw = flaws.find(([found]) => found.test(key))
  return flaw === undefined ? { type: 'key', key } : refused(flaw[1])
}

function refused(what: string): KeyRead {
  return { type: 'refused', why: `This key can’t be sent: ${what}. Copy it once more, the key alone.` }
}
