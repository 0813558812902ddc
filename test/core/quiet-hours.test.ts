import { expect, it } from 'vitest'
import { isQuietAt } from '../../src/core/quiet-hours.ts'

const at = (time: string): { hours: number; minutes: number } => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return { hours, minutes }
}

it('[X72] hours within a day are quiet from the first minute to before the last', () => {
  const hours = { from: '13:00', to: '14:30' }
  expect(['12:59', '13:00', '14:29', '14:30'].map((time) => isQuietAt(hours, at(time)))).toEqual([
    false,
    true,
    true,
    false,
  ])
})

it('[X72] hours over midnight are quiet on both sides of it; none are never, and a whole day is always', () => {
  const hours = { from: '22:00', to: '07:00' }
  expect(['21:59', '22:00', '00:00', '06:59', '07:00'].map((time) => isQuietAt(hours, at(time)))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
  expect(isQuietAt(null, at('03:00'))).toBe(false)
  expect(isQuietAt({ from: '08:00', to: '08:00' }, at('12:00'))).toBe(true)
})
