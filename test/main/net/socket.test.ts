import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { openWebSocket } from '../../../src/main/net/socket.ts'

async function hear(key: string, frames: readonly string[]): Promise<string[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    for (const frame of frames) socket.send(frame)
    socket.close(1000, `bye ${key}`)
  })
  const heard: string[] = []
  const { port } = server.address() as AddressInfo
  const request = {
    url: `ws://127.0.0.1:${port}`,
    headers: { Authorization: `Bearer ${key}` },
    handshakeTimeoutMs: 5_000,
  }
  const { reason } = await new Promise<{ reason: string }>((resolve) => {
    openWebSocket(request, {
      opened: () => undefined,
      message: (text) => heard.push(text),
      alive: () => undefined,
      closed: resolve,
    })
  })
  server.close()
  return [...heard, reason]
}

it.each(['sk-proj-1_abc', 'abcdef0123456789'])(
  '[F24] a service that says the key %s back is heard without it, and every word else as it was sent',
  async (key) => {
    const words = 'ASCII, é, Łódź, 日本, 🎈 and sk-others'
    expect(await hear(key, [words, `no ${key}: ${words}`])).toEqual([words, `no [key]: ${words}`, 'bye [key]'])
  },
)

it('[V204] text that is no UTF-8 ends the line with 1007, and nothing behind it is read', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const told = new Promise<number>((resolve) =>
    server.on('connection', (socket) => {
      socket.on('close', resolve)
      for (const bytes of [Buffer.from('good é'), Buffer.from([0x61, 0xff]), Buffer.from('late')])
        socket.send(bytes, { binary: false })
    }),
  )
  const heard: string[] = []
  const { port } = server.address() as AddressInfo
  const close = await new Promise<{ cause?: string }>((resolve) => {
    openWebSocket(
      { url: `ws://127.0.0.1:${port}`, headers: {}, handshakeTimeoutMs: 5_000 },
      { opened: () => undefined, message: (text) => heard.push(text), alive: () => undefined, closed: resolve },
    )
  })
  server.close()
  expect(heard).toEqual(['good é'])
  expect(close.cause).toBe('WS_ERR_INVALID_UTF8')
  expect(await told).toBe(1007)
})
