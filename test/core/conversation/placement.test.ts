import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callKey, resultKey, turnKey, type SessionItem } from '../../../src/core/conversation/held.ts'
import { misplacedAmong } from '../../../src/core/conversation/placement.ts'

function item(id: string, more: Partial<SessionItem> = {}): SessionItem {
  return {
    id,
    key: turnKey(id),
    kind: 'person',
    call: null,
    from: 'live',
    state: 'held',
    acknowledgedMs: 1,
    text: id,
    given: null,
    place: 'end',
    came: false,
    truncatedMs: null,
    ...more,
  }
}

const call = (id: string, more: Partial<SessionItem> = {}): SessionItem =>
  item(id, { key: callKey(id), kind: 'call', call: id, ...more })
const result = (of: string): SessionItem => item(`o ${of}`, { key: resultKey(of), kind: 'result', call: of })

function misplaced(
  here: readonly SessionItem[],
  wanted: readonly string[],
  mayMove: (item: SessionItem) => boolean = () => true,
): string[] {
  const places = new Map(wanted.map((key, at) => [key, at]))
  return [...misplacedAmong(here, (key) => places.get(key), mayMove).ids]
}

const ofTurns = (...ids: string[]): string[] => ids.map(turnKey)

describe('what stands in the wrong place of a session', () => {
  it('[V68] is as little as can be moved so that the rest is in order', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.nat(40), { maxLength: 12 })
          .chain((ids) => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids))),
        ([wanted, here]) => {
          const gone = new Set(
            misplaced(
              here.map((id) => item(String(id))),
              ofTurns(...wanted.map(String)),
            ),
          )
          const kept = here.filter((id) => !gone.has(String(id))).map((id) => wanted.indexOf(id))
          expect(kept).toEqual([...kept].sort((one, other) => one - other))
          expect(kept).toHaveLength(longest(here.map((id) => wanted.indexOf(id))))
        },
      ),
    )
  })

  it('[V68] is a call rather than a turn, and a text that was given rather than what was said', () => {
    expect(misplaced([item('a'), item('b'), call('f')], [turnKey('a'), callKey('f'), turnKey('b')])).toEqual(['f'])
    const given = item('b', { given: { id: 'b', type: 'message', role: 'user', content: [] } })
    expect(misplaced([given, item('a')], ofTurns('a', 'b'))).toEqual(['b'])
  })

  it('[V68] takes its output with it, which stands anywhere behind its call', () => {
    const wanted = [turnKey('a'), callKey('f'), resultKey('f'), turnKey('b')]
    expect(misplaced([item('a'), call('f'), item('b'), result('f')], wanted)).toEqual([])
    expect(misplaced([item('a'), result('f'), call('f'), item('b')], wanted)).toEqual(['o f'])
  })

  it('[V68] stays where something would have to pass it that can’t be given again, or is on its way', () => {
    const here = [item('b'), item('a')]
    expect(misplaced(here, ofTurns('a', 'b'), ({ id }) => id === 'none')).toEqual([])
    expect(misplaced([...here, item('c', { state: 'creating' })], ofTurns('a', 'b', 'c'))).toEqual([])
  })
})

/** By trying all. */
function longest(values: readonly number[]): number {
  let most = 0
  for (let chosen = 0; chosen < 2 ** values.length; chosen++) {
    const run = values.filter((_, at) => (chosen >> at) % 2 === 1)
    if (run.length > most && run.every((value, at) => at === 0 || value > (run[at - 1] ?? 0))) most = run.length
  }
  return most
}
