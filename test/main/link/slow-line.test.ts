// A device whose line is slow: what arrives of a large message counts as a word, and silence after it does not.
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { lineRules } from '../../../src/main/link/line.ts'
import { ask, originOf, pair, startLink } from '../../support/paired.ts'
import { createStillClock } from '../../support/still-clock.ts'

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
