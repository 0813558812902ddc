import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { emptyConversation, reduce, type Conversation } from '../../../src/core/conversation/reduce.ts'
import { newestPlace } from '../../../src/core/search-terms.ts'
import { createSearchIndex } from '../../../src/main/search/search-index.ts'
import { createStillClock } from '../../support/still-clock.ts'

function talk(id: string, ...texts: string[]): Conversation {
  const changes = texts.flatMap((text, at): Change[] => {
    const turn = `${id}-${at}`
    const after = at === 0 ? null : `${id}-${at - 1}`
    return [
      { type: 'turn-started', turn, role: 'user', via: 'text', after },
      { type: 'words-heard', turn, text },
    ]
  })
  return changes.reduce((conversation, change, at) => reduce(conversation, { seq: at + 1, atMs: at, change }), {
    ...emptyConversation,
    id,
  })
}

function indexOf(...talks: Conversation[]) {
  const all = new Map(talks.map((one) => [one.id, one]))
  const reads: string[] = []
  const index = createSearchIndex({
    clock: createStillClock(),
    entries: () => [...all.values()],
    read(id) {
      reads.push(id)
      return Promise.resolve(all.get(id) ?? null)
    },
  })
  const find = async (words: string): Promise<string[]> => [...(await index.find(words))].sort()
  return { all, reads, index, find }
}

describe('searching', () => {
  it('[D230] finds beginnings of words in any order, with marks or without, and where there are no spaces', async () => {
    const { find } = indexOf(
      talk('a', 'The boiler needs a valve'),
      talk('b', 'Déjà vu im Café'),
      talk('c', '私は東京に住んでいます'),
      talk('d', 'nothing'),
    )
    expect(await find('BOIL')).toEqual(['a'])
    expect(await find('valve boil')).toEqual(['a'])
    expect(await find('deja')).toEqual(['b'])
    expect(await find('café')).toEqual(['b'])
    expect(await find('東京')).toEqual(['c'])
    expect(await find('valve cafe')).toEqual([])
  })

  it('[D230] keeps up with what is said, taken back and deleted, and reads only what changed', async () => {
    const long = Array.from({ length: 200 }, (_, at) => `turn number ${at}`)
    const { all, reads, index, find } = indexOf(talk('a', ...long), talk('b', 'other'))
    expect(await find('number 7')).toEqual(['a'])
    reads.length = 0
    all.set('b', talk('b', 'other', 'zebra'))
    index.touch('b')
    expect(await find('zebra')).toEqual(['b'])
    expect(reads).toEqual(['b'])
    all.set('b', talk('b', 'other'))
    index.touch('b')
    expect(await find('zebra')).toEqual([])
    all.delete('a')
    index.drop('a')
    expect(await find('number')).toEqual([])
  })

  it('[D230] is at the newest place where it stands as it is written, else where all its words stand', () => {
    const one = talk('a', 'a red car and a house', 'the house is red', 'nothing of it')
    expect(newestPlace(one, 'red car')).toMatchObject({ turn: 'a-0' })
    expect(newestPlace(one, 'red')).toMatchObject({ turn: 'a-1' })
    expect(newestPlace(one, 'red hou')).toMatchObject({ turn: 'a-1' })
    expect(newestPlace(one, 'blue')).toBeNull()
  })
})
