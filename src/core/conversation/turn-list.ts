// The turns of a conversation as a value, with what is asked of them at every change (is this one there, is any open) known
// without looking through all of them: an hour has a thousand. What is known moves on to the list that comes of a list; asked of
// an older one again, it is looked for anew. What changes mean is reduce.ts.
import type { Turn } from './conversation.ts'

interface Known {
  places: Map<string, number>
  open: number
}

const lists = new WeakMap<readonly Turn[], Known>()

/** -1 where it is not. */
export function placeOfTurn(turns: readonly Turn[], id: string): number {
  return knownOf(turns).places.get(id) ?? -1
}

export function isAnyOpen(turns: readonly Turn[]): boolean {
  return knownOf(turns).open > 0
}

export function insertTurn(turns: readonly Turn[], at: number, turn: Turn): readonly Turn[] {
  const next = turns.toSpliced(at, 0, turn)
  // In the middle it gives every turn behind it another place.
  if (at === turns.length) {
    const known = moveOn(turns, next)
    known.places.set(turn.id, at)
    known.open += openIn(turn)
  }
  return next
}

export function replaceTurn(turns: readonly Turn[], at: number, turn: Turn): readonly Turn[] {
  const before = turns[at]
  const next = turns.with(at, turn)
  const known = moveOn(turns, next)
  known.open += openIn(turn) - (before ? openIn(before) : 0)
  return next
}

function moveOn(from: readonly Turn[], to: readonly Turn[]): Known {
  const known = knownOf(from)
  lists.delete(from)
  lists.set(to, known)
  return known
}

function knownOf(turns: readonly Turn[]): Known {
  const known = lists.get(turns)
  if (known) return known
  const fresh: Known = { places: new Map(), open: 0 }
  for (const [at, turn] of turns.entries()) {
    fresh.places.set(turn.id, at)
    fresh.open += openIn(turn)
  }
  lists.set(turns, fresh)
  return fresh
}

function openIn({ state }: Turn): number {
  return state.type === 'open' ? 1 : 0
}
