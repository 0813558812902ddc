// A process that is many devices: each reads all that it is told and notes when. Told to, it says what came when.
import { dial } from '../../test/support/device-at-door.ts'
import { noticeKey, sharedNowMs } from './notice-key.ts'

export type DevicesOrder = { type: 'join'; port: number; cookies: readonly string[] } | { type: 'tell' }
export type DevicesNews =
  { type: 'joined' } | { type: 'came'; at: (readonly [key: string, atMs: number])[]; lost: number }

const came: (readonly [key: string, atMs: number])[] = []
let lost = 0

process.on('message', (order: DevicesOrder) => {
  if (order.type === 'tell') return void process.send?.({ type: 'came', at: came, lost } satisfies DevicesNews)
  void join(order.port, order.cookies)
})

async function join(port: number, cookies: readonly string[]): Promise<void> {
  for (const cookie of cookies) {
    const device = await dial(port, cookie, {}, (notice) => {
      const key = noticeKey(notice)
      if (key !== null) came.push([key, sharedNowMs()])
    })
    void device.closed.then(() => (lost += 1))
    await device.ask('look', null)
  }
  process.send?.({ type: 'joined' } satisfies DevicesNews)
}
