// Two that take the floor in the same moment, and what their microphones send meanwhile.
import { expect, it } from 'vitest'
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
