// Takes out of a document of lists what stands word for word in what was said: for deleting for good, where somebody else keeps
// the document (the engine's notebook). Pure, and knows nothing of its fields.

/** Shorter ones stand in anybody's text. */
const leastChars = 8

/** @returns the same value when nothing of it was said. @param said in lower case, trimmed */
export function withoutSaid(value: unknown, said: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((entry) => !holdsSaid(entry, said)).map((entry) => withoutSaid(entry, said))
    return kept.length === value.length && kept.every((entry, at) => entry === value[at]) ? value : kept
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, of]) => [name, withoutSaid(of, said)] as const)
  const before = value as Record<string, unknown>
  return entries.every(([name, of]) => of === before[name]) ? value : Object.fromEntries(entries)
}

/** One entry of a list: a text, or a thing with a text of its own. */
function holdsSaid(entry: unknown, said: readonly string[]): boolean {
  if (typeof entry === 'string') return isSaid(entry, said)
  if (typeof entry !== 'object' || entry === null) return false
  return Object.values(entry).some((field) => typeof field === 'string' && isSaid(field, said))
}

/** Whether a text in which JSON stands, or stood before it was damaged, has such a text in it. */
export function holdsSaidText(damaged: string, said: readonly string[]): boolean {
  return [...damaged.matchAll(/"((?:[^"\\]|\\.)*)"?/gs)].some(([, text = '']) => isSaid(text, said))
}

function isSaid(text: string, said: readonly string[]): boolean {
  const own = text.trim().toLowerCase()
  return own.length >= leastChars && said.some((words) => words.includes(own) || own.includes(words))
}
