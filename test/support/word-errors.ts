// How many words were misheard: the measure of recognition tests.

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9']+/g) ?? []

/** @returns words inserted, lost or replaced (Levenshtein) and the number of words that were said */
export function wordErrors(said: string, heard: string): { errors: number; words: number } {
  const [reference, hypothesis] = [wordsOf(said), wordsOf(heard)]
  let row = hypothesis.map((_, at) => at + 1)
  row.unshift(0)
  for (const [line, word] of reference.entries()) {
    const next = [line + 1]
    for (const [at, other] of hypothesis.entries())
      next.push(Math.min(row[at]! + (word === other ? 0 : 1), row[at + 1]! + 1, next[at]! + 1))
    row = next
  }
  return { errors: row.at(-1)!, words: reference.length }
}
