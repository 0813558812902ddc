import { expect, it } from 'vitest'
import { createLongNames } from '../../../src/main/call/long-names.ts'

it('[V202] an id that goes by a short name here has its own in what the service is sent', () => {
  const names = createLongNames()
  const command = { type: 'conversation.item.delete' as const, item_id: 'short~1' }
  expect(names.restored(command)).toBe(command)
  names.learn([['short~1', 'the long one']])
  expect(names.restored(command)).toEqual({ ...command, item_id: 'the long one' })
  expect(names.restored({ ...command, item_id: 'other' })).toEqual({ ...command, item_id: 'other' })
  for (let at = 0; at < 2_000; at++) names.learn([[`s${at}`, `l${at}`]])
  expect(names.restored(command)).toEqual(command)
  expect(names.restored({ ...command, item_id: 's1999' })).toEqual({ ...command, item_id: 'l1999' })
})
