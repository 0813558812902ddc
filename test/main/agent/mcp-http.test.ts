// Servers of tools at an address: who asks who one is, who wants a header, who is out of reach, who answers with a status.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { McpServer } from '../../../src/core/settings.ts'
import { createServerFetch } from '../../../src/main/agent/mcp/bounded-fetch.ts'
import { headerFrom } from '../../../src/main/agent/mcp/kept.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { createSessionSecrets } from '../../../src/main/app/session-secrets.ts'
import type { Clock, Secrets } from '../../../src/main/ports.ts'
import { createKeyring } from '../../../src/main/shell/keyring.ts'
import { answerMessage, startOAuthToolServer } from '../../support/oauth-tool-server.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openShop, until, type Shop } from '../../support/tool-shop.ts'

const far = (url: string, name = 'far'): McpServer => ({ kind: 'http', name, url, trustsHints: false })
const hasty: Clock = { ...systemClock, after: (delayMs, act) => systemClock.after(delayMs / 50, act) }

/** As a person's browser: goes where it is sent. */
async function browse(address: string): Promise<string> {
  const response = await fetch(address)
  return response.text()
}

async function addressOf(shop: Shop): Promise<string> {
  await shop.workshop.server('far')!.signIn()
  const { state } = await shop.view('far')
  expect(state.type).toBe('sign-in')
  return state.type === 'sign-in' ? (state.address ?? '') : ''
}

function keyring(folder: string): Secrets {
  const cipher = {
    isSecret: () => Promise.resolve(true),
    encrypt: (text: string) => Promise.resolve(Buffer.from(text).reverse()),
    decrypt: (bytes: Uint8Array) => Promise.resolve(Buffer.from(bytes).reverse().toString()),
  }
  return createKeyring({ folder, cipher, random: Math.random, env: {} })
}

describe('a server that asks who one is', () => {
  it('[S210] is signed in to in the browser, once; its tokens are kept in the keyring and renewed', async () => {
    const server = await startOAuthToolServer()
    const folder = temporaryFolder()
    const shop = await openShop([far(server.address)], { ready: false, secrets: keyring(folder) })
    await shop.stands('far', 'sign-in')
    expect(server.asked.some((one) => one.includes('/register'))).toBe(false)

    const address = await addressOf(shop)
    const back = new URL(new URL(address).searchParams.get('redirect_uri')!)
    expect(back.hostname).toBe('127.0.0.1')
    // Somebody else's page can't bring a code of its own.
    for (const query of ['?code=stolen', '?code=stolen&state=guessed'])
      expect((await fetch(`${back.href}${query}`)).status).toBe(404)
    expect((await shop.view('far')).state).toMatchObject({ type: 'sign-in', address })
    expect(await browse(address)).toContain('You are signed in.')
    await shop.stands('far', 'ready')
    await expect(fetch(back)).rejects.toThrow()
    expect((await shop.view('far')).kept).toEqual({ header: false, signedIn: true })
    await shop.turnOn('far__good')
    expect((await shop.use('far__good', {})).output).toContain('from afar')

    // The next Parley is known there; an old token is renewed without the person.
    await shop.workshop.close()
    server.expire()
    const next = await openShop([far(server.address)], { secrets: keyring(folder) })
    await next.turnOn('far__good')
    expect((await next.use('far__good', {})).output).toContain('from afar')
    server.expire()
    server.forget()
    await next.use('far__good', {})
    await next.stands('far', 'sign-in')
    // The door may be another one by now; one signs in again all the same.
    await browse(await addressOf(next))
    await next.stands('far', 'ready')
  })

  it('[S210] a no of the person, and of the server, is said; nothing is asked where somebody could listen', async () => {
    const server = await startOAuthToolServer()
    const shop = await openShop([far(server.address)], { ready: false })
    await shop.stands('far', 'sign-in')
    server.refusePerson()
    const address = await addressOf(shop)
    expect(await browse(address)).toContain('was refused')
    await until(shop.workshop, () => {
      const view = shop.workshop.server('far')!.view()
      return view?.type === 'sign-in' && view.why === 'The sign-in was refused: access_denied.'
    })
    // The same port without encryption is not asked for a server that has it.
    const near = await serve(answerMessage)
    const { fetch: ask } = createServerFetch('https://far.example/mcp', 'Bearer secret')
    await expect(ask(near.address)).rejects.toThrow('not safe to ask')
    expect(near.headers).toEqual([])
    const elsewhere = await serve((_, json) =>
      json(401, {}, { 'www-authenticate': 'Bearer resource_metadata="http://parley.invalid/who"' }),
    )
    const other = await openShop([far(elsewhere.address)], { ready: false })
    await other.stands('far', 'sign-in')
    await expect(other.workshop.server('far')!.signIn()).rejects.toThrow('offers no sign-in')
  })
})

interface Served {
  address: string
  headers: (string | undefined)[]
  close(): void
}

type Json = (status: number, value: object, headers?: Record<string, string>) => void

async function serve(answer: (body: string, json: Json) => void, port = 0): Promise<Served> {
  const headers: (string | undefined)[] = []
  const server = createServer((request, response) => {
    headers.push(request.headers.authorization)
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      const json: Json = (status, value, more = {}) => {
        response.writeHead(status, { 'content-type': 'application/json', ...more })
        response.end(JSON.stringify(value))
      }
      if (request.method === 'POST') answer(body, json)
      else json(405, {})
    })
  })
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(close)
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, headers, close }
}

describe('a server that wants a header', () => {
  it('[S211] is given the person’s, which is kept as a secret, and no other server is', async () => {
    const secret = 'Bearer a-long-secret-of-the-person'
    const guarded = await serve((body, json) =>
      guarded.headers.at(-1) === secret ? answerMessage(body, json) : json(401, { message: 'who?' }),
    )
    const open = await serve(answerMessage)
    const secrets = createSessionSecrets({})
    const shop = await openShop([far(guarded.address), far(open.address, 'open')], { ready: false, secrets })
    await shop.stands('far', 'sign-in')
    await shop.stands('open', 'ready')
    await shop.workshop.kept('far')!.setHeader(headerFrom('a-long-secret-of-the-person')!, false)
    await shop.workshop.server('far')!.restart()
    await shop.stands('far', 'ready')
    await shop.turnOn('far__good')
    expect((await shop.use('far__good', {})).output).toContain('from afar')
    expect((await shop.view('far')).kept).toEqual({ header: true, signedIn: false })
    expect(open.headers.every((header) => header === undefined)).toBe(true)
    expect(JSON.stringify([shop.settings.current(), await shop.workshop.serverViews()])).not.toContain('a-long-secret')
    // The same name at another address is another server.
    const stranger = await serve(answerMessage)
    await shop.settings.change({ mcpServers: [far(stranger.address)] })
    await shop.stands('far', 'ready')
    expect(stranger.headers.every((header) => header === undefined)).toBe(true)
  })

  it('[S211] a header is one line of plain signs; a key alone is a bearer’s', () => {
    expect(headerFrom(' Authorization: Basic abc= ')).toBe('Basic abc=')
    expect(headerFrom('key-1')).toBe('Bearer key-1')
    for (const typed of ['', 'two\nlines', 'zero\u200bwidth', '“curly”', 'a\u0000b'])
      expect(headerFrom(typed)).toBeNull()
  })
})

describe('a server that is out of reach', () => {
  it('[S207] is tried a few times and given up with a sentence, and is tried again when the network is back', async () => {
    const first = await serve(answerMessage)
    const port = Number(new URL(first.address).port)
    first.close()
    const shop = await openShop([far(first.address)], { ready: false, clock: hasty })
    const told = new Promise<string>((resolve) => shop.workshop.onTrouble(resolve))
    await shop.stands('far', 'failed')
    expect(await told).toMatch(/far could not be started: Nothing answers at its address \(ECONNREFUSED\)\. It is not/)
    await serve(answerMessage, port)
    shop.workshop.reach()
    await shop.stands('far', 'ready')
  })

  it('[S204] a refusing status is a failed call with its words; a broken one leaves the outcome unknown', async () => {
    let status = 200
    const words = { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'Too many questions today.' } }
    const server = await serve((body, json) =>
      status !== 200 && body.includes('tools/call') ? json(status, words) : answerMessage(body, json),
    )
    const shop = await openShop([far(server.address)], { clock: hasty })
    await shop.turnOn('far__good')
    status = 429
    expect(await shop.use('far__good', {})).toMatchObject({
      outcome: 'failed',
      output: expect.stringContaining('Too many questions today.') as string,
    })
    expect(shop.workshop.servers()[0]!.state).toBe('ready')
    status = 500
    expect((await shop.use('far__good', {})).outcome).toBe('unknown')
    await shop.stands('far', 'ready')
    status = 200
    expect((await shop.use('far__good', {})).outcome).toBe('ended')
  })
})
