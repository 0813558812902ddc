// Everyday questions to the engine without a model; `npm run bench -- everyday` prints the table of them.
import { describe, expect, it } from 'vitest'
import { countOf, holdEveryday, isAsMeant } from '../../support/everyday-held.ts'

/** What anybody waits for an answer without wondering; one takes some milliseconds. */
const longestMs = 3_000

describe('everyday questions without a model', () => {
  it('[M17] each is answered, followed up or honestly declined, at once, and no task is made of one', async () => {
    const rows = await holdEveryday()
    expect(rows.length, countOf(rows)).toBeGreaterThanOrEqual(100)
    for (const row of rows) expect(isAsMeant(row), `${row.line[0]} → ${row.answer} ${row.calls.join()}`).toBe(true)
    expect(Math.max(...rows.map(({ tookMs }) => tookMs))).toBeLessThan(longestMs)
    // The way to a model is told once a day: once in each conversation in which something was declined that a model can do.
    const offers = rows.filter(({ answer }) => /Connect a key|Verbinde einen|Conecta una/.test(answer))
    expect(new Set(offers.map(({ conversation }) => conversation)).size).toBe(offers.length)
  })
})
