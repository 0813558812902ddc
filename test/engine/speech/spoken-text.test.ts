import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toClauses, toSpokenText } from '../../../src/engine/speech/spoken-text.ts'

describe('what the voice is given to read', () => {
  it.each([
    ['It is 21 °C, wind 1 km/h.', 'It is 21 degrees Celsius, wind 1 kilometre per hour.'],
    ['From 9:00 am to 4:30 pm.', 'From 9 a m to 4:30 p m.'],
    ['Due 2026-11-03.', 'Due November 3, 2026.'],
    ['€20, £3.05 and 7 €', '20 euros, 3 pounds 5 and 7 euros'],
    ['7 × 6 + 2 = 44', '7 times 6 plus 2 = 44'],
    ['It is −5 and 10 - 4.', 'It is minus 5 and 10 minus 4.'],
    ['**Naïve** “café” – really…', 'Naive "cafe", really...'],
    ['# List\n- eggs\n- milk', 'List. eggs. milk'],
    ['See [the page](https://x.org/a) at https://example.com/b.', 'See the page at example dot com slash b.'],
    ['He runs 5 km in 20 min, e.g. today.', 'He runs 5 kilometres in 20 minutes, for example today.'],
  ])('[E15] %j becomes %j', (written, spoken) => {
    expect(toSpokenText(written)).toBe(spoken)
  })

  it('[E15] plain words, years, decimals and dollars are left alone', () => {
    const text = "In 1984 Dr. Smith's 3.14 pies cost $5.50, didn't they?"
    expect(toSpokenText(text)).toBe(text)
  })

  it('[E15] whatever is written, the voice gets one line of plain ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        expect(toSpokenText(written)).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })
})

describe('where a long text is cut', () => {
  it('[E15] after sentences and at commas, never after a title or inside a number', () => {
    const text = 'Dr. Smith has 1,234 books. ' + 'He reads them all, one after the other, '.repeat(5)
    const clauses = toClauses(text.trim())
    expect(clauses[0]).toBe('Dr. Smith has 1,234 books.')
    expect(clauses.length).toBeGreaterThan(2)
    expect(Math.max(...clauses.map(({ length }) => length))).toBeLessThanOrEqual(120)
    expect(clauses.join(' ')).toBe(text.trim())
  })

  it('[E15] what has nothing to read is no clause', () => {
    expect(toClauses('... !')).toEqual([])
  })
})
