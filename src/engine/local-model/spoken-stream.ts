// A model's stream of text made fit for the ear: its private thinking is left out, markup too, and it comes in clauses.
import { createClauseCutter } from '../language/clauses.ts'

const opening = '<think>'
const closing = '</think>'

export interface SpokenStream {
  push(more: string): string[]
  end(): string[]
}

export function createSpokenStream(): SpokenStream {
  const cutter = createClauseCutter()
  let waiting = ''
  let thinking = false
  const visible = (): string => {
    let out = ''
    for (;;) {
      const mark = thinking ? closing : opening
      const at = waiting.indexOf(mark)
      if (at === -1) {
        // The mark may be cut in two by the stream: keep what could be its beginning.
        const keep = tailOf(waiting, mark)
        if (!thinking) out += waiting.slice(0, waiting.length - keep)
        waiting = waiting.slice(waiting.length - keep)
        return out
      }
      if (!thinking) out += waiting.slice(0, at)
      waiting = waiting.slice(at + mark.length)
      thinking = !thinking
    }
  }
  const clean = (pieces: readonly string[]): string[] =>
    pieces
      .map((piece) => piece.replace(/[*_`#~|]+|^\s*[-•]\s+/g, '').replace(/\s*\n+\s*/g, ' '))
      .filter((piece) => piece.trim() !== '')
  return {
    push(more) {
      waiting += more
      return clean(cutter.push(visible()))
    },
    end() {
      const rest = thinking ? '' : waiting
      waiting = ''
      return clean([...cutter.push(rest), ...cutter.end()])
    },
  }
}

function tailOf(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1) {
    if (mark.startsWith(text.slice(-length))) return length
  }
  return 0
}
