// Two that take the floor in the same moment, what their microphones send meanwhile, and a holder that is gone in mid-word.
import { expect, it } from 'vitest'
import { silentFloorMs } from '../../../src/main/link/talk.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { dial, pair, startLink, type DeviceSocket } from '../../support/paired.ts'

function soundTo({ socket }: DeviceSocket): unknown[] {
  const said: unknown[] = []
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const told = isBinary ? {} : (JSON.parse(data.toString('utf8')) as { sound?: unknown })
    if (told.sound !== undefined) said.push(told.sound)
  })
  return said
}

const lost = [{ type: 'lost' }]
const frame = (sample: number): Buffer => Buffer.from(new Int16Array(480).fill(sample).buffer)
const firstOf = (audio: string): number => Buffer.from(audio, 'base64').readInt16LE(0)

it('[L266] one has the floor and the other is told; what is no frame of its, or too many, is nothing', async () => {
  const started = await startLink()
  const service = await started.live()
  const [phone, tablet] = [await pair(started, ['talk'], 'Phone'), await pair(started, ['talk'], 'Tablet')]
  const { port } = started
  const [one, page, other] = [await dial(port, phone), await dial(port, phone), await dial(port, tablet)]
  const [toOne, toPage, toOther] = [soundTo(one), soundTo(page), soundTo(other)]
  await Promise.all([one.ask('take-floor', null), other.ask('take-floor', null)])
  const { floor } = started.app.state()
  const [winner, loser] = floor?.name === 'Phone' ? [toOne, toOther] : [toOther, toOne]
  expect([winner, loser]).toEqual([[], lost])
  // Another page of the device that has it, or of the one that has it not.
  await one.ask('take-floor', null)
  await page.ask('take-floor', null)
  await expect.poll(() => toOne.at(-1)).toEqual(lost[0])
  expect(started.app.state().floor?.name).toBe('Phone')
  expect(toPage).toEqual([])
  const heard = (): number[] => service.all('input_audio_buffer.append').map(({ audio }) => firstOf(audio))
  for (const odd of [Buffer.alloc(0), frame(7).subarray(1), Buffer.concat([frame(7), frame(7)])]) page.socket.send(odd)
  one.socket.send(frame(8))
  other.socket.send(frame(9))
  for (let count = 0; count < 1_000; count++) page.socket.send(frame(5))
  expect(await page.ask('look', null)).toMatchObject({ ok: true })
  await expect.poll(() => heard().filter((sample) => sample === 5).length).toBeGreaterThan(100)
  expect(heard().filter((sample) => sample === 5).length).toBeLessThan(400)
  expect(heard().filter((sample) => [7, 8, 9].includes(sample))).toEqual([])
})

it('[L268] a holder that is revoked, cut off or asleep in mid-word gives the floor back, and what it pressed is let go', async () => {
  const clock = createStillClock()
  const started = await startLink({ settings: { turnMode: 'manual' }, linkParts: { clock } })
  const service = await started.live()
  const { app, port } = started
  const revoke = async (): Promise<unknown> =>
    started.ask('revoke-device', { device: (await started.view()).devices[0]!.id })
  const joined = async (name: string): Promise<DeviceSocket> =>
    dial(port, await pair(started, ['talk'], name, `127.0.2.${name.length}`))

  // The answer goes on here from where it was there.
  const ids = { response: 'resp_1', item: 'item_1' }
  await started.ask('say', { text: 'Tell me' })
  await service.next('response.create')
  service.beginAnswer({ ...ids, previous: null })
  service.speak(ids, 'It is a long story.', 20_000)
  const listener = await joined('Listener')
  const given = new Promise((resolve) =>
    listener.socket.on('message', (_: Buffer, isBinary: boolean) => isBinary && resolve(null)),
  )
  await listener.ask('take-floor', null)
  await given
  listener.socket.send(JSON.stringify({ sound: { type: 'position', at: 1, playedMs: 2_500 } }))
  await listener.ask('prove', null)
  await revoke()
  expect(await listener.closed).toBe(4_001)
  await expect.poll(() => app.state().floor).toBe(null)
  await started.ask('hush', null)
  const { audio_end_ms: endMs } = await service.next('conversation.item.truncate')
  expect(endMs).toBeGreaterThanOrEqual(2_500)
  expect(endMs).toBeLessThan(19_000)

  const ends = {
    revoked: revoke,
    cut: ({ socket }: DeviceSocket) => socket.terminate(),
    // Its system answers pings for it, and its page does nothing.
    async asleep({ ask }: DeviceSocket) {
      clock.pass(silentFloorMs - 1)
      expect(await ask('prove', null)).toMatchObject({ ok: true })
      expect(app.state().floor).not.toBe(null)
      clock.pass(1)
    },
    pressing: ({ socket }: DeviceSocket) => socket.terminate(),
  }
  for (const [how, end] of Object.entries(ends)) {
    const device = await joined(how)
    const said = soundTo(device)
    if (how !== 'pressing') await device.ask('take-floor', null)
    // A tap, so that it is latched; or a finger that rests on it.
    await device.ask('talk', { edge: 'down', handMs: 1 })
    if (how !== 'pressing') await device.ask('talk', { edge: 'up', handMs: 2 })
    expect([how, app.state().talking]).toEqual([how, how === 'pressing' ? 'held' : 'latched'])
    await end(device)
    await expect.poll(() => [how, app.state().floor, app.state().talking]).toEqual([how, null, 'up'])
    if (how === 'asleep') await expect.poll(() => said.at(-1)).toEqual(lost[0])
  }
})
