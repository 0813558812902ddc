import { once } from 'node:events'
import { request } from 'node:http'
import { onTestFinished, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Notice } from '../../../src/core/ipc.ts'
import type { Clock } from '../../../src/main/ports.ts'
import { openWebServer, type WebServer } from '../../../src/main/link/server.ts'
import { codeMs } from '../../../src/main/link/codes.ts'
import { holdsToken } from '../../../src/main/link/gate.ts'
import { readAnswer, type HttpAnswer } from '../../support/http-answer.ts'
import { createStillClock } from '../../support/still-clock.ts'

interface Asked {
  name: unknown
  argument: unknown
}

async function open(clock?: Pick<Clock, 'monotonicMs'>) {
  const asked: Asked[] = []
  const listeners = new Set<(notice: Notice) => void>()
  const server = await openWebServer({
    ...(clock ? { clock } : {}),
    app: {
      answer(name, argument) {
        asked.push({ name, argument })
        return Promise.resolve({ ok: true, value: 'answered' })
      },
      hear(listen) {
        listeners.add(listen)
        return () => listeners.delete(listen)
      },
    },
    files: new Map([
      ['/', { type: 'text/html; charset=utf-8', bytes: Buffer.from('<p>window</p>') }],
      ['/assets/a.js', { type: 'text/javascript; charset=utf-8', bytes: Buffer.from('1') }],
    ]),
  })
  onTestFinished(() => server.close())
  return { server, asked, listeners, token: await enter(server) }
}

/** As the page does it. */
async function enter(server: WebServer, code = codeOf(server)): Promise<string> {
  const answer = await fetch(`${server.origin}/enter`, {
    method: 'POST',
    headers: { origin: server.origin, 'x-parley-code': code },
  })
  return answer.ok ? answer.text() : String(answer.status)
}

const codeOf = (server: WebServer): string => new URL(server.newAddress()).hash.slice('#code='.length)

interface Dial {
  token?: string
  origin?: string
  host?: string
  protocols?: string[]
}

interface Opened {
  server: WebServer
  token: string
}

function dial({ server, token: right }: Opened, { token, origin, host, protocols }: Dial = {}): WebSocket {
  const url = new URL(server.origin)
  return new WebSocket(`ws://${url.host}/`, protocols ?? ['parley.1', `token.${token ?? right}`], {
    ...(origin === '' ? {} : { origin: origin ?? url.origin }),
    ...(host === undefined ? {} : { headers: { host } }),
  })
}

/** What became of it: `open`, or the status of the refusal. */
function outcome(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.on('open', () => resolve('open'))
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)))
    socket.on('error', () => undefined)
  })
}

function get(server: WebServer, path: string, with_: { host?: string; method?: string } = {}) {
  const { hostname, port, host } = new URL(server.origin)
  return new Promise<HttpAnswer>((resolve, reject) => {
    const asking = request(
      { hostname, port, path, method: with_.method ?? 'GET', headers: { host: with_.host ?? host } },
      (response) => readAnswer(response, resolve),
    )
    asking.on('error', reject)
    asking.end()
  })
}

describe('the window in a browser', () => {
  it('[W20] only a page of this start may talk to main: token, origin and host must all be right', async () => {
    const opened = await open()
    const { port } = new URL(opened.server.origin)
    expect(await outcome(dial(opened))).toBe('open')
    const wrong: Dial[] = [
      { token: 'A'.repeat(43) },
      { token: '' },
      { protocols: ['parley.1'] },
      { origin: 'https://example.com' },
      { origin: `http://127.0.0.1.example.com:${port}` },
      { origin: `http://127.0.0.1:${Number(port) + 1}` },
      { origin: 'null' },
      { origin: '' },
      { host: `rebound.example.com:${port}` },
    ]
    for (const one of wrong) expect([one, await outcome(dial(opened, one))]).toEqual([one, '403'])
  })

  it('[W20] every start has another token', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.token).not.toBe(other.token)
    expect(one.token.length).toBeGreaterThan(40)
    expect(holdsToken('parley.1, token.abc', 'abd')).toBe(false)
  })

  it('[W80] the code of an address is exchanged for the token once, by the page itself, within a minute', async () => {
    const clock = createStillClock()
    const { server, token } = await open(clock)
    const code = codeOf(server)
    for (const wrong of [
      { method: 'GET', headers: { origin: server.origin, 'x-parley-code': code } },
      { method: 'POST', headers: { 'x-parley-code': code } },
      { method: 'POST', headers: { origin: 'https://example.com', 'x-parley-code': code } },
      { method: 'POST', headers: { origin: server.origin, 'x-parley-code': `${code.slice(1)}A` } },
      { method: 'POST', headers: { origin: server.origin } },
    ])
      expect([wrong, (await fetch(`${server.origin}/enter`, wrong)).status]).toEqual([wrong, 403])
    expect(await enter(server, code)).toBe(token)
    expect(await enter(server, code)).toBe('403')
    const late = codeOf(server)
    clock.pass(codeMs)
    expect(await enter(server, late)).toBe('403')
    const first = codeOf(server)
    for (let at = 0; at < 8; at++) codeOf(server)
    expect(await enter(server, first)).toBe('403')
  })

  it('[W21] only the window’s own files are served, to its own names, for reading, with the headers that lock it down', async () => {
    const { server } = await open()
    const page = await get(server, '/?x=1')
    expect(page).toMatchObject({ status: 200, body: '<p>window</p>' })
    const policy = String(page.headers['content-security-policy'])
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toContain('unsafe')
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    for (const path of [
      '/etc/passwd',
      '/../package.json',
      '/assets/../../package.json',
      '/%2e%2e/package.json',
      '//',
      '/__proto__',
    ])
      expect([path, (await get(server, path)).status]).toEqual([path, 404])
    expect((await get(server, '/', { host: 'rebound.example.com' })).status).toBe(421)
    expect((await get(server, '/', { method: 'POST' })).status).toBe(405)
  })

  it('[W22] asks reach the app and their replies come back under their number, beside the notices', async () => {
    const opened = await open()
    const { asked, listeners } = opened
    const socket = dial(opened)
    await outcome(socket)
    const heard: unknown[] = []
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))))
    socket.send(JSON.stringify({ id: 7, name: 'say', argument: { text: 'Hi' } }))
    await once(socket, 'message')
    for (const listen of listeners) listen({ type: 'level', microphone: -20, speaker: -96 })
    await once(socket, 'message')
    expect(asked).toEqual([{ name: 'say', argument: { text: 'Hi' } }])
    expect(heard).toEqual([
      { id: 7, reply: { ok: true, value: 'answered' } },
      { notice: { type: 'level', microphone: -20, speaker: -96 } },
    ])
    socket.close()
    await once(socket, 'close')
    await expect.poll(() => listeners.size).toBe(0)
  })

  it('[W22] who does not speak the contract is hung up on, and the app hears nothing of it', async () => {
    const opened = await open()
    const { asked } = opened
    for (const nonsense of ['{', '[]', '"x"', '{"id":"1","name":"say"}', 'null']) {
      const socket = dial(opened)
      await outcome(socket)
      socket.send(nonsense)
      const [code] = (await once(socket, 'close')) as [number]
      expect(code).toBe(1008)
    }
    const socket = dial(opened)
    await outcome(socket)
    socket.send(JSON.stringify({ id: 1, name: 'hush', argument: 'x'.repeat(300 * 1024) }))
    expect(((await once(socket, 'close')) as [number])[0]).toBe(1009)
    expect(asked).toEqual([])
  })
})
