import { once } from 'node:events'
import { createServer, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { judgeClose } from '../../../src/core/connection/close-codes.ts'
import { openWebSocket } from '../../../src/main/net/socket.ts'
import type { SocketClose } from '../../../src/main/ports.ts'

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

const errorWith = (key: string): object => ({
  type: 'error',
  error: { code: `no_${key}`, message: `Incorrect API key provided: ${key}.`, param: [{ deep: key }] },
})
const failedWith = (key: string): object => ({
  type: 'response.done',
  response: { id: 'r', output: [{ text: key }], status_details: { error: { message: `No: ${key}` } } },
})

it.each(['sk-proj-1_abc', 'abcdef0123456789'])(
  '[F24] a service that says the key %s back in an error or a close is heard without it',
  async (key) => {
    const frames = [errorWith(key), failedWith(key), { type: 'x.failed', error: key }, { type: `x.${key}`, item: 'y' }]
    const heard = await hear(
      key,
      frames.map((frame) => JSON.stringify(frame)),
    )
    expect(heard.slice(0, -1).map((frame) => JSON.parse(frame) as object)).toEqual([
      errorWith('[key]'),
      {
        ...failedWith('[key]'),
        response: { ...(failedWith('[key]') as { response: object }).response, output: [{ text: key }] },
      },
      { type: 'x.failed', error: '[key]' },
      { type: 'x.[key]', item: 'y' },
    ])
    expect(heard.at(-1)).toBe('bye [key]')
  },
)

it.each(['sk-proj-1_abc', 'abcdef0123456789', 'test', 'x'])(
  '[C227] what is no error is heard as it was sent, letter for letter, under the key %s',
  async (key) => {
    const words = 'ASCII, é, Łódź, 日本, 🎈 and the user will test one x'
    const frames = [
      words,
      `no JSON with ${key}`,
      `{ "type":"response.done", "response":{"output":[{"transcript":"${words} ${key}"}]} }`,
      `{"type":"session.updated","session":{"id":"${key}"}, "n":12345678901234567890}`,
      `{"type":"a","delta":${'['.repeat(5_000)}"${key}"${']'.repeat(5_000)}}`,
    ]
    expect((await hear(key, frames)).slice(0, -1)).toEqual(frames)
  },
)

it.each(['test', 'none', 'x'])('[C227] the short key %s is no pattern, not in errors either', async (key) => {
  const frames = [JSON.stringify(errorWith(key)), JSON.stringify(failedWith(key))]
  expect(await hear(key, frames)).toEqual([...frames, `bye ${key}`])
})

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

/** How an attempt ends that a web server answers so. */
async function refusedBy(answer: (response: ServerResponse) => void): Promise<SocketClose> {
  const server = createServer()
  server.on('upgrade', (request, stream) => {
    stream.on('error', () => undefined)
    const response = new ServerResponse(request)
    response.assignSocket(stream as Socket)
    answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = await new Promise<SocketClose>((resolve) => {
    openWebSocket(
      { url: `ws://127.0.0.1:${port}`, headers: {}, handshakeTimeoutMs: 5_000 },
      { opened: () => undefined, message: () => undefined, alive: () => undefined, closed: resolve },
    )
  })
  server.closeAllConnections()
  server.close()
  return close
}

const told = (code: string): string => JSON.stringify({ error: { code, message: 'No.' } })

it.each<[string, number, Record<string, string>, string, string]>([
  ['a web page', 200, { 'content-type': 'text/html' }, '<html>Hello</html>', 'address'],
  ['too many requests', 429, {}, told('rate_limit_exceeded'), 'retry'],
  ['no credit, by the status of too many requests', 429, {}, told('insufficient_quota'), 'quota'],
  ['a model that it does not know', 400, {}, told('model_not_found'), 'model'],
  ['a body without an end of its own kind', 503, {}, '{"error":', 'retry'],
  ['too much of a body', 503, {}, 'x'.repeat(100_000), 'retry'],
])(
  '[P337] an upgrade that is answered with %s is judged by what it says',
  async (_, status, headers, body, verdict) => {
    const judged = judgeClose(await refusedBy((response) => response.writeHead(status, headers).end(body)), null)
    expect(judged.type === 'fatal' ? judged.remedy : judged.type).toBe(verdict)
  },
)

it('[P337] a date in retry-after is kept to, and a body that never ends keeps nobody waiting', async () => {
  const at = new Date(Date.now() + 60_000).toUTCString()
  const close = await refusedBy((response) => void response.writeHead(429, { 'retry-after': at }).write('{'))
  expect(close.status).toBe(429)
  expect(close.retryAfterMs).toBeGreaterThan(50_000)
  expect(close.retryAfterMs).toBeLessThanOrEqual(60_000)
})
