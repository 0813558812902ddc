import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bargeIn, type SpokenItem } from '../../../src/core/turn/barge-in.ts'
import { fewestMsFor, heardWords, withCutMark } from '../../../src/core/turn/heard.ts'
import { frameTaken, keyUp, pressed, released, type TalkKey } from '../../../src/core/turn/push-to-talk.ts'

const spoken = (more: Partial<SpokenItem> = {}): SpokenItem => ({
  text: 'one two three four',
  receivedMs: 2_000,
  complete: true,
  ofThisSession: true,
  ...more,
})

describe('an interruption', () => {
  it('[T1] truncates every item of this session at whole milliseconds within what came of it', () => {
    const item = fc.record({
      playedMs: fc.double({ min: -10, max: 1e7, noNaN: true }),
      receivedMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      complete: fc.boolean(),
      ofThisSession: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), (items) => {
        const cut = items.map(({ playedMs }, at) => ({ item: `a${at}`, playedMs }))
        const { send, changes } = bargeIn(cut, (id) => spoken(items[Number(id.slice(1))]))
        expect(changes.map((change) => 'turn' in change && change.turn)).toEqual(cut.map(({ item: id }) => id))
        const own = cut.filter((_, at) => items[at]!.ofThisSession).map(({ item: id }) => id)
        expect(send.map((event) => event.item_id)).toEqual(own)
        for (const event of send) {
          const { receivedMs } = items[Number(event.item_id.slice(1))]!
          expect(Number.isInteger(event.audio_end_ms)).toBe(true)
          expect(event.audio_end_ms).toBeGreaterThanOrEqual(0)
          expect(event.audio_end_ms).toBeLessThanOrEqual(receivedMs)
        }
      }),
    )
  })

  it('[T1] tells nothing of an item that nobody knows', () => {
    expect(bargeIn([{ item: 'x', playedMs: 10 }], () => undefined)).toEqual({ send: [], changes: [] })
  })

  it('[T10] words that ran ahead of their sound are not taken for heard', () => {
    const long = 'This sentence takes about five seconds to say, but only the first half second of it has arrived yet.'
    const ahead = spoken({ text: long, receivedMs: 500, complete: false })
    const { changes } = bargeIn([{ item: 'a', playedMs: 500 }], () => ahead)
    expect(changes[0]).toMatchObject({ playedMs: 500, heard: 'This' })
  })
})

describe('what was heard', () => {
  const text = fc.array(
    fc.string({ minLength: 1, maxLength: 8 }).filter((word) => word.trim() !== ''),
    { maxLength: 30 },
  )
  const ms = fc.integer({ min: 0, max: 60_000 })

  it('[T10] is a beginning of the words, in whole words, and grows with time to all of them', () => {
    fc.assert(
      fc.property(text, ms, ms, ms, (parts, oneMs, otherMs, audioMs) => {
        const whole = parts.join(' ')
        const [earlierMs, laterMs] = [Math.min(oneMs, otherMs), Math.max(oneMs, otherMs)]
        const [earlier, later] = [earlierMs, laterMs].map((playedMs) => heardWords(whole, playedMs, audioMs))
        for (const heard of [earlier!, later!]) {
          expect(whole.startsWith(heard)).toBe(true)
          const rest = whole.slice(heard.length)
          expect(heard === '' || rest === '' || /^\s/.test(rest)).toBe(true)
        }
        expect(later!.startsWith(earlier!)).toBe(true)
        if (audioMs > 0) expect(heardWords(whole, audioMs, audioMs)).toBe(whole)
        expect(heardWords(whole, 0, audioMs)).toBe('')
      }),
      { numRuns: 2_000 },
    )
  })

  it('[A242] ends with a whole word also where no spaces stand between words', () => {
    const sentence = '今日は天気がとても良いので散歩に行きましょう。'
    const words = [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(sentence)]
    const ends = new Set([0, ...words.map(({ index, segment }) => index + segment.length)])
    const lengths = new Set<number>()
    for (let playedMs = 0; playedMs <= 4_000; playedMs += 40) {
      const heard = heardWords(sentence, playedMs, 4_000)
      expect(sentence.startsWith(heard)).toBe(true)
      expect(ends.has(heard.length), heard).toBe(true)
      expect(heard.length).toBeLessThanOrEqual(Math.floor((sentence.length * playedMs) / 4_000))
      lengths.add(heard.length)
    }
    expect(lengths.size).toBeGreaterThan(8)
    expect(heardWords('ฉันอยากดื่มกาแฟ', 500, 1_000)).not.toBe('')
    expect(fewestMsFor('今日は')).toBeGreaterThan(fewestMsFor('abc'))
  })

  it('[T10] is marked where it ends', () => {
    expect(withCutMark('one two')).toBe('one two —')
    expect(withCutMark('')).toBe('—')
  })
})

describe('a press', () => {
  it('[T7] ends in exactly one outcome, however often the key repeats, and only a press does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('press', 'frame', 'release')), (steps) => {
        let key: TalkKey = keyUp
        let begun = 0
        let ended = 0
        let frames = 0
        for (const one of steps) {
          if (one === 'press') {
            const next = pressed(key, 0)
            key = next.key
            if (next.began) {
              begun++
              frames = 0
            }
          } else if (one === 'frame') {
            key = frameTaken(key)
            frames++
          } else {
            const outcome = released(key)
            if (outcome !== null) {
              ended++
              expect(outcome).toBe(frames * 20 >= 100 ? 'committed' : 'too-short')
            }
            key = keyUp
          }
          expect(begun - ended).toBe(key.type === 'down' ? 1 : 0)
        }
      }),
    )
  })
})
