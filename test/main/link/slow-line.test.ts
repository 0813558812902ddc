// A device whose line is slow: what arrives of a large message counts as a word, and silence after it does not; what is large goes
// to it in parts.
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { lineRules } from '../../../src/main/link/line.ts'
import { gotPart, partRules } from '../../../src/main/link/parts.ts'
import { ask, originOf, pair, startLink } from '../../support/paired.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { pngOf } from '../../support/test-picture.ts'

it('[L264] a picture that takes a minute to arrive is not cut for silence, and silence after it is', async () => {
  const clock = createStillClock()
  const started = await startLink({ linkParts: { clock } })
  await started.live()
  const cookie = await pair(started, ['read', 'type'])
  const { port } = started
  // Its pongs would wait behind the picture, as a browser's do.
  const slow = { autoPong: false, rejectUnauthorized: false, headers: { origin: originOf(port), cookie } }
  const socket = new WebSocket(`wss://127.0.0.1:${port}/`, ['parley.1'], slow)
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  const replies: unknown[] = []
  socket.on('message', (data: Buffer) => {
    const said = JSON.parse(data.toString('utf8')) as { id?: number; reply?: unknown }
    if (said.id !== undefined) replies.push(said.reply)
  })
  const closed = once(socket, 'close')
  const whole = JSON.stringify({ id: 1, name: 'say', argument: { text: 'What is it?'.padEnd(6_000, '!') } })
  const parts = 12
  for (let at = 0; at < parts; at++) {
    const from = Math.floor((at * whole.length) / parts)
    const to = Math.floor(((at + 1) * whole.length) / parts)
    socket.send(whole.slice(from, to), { fin: at === parts - 1 })
    // Behind it on the same loopback, and slower by a handshake.
    await ask(port, '/')
    clock.pass(lineRules.beatMs)
  }
  await expect.poll(() => replies).toEqual([{ ok: true, value: null }])
  expect(socket.readyState).toBe(WebSocket.OPEN)
  for (let ms = 0; ms <= lineRules.silentMs + lineRules.beatMs; ms += lineRules.beatMs) clock.pass(lineRules.beatMs)
  await closed
})

it('[L267] what is large goes in parts, each after the device’s word, and what is told meanwhile is not behind it', async () => {
  const clock = createStillClock()
  const started = await startLink({ linkParts: { clock } })
  const service = await started.live()
  // What stands behind a picture in its file is kept with it.
  const data = Buffer.concat([pngOf(200, 100), Buffer.alloc(400_000, 7)]).toString('base64')
  await started.ask('say', { text: 'Look', pictures: [{ name: 'noise.png', data }] })
  const { item } = await service.next('conversation.item.create')
  const shown = JSON.stringify(item)
  const digest = (await started.ask('look', null)).conversation.turns.at(-1)!.pictures![0]!.digest
  const cookie = await pair(started, ['read', 'type'])
  const slow = { autoPong: false, rejectUnauthorized: false, headers: { origin: originOf(started.port), cookie } }
  const socket = new WebSocket(`wss://127.0.0.1:${started.port}/`, ['parley.1'], slow)
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  const parts: { part: string; more: boolean }[] = []
  const told: string[] = []
  socket.on('message', (bytes: Buffer) => {
    const said = JSON.parse(bytes.toString('utf8')) as {
      part?: string
      more: boolean
      notice?: { type: string; stored?: { change: { text?: string } } }
    }
    if (said.part !== undefined) parts.push({ part: said.part, more: said.more })
    const text = said.notice?.stored?.change.text
    if (text !== undefined) told.push(text)
  })
  const closed = once(socket, 'close')
  socket.send(JSON.stringify({ id: 1, name: 'picture', argument: { digest } }))
  await expect.poll(() => parts.length).toBe(partRules.mostUnderWay)
  await started.ask('say', { text: 'Meanwhile' })
  await expect.poll(() => told).toContain('Meanwhile')
  expect(parts).toHaveLength(partRules.mostUnderWay)
  // Half a minute and more without a pong, a part every five seconds.
  for (let got = 0; parts.at(-1)!.more; got++) {
    clock.pass(lineRules.beatMs)
    const before = parts.length
    socket.send(gotPart)
    await expect.poll(() => parts.length).toBe(before + 1)
    expect(got).toBeLessThan(100)
  }
  expect(parts.length).toBeGreaterThan(3 * partRules.mostUnderWay)
  const { id, reply } = JSON.parse(parts.map(({ part }) => part).join('')) as {
    id: number
    reply: { ok: true; value: { data: string } }
  }
  expect([id, shown.includes(reply.value.data)]).toEqual([1, true])
  // Words of parts that it was never sent.
  for (let count = 0; count <= partRules.mostUnderWay; count++) socket.send(gotPart)
  await closed
})
