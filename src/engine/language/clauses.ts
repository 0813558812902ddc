// Cuts an answer into pieces that can be spoken while the rest is still coming: sentences, and clauses of some length.

/** Shortest piece that may end at a comma. The first may be short: the sooner it is spoken the better. */
const leastChars = { first: 18, later: 40 }
const mostChars = 220

/** Pieces that joined are the text again. */
export function splitClauses(text: string): string[] {
  const cutter = createClauseCutter()
  return [...cutter.push(text), ...cutter.end()]
}

export interface ClauseCutter {
  /** The pieces that are complete now. */
  push(more: string): string[]
  /** What is left, at the end. */
  end(): string[]
}

export function createClauseCutter(): ClauseCutter {
  let waiting = ''
  let cut = 0
  const next = (): string | null => {
    const least = cut === 0 ? leastChars.first : leastChars.later
    // A mark counts only with the space behind it: "3.5" and "12,500" are one word.
    const at = waiting.search(/[.!?…]["')]?\s/)
    for (const match of waiting.matchAll(/[,;:—–](?=\s)|\n/g)) {
      const end = match.index + match[0].length
      if (end >= least && (at === -1 || end < at)) return take(end)
    }
    if (at !== -1) return take(at + (/^["')]/.test(waiting.slice(at + 1)) ? 2 : 1))
    const space = waiting.length > mostChars ? waiting.lastIndexOf(' ', mostChars) : -1
    return space > 0 ? take(space) : null
  }
  const take = (end: number): string => {
    const spaces = /^\s*/.exec(waiting.slice(end))?.[0].length ?? 0
    const piece = waiting.slice(0, end + spaces)
    waiting = waiting.slice(end + spaces)
    cut += 1
    return piece
  }
  return {
    push(more) {
      waiting += more
      const pieces: string[] = []
      for (let piece = next(); piece !== null; piece = next()) pieces.push(piece)
      return pieces
    },
    end() {
      const rest = waiting
      waiting = ''
      return rest === '' ? [] : [rest]
    },
  }
}
