// Turns what the person says of themselves round, so that the voice can say it back.

const turned: Record<string, string> = {
  i: 'you',
  me: 'you',
  my: 'your',
  mine: 'yours',
  myself: 'yourself',
  we: 'you',
  our: 'your',
  ours: 'yours',
  us: 'you',
  "i'm": "you're",
  "i've": "you've",
  "i'll": "you'll",
  "i'd": "you'd",
  "we're": "you're",
  "we've": "you've",
}

/** `I parked my car` → `you parked your car`; `I am` → `you are`, `I was` → `you were`. */
export function secondPerson(words: string): string {
  return words
    .replace(/\b(i|we) (am|was|are|were)\b/gi, (_all, _who: string, verb: string) =>
      /^(am|are)$/i.test(verb) ? 'you are' : 'you were',
    )
    .replace(/[a-z']+/gi, (word) => turned[word.toLowerCase()] ?? word)
}

/** `My` and `The` of a sentence's start, but not a name's capital. */
export function lowerFirst(words: string): string {
  return words.replace(/^(?:My|The|Our|We|There|It|A|An)\b/, (word) => word.toLowerCase())
}
