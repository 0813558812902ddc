import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyWalk } from '../../support/walks/steps.ts'
import { walk } from '../../support/walks/walk.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 150)
/** As a failure prints it, with the seed. */
const path = process.env['PARLEY_PATH']

describe('a conversation in which anything happens', () => {
  it(
    '[T18] ends quiet, with every turn answered once or offered, in order, held as it was heard, and paid once',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyWalk, async (steps) => {
          expect(await walk(steps)).toEqual([])
        }),
        { numRuns: runs, ...(path === undefined ? {} : { path }) },
      )
    },
    Math.max(60_000, 300 * runs),
  )
})
