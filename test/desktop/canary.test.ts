// A key that is easy to find again goes through every way in which a service can fail, among them servers that say it back.
// Afterwards it is looked for wherever it has no business: the window, what was printed, and the files but the keys' own.
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'

const canary = 'canary7f3a9c51e2bd4806'

/** How a server can refuse an upgrade, the key that it was given in its answer. */
const refusals: Record<string, (key: string) => string> = {
  'an unknown key': (key) => `HTTP/1.1 401 bad ${key}\r\nx-key: ${key}\r\n\r\n${key}`,
  'a forbidden one': (key) => `HTTP/1.1 403 no ${key}\r\n\r\n${key}`,
  'too many requests': (key) => `HTTP/1.1 429 wait\r\nretry-after: ${key}\r\n\r\n${key}`,
  'a fault': (key) => `HTTP/1.1 500 oops\r\n\r\n{"error":{"message":"${key}"}}`,
  'a redirect': (key) => `HTTP/1.1 302 away\r\nlocation: http://127.0.0.1:9/${key}\r\n\r\n`,
  'a broken answer': (key) => `${key}\r\n\r\n`,
  'a wrong handshake': (key) =>
    `HTTP/1.1 101 ok\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${key}\r\n\r\n`,
  'no answer': () => '',
}

let desktop: Desktop
let app: DesktopApp
let server: Server
let answer = (_key: string): string => ''
const given: string[] = []

beforeAll(async () => {
  desktop = await openDesktop()
  app = await startApp(desktop)
  server = createServer().listen(0, '127.0.0.1')
  server.on('upgrade', (request, socket) => {
    const key = request.headers.authorization ?? ''
    given.push(key)
    socket.on('error', () => undefined)
    socket.end(answer(key))
  })
  await once(server, 'listening')
  await app.page.evaluate(() => {
    const heard: unknown[] = []
    Object.assign(window, { heard })
    window.parley!.hear((notice) => void heard.push(notice))
  })
})
afterAll(async () => {
  server.close()
  await app.quit()
  await desktop.stop()
})

/** The whole reply, whether it is an answer or an error. */
async function reply(name: string, argument: unknown): Promise<string> {
  return JSON.stringify(
    await app.page.evaluate((asked) => window.parley!.ask(asked.name as never, asked.argument as never), {
      name,
      argument,
    }),
  )
}

describe('a service’s key', () => {
  it('[X15] is in nothing that the window is told, nothing that is printed and no file but the keys’ own', async () => {
    const replies: string[] = []
    const ask = async (name: string, argument: unknown): Promise<void> => void replies.push(await reply(name, argument))
    const { port } = server.address() as AddressInfo
    await ask('set-key', { service: 'openai', key: `sk-${canary}`, plain: true })
    await ask('settings', {
      endpoint: { kind: 'compatible', baseUrl: `ws://127.0.0.1:${port}/v1`, model: 'm' },
      isSetUp: true,
    })
    await ask('set-key', { service: 'compatible', key: `sk-${canary}`, plain: true })
    for (const refuse of Object.values(refusals)) {
      answer = refuse
      await ask('try-service', null)
      await ask('retry', null)
      await ask('say', { text: 'Hello' })
    }
    // Where nobody listens, with the key where it does not belong, and with what is no key.
    await ask('settings', { endpoint: { kind: 'compatible', baseUrl: 'ws://127.0.0.1:9/v1', model: 'm' } })
    await ask('set-key', { service: 'compatible', key: `sk-${canary}`, plain: false })
    await ask('try-service', null)
    await ask('settings', {
      endpoint: { kind: 'compatible', baseUrl: `ws://x:sk-${canary}@127.0.0.1:9/v1`, model: 'm' },
    })
    await ask('settings', { instructions: `Use sk-${canary}` })
    await ask('settings', { voice: `sk-${canary}` })
    await ask('set-key', { service: 'elsewhere', key: `sk-${canary}`, plain: true })
    await ask('set-key', { service: 'openai', key: [`sk-${canary}`], plain: true })
    await ask('remove-key', { service: 'openai' })
    for (const name of ['look', 'snapshot', 'devices']) await ask(name, null)

    expect(given.filter((header) => header.includes(canary)).length).toBeGreaterThanOrEqual(
      Object.keys(refusals).length,
    )
    expect(replies.filter((text) => text.includes(canary))).toEqual([])
    const heard = await app.page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown[] }).heard))
    expect(heard.length).toBeGreaterThan(1_000)
    expect(heard).not.toContain(canary)
    expect(await app.page.content()).not.toContain(canary)
    expect(app.printed()).not.toContain(canary)
    const holding = readdirSync(app.home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path, 'latin1').includes(canary))
    expect(holding.sort()).toEqual([join(app.home, 'keys.json'), join(app.home, 'keys.json.before')])
  })
})
