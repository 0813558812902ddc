// The engine's door against strangers: none is served, the engine lives, and whoever has the key is not refused.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { listenerLimits } from '../../src/listener/listener.ts'
import { tokenForTests } from '../support/realtime-client.ts'
import { startScriptedEngine } from '../support/scripted-engine.ts'
import { attack, kinds, visit, visitOf, type DoorUnderAttack } from '../support/stranger.ts'

function doorOf(url: string): DoorUnderAttack {
  const { port, host } = new URL(url)
  const key = `Authorization: Bearer ${tokenForTests}`
  return {
    port: Number(port),
    upgrade: [
      'GET /v1/realtime?model=parley-embedded HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      key,
    ],
    get: ['GET /v1/models HTTP/1.1', `Host: ${host}`, 'Connection: close', key],
    post: '/v1/responses',
    isServed: (answer) => answer.includes('session.created') || answer.includes('"object":"list"'),
  }
}

/** Run by another user, with the right key: what it is answered over HTTP and for a socket. */
const dialling = `
const [url, token] = process.argv.slice(1)
const status = (path, headers) => new Promise((resolve, reject) => {
  const answered = ({ statusCode }) => resolve(statusCode)
  require('node:http').request(url + path, { headers: { Authorization: 'Bearer ' + token, ...headers } })
    .on('response', answered).on('upgrade', (response, socket) => (socket.destroy(), answered(response)))
    .on('error', reject).end()
})
const key = { 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', ...key }
Promise.all([status('/models', {}), status('/realtime?model=parley-embedded', upgrade)])
  .then((both) => console.log(JSON.stringify(both)))
`

describe('the engine’s door', () => {
  it.each(kinds)('[R44] of 200 strangers of the kind “%s” none is served, and the person is let in', async (kind) => {
    const engine = await startScriptedEngine()
    const door = doorOf(engine.url)
    expect(door.isServed((await visit(door, { bytes: `${door.get.join('\r\n')}\r\n\r\n`, then: 'read' })).answer)).toBe(
      true,
    )
    expect(await attack(kind, door)).toEqual([])
    await engine.join()
    expect(engine.faults).toEqual([])
  })

  it('[R45] forty sockets without the key take no place from those who have it', async () => {
    const engine = await startScriptedEngine()
    const door = doorOf(engine.url)
    // They are told in band, and neither leave nor listen.
    for (let at = 0; at < 40; at++) await visit(door, { ...visitOf('token', 5 * at, door), then: 'hold' })
    const joined = await Promise.all(Array.from({ length: 32 }, () => engine.join()))
    expect(joined).toHaveLength(32)
  })

  it('[R45] one socket more than there are places is told so, and a place is free again when one leaves', async () => {
    const engine = await startScriptedEngine({ limits: { mostSockets: 2 } })
    const [first] = await Promise.all([engine.join(), engine.join()])
    expect((await engine.open().closed).code).toBe(1_006)
    first.close()
    await first.closed
    await expect.poll(() => engine.connections()).toBe(1)
    await engine.join()
  })

  it('[R46] whoever waits at the door without a key gives way to a newcomer; nobody is kept out', async () => {
    const mostWaiting = 4
    const engine = await startScriptedEngine({ limits: { mostWaiting } })
    const door = doorOf(engine.url)
    const held = []
    for (let at = 0; at <= mostWaiting; at++) held.push(await visit(door, { bytes: 'GET', then: 'hold' }))
    await expect.poll(() => engine.connections()).toBe(mostWaiting)
    const [oldest, ...others] = held.map(({ socket }) => socket)
    await expect.poll(() => oldest?.destroyed).toBe(true)
    expect(others.filter(({ destroyed }) => destroyed)).toEqual([])
    const client = await engine.join()
    for (let at = 0; at <= 3 * mostWaiting; at++) await visit(door, { bytes: 'GET', then: 'hold' })
    expect(await client.fence()).toEqual([])
  })

  it.each([
    ['says nothing', ''],
    ['begins and stops', 'GET /v1/realtime HTTP/1.1\r\nHost: 127'],
    ['sends no body', 'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n'],
  ])('[R46] a stranger who %s is let go in time', async (_, bytes) => {
    const engine = await startScriptedEngine({ limits: { headersMs: 40, requestMs: 60, idleMs: 80 } })
    await visit(doorOf(engine.url), { bytes, then: 'hold' })
    await expect.poll(() => engine.connections()).toBe(0)
  })

  it('[R46] a refused socket that leaves its own side open is let go all the same', async () => {
    const engine = await startScriptedEngine()
    const door = doorOf(engine.url)
    const held = await Promise.all(
      Array.from({ length: 20 }, (_, at) => visit(door, { ...visitOf('origin', 2 * at, door), then: 'cling' })),
    )
    await expect.poll(() => engine.connections()).toBe(0)
    for (const { socket } of held) socket.destroy()
  })

  it('[R47] on Linux a socket of another user gets nothing, with the right key too', async () => {
    // Only root may become somebody else; to everybody else the engine is another's. Root itself is let in everywhere, since
    // it can do anything anyway.
    const isRoot = process.getuid?.() === 0
    const engine = await startScriptedEngine(isRoot ? {} : { ownUser: (process.getuid?.() ?? 0) + 4_711 })
    const asOther = isRoot ? { uid: 65_534, gid: 65_534 } : {}
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', dialling, engine.url, tokenForTests], {
      ...asOther,
      cwd: '/',
      env: {},
    })
    expect(JSON.parse(stdout)).toEqual([403, 403])
    const own = await fetch(`${engine.url}/models`, { headers: { Authorization: `Bearer ${tokenForTests}` } })
    expect(own.status).toBe(isRoot ? 200 : 403)
  })

  it('[R46] the limits stand as they are written', () => {
    expect(listenerLimits).toEqual({
      mostWaiting: 128,
      mostTold: 8,
      toldMs: 1_000,
      headersMs: 5_000,
      requestMs: 30_000,
      idleMs: 10_000,
      headerBytes: 16_384,
    })
  })
})
