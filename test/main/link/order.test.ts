import { expect, it } from 'vitest'
import { dial, pair, startLink } from '../../support/paired.ts'

it('[L254] a device is told behind the voice’s own work, and never later than the answer to what it asked', async () => {
  const started = await startLink()
  await started.live()
  const device = await dial(started.port, await pair(started, ['read', 'type']))
  const order: string[] = []
  device.socket.on('message', (data: Buffer) => {
    const said = JSON.parse(data.toString('utf8')) as {
      reply?: unknown
      notice?: { type: string; stored?: { change: { text?: string } } }
    }
    if (said.reply !== undefined) order.push('reply')
    const text = said.notice?.type === 'change' ? said.notice.stored?.change.text : undefined
    if (text !== undefined) order.push(text)
  })
  const words = Array.from({ length: 20 }, (_, at) => `Word ${at}`)
  for (const text of words) await device.ask('say', { text })
  expect(order).toEqual(words.flatMap((text) => [text, 'reply']))
})
