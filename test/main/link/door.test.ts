// The door of the start in the browser against strangers: none is served, Parley lives, the person's page is let in.
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openWebServer, type WebServerOpts } from '../../../src/main/link/server.ts'
import { attack, kinds, visit, visitOf, type DoorUnderAttack } from '../../support/stranger.ts'

async function open(opts: Partial<WebServerOpts> = {}) {
  const asked: unknown[] = []
  const server = await openWebServer({
    app: {
      answer(name) {
        asked.push(name)
        return Promise.resolve({ ok: true, value: null })
      },
      hear: () => () => undefined,
    },
    files: new Map([['/', { type: 'text/html', bytes: Buffer.from('<p>the window</p>') }]]),
    ...opts,
  })
  onTestFinished(() => server.close())
  const { origin } = server
  const code = new URL(server.newAddress()).hash.slice('#code='.length)
  const entered = await fetch(`${origin}/enter`, { method: 'POST', headers: { origin, 'x-parley-code': code } })
  const token = await entered.text()
  return { server, asked, token, door: doorOf(origin, token) }
}

function doorOf(origin: string, token: string): DoorUnderAttack {
  const { port, host } = new URL(origin)
  return {
    port: Number(port),
    upgrade: [
      'GET / HTTP/1.1',
      `Host: ${host}`,
      `Origin: ${origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `Sec-WebSocket-Protocol: parley.1, token.${token}`,
    ],
    get: ['GET / HTTP/1.1', `Host: ${host}`, 'Connection: close'],
    post: '/enter',
    isServed: (answer) => answer.includes(' 101 ') || answer.includes('the window') || answer.includes(token),
  }
}

function join(port: number, token: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, ['parley.1', `token.${token}`], {
      origin: `http://127.0.0.1:${port}`,
    })
    onTestFinished(() => socket.terminate())
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

describe('the door of the start in the browser', () => {
  it.each(kinds)('[W81] of 200 strangers of the kind “%s” none is served, and the page is let in', async (kind) => {
    const { door, token, asked } = await open()
    expect(door.isServed((await visit(door, { bytes: `${door.get.join('\r\n')}\r\n\r\n`, then: 'read' })).answer)).toBe(
      true,
    )
    expect(await attack(kind, door)).toEqual([])
    await join(door.port, token)
    expect(asked).toEqual([])
  })

  it('[W81] a stranger who is refused and resets, at whatever byte of the refusal, ends nothing', async () => {
    const { door, token } = await open()
    for (let at = 0; at < 200; at++) {
      const { bytes } = visitOf('origin', 2 * at, door)
      await visit(door, { bytes, then: 'reset' })
    }
    await join(door.port, token)
  })

  it('[R46] a stranger who asks for much and reads nothing of it is let go in time', async () => {
    const much = { type: 'text/javascript', bytes: Buffer.alloc(32 * 1024 * 1024) }
    const { door, server } = await open({ files: new Map([['/', much]]), limits: { idleMs: 100 } })
    await expect.poll(() => server.connections()).toBe(0)
    const socket = connect(door.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => undefined)
    socket.write(`${door.get.join('\r\n')}\r\n\r\n`)
    await expect.poll(() => server.connections()).toBe(1)
    await expect.poll(() => server.connections()).toBe(0)
  })

  it('[W82] thirty-two windows have a place, and one more is refused until one leaves', async () => {
    const { door, token, server } = await open({ limits: { mostSockets: 2 } })
    const first = await join(door.port, token)
    await join(door.port, token)
    await expect(join(door.port, token)).rejects.toThrow('503')
    first.terminate()
    await expect.poll(() => server.connections()).toBeLessThanOrEqual(2)
    await join(door.port, token)
  })
})
