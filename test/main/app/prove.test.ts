import { expect, it } from 'vitest'
import { openApp } from '../../support/opened-app.ts'

it('[C16] the window says that the network is back: a line that is dead is replaced, a living one stays', async () => {
  const { ask, live, server, state } = await openApp()
  const connection = await live()
  await ask('prove', null)
  await connection.settled()
  expect(server.attempts()).toBe(1)
  connection.pause()
  await ask('prove', null)
  expect((await server.connection()).number).toBe(2)
  await state(({ line }) => line.type === 'live')
})
