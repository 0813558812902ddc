import { expect, it } from 'vitest'
import { countSent, nothingSent } from '../../../src/core/health/sent-today.ts'

it('[A270] what was sent and kept back is counted by day, whatever the conversation', () => {
  let count = { day: '', today: nothingSent, counted: nothingSent }
  count = countSent(count, { sentMs: 100, keptMs: 900 }, 'Monday')
  count = countSent(count, { sentMs: 150, keptMs: 1_000 }, 'Monday')
  expect(count.today).toEqual({ sentMs: 150, keptMs: 1_000 })
  // Another conversation counts from its own beginning.
  count = countSent({ ...count, counted: nothingSent }, { sentMs: 5, keptMs: 7 }, 'Monday')
  expect(count.today).toEqual({ sentMs: 155, keptMs: 1_007 })
  count = countSent(count, { sentMs: 6, keptMs: 10 }, 'Tuesday')
  expect(count.today).toEqual({ sentMs: 1, keptMs: 3 })
})
