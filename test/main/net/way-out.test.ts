// Which way leads out, and what becomes of it when it does not.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSecureContext } from 'node:tls'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { onTestFinished, describe, expect, it } from 'vitest'
import { judgeClose } from '../../../src/core/connection/close-codes.ts'
import { plainCause } from '../../../src/core/connection/plain-cause.ts'
import { destinationOf, dial, straight } from '../../../src/main/net/dial.ts'
import { EndpointError } from '../../../src/main/net/endpoint.ts'
import { proxyName } from '../../../src/main/net/proxy.ts'
import { openWebSocket } from '../../../src/main/net/socket.ts'
import type { Trust } from '../../../src/main/net/trust.ts'
import { createWayOut, type WayOutOpts } from '../../../src/main/net/way-out.ts'
import type { SocketClose } from '../../../src/main/ports.ts'
import { openConnectProxy, type ConnectProxy } from '../../support/connect-proxy.ts'
import { createScriptedServer } from '../../support/scripted-server.ts'
import { openTlsFront, type TlsFront } from '../../support/tls-front.ts'
import { within } from '../../support/within.ts'

const service = 'wss://voice.example/v1/realtime'

const own = createSecureContext()
const portOf = ({ host }: ConnectProxy): number => Number(host.split(':')[1])
const readTrusted = (): Trust => ({ context: own, problem: null })

/** Host and port of the proxy that is found for an address; null for none. */
async function wayTo(url: string, opts: Partial<WayOutOpts>): Promise<string | null> {
  const { proxy } = await createWayOut({ choice: () => 'system', env: {}, readTrusted, ...opts }).find(url)
  return proxy === null ? null : proxyName(proxy)
}

describe('which proxy', () => {
  it.each([
    ['none', {}, null],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://p:1' }, 'p:1'],
    ['https_proxy before it', { https_proxy: 'q:2', HTTPS_PROXY: 'http://p:1' }, 'q:2'],
    ['HTTP_PROXY where there is no other', { HTTP_PROXY: 'http://p:1/' }, 'p:1'],
    ['HTTPS_PROXY before HTTP_PROXY', { http_proxy: 'q:2', HTTPS_PROXY: 'https://p' }, 'p:443'],
    ['none where it is empty', { HTTPS_PROXY: ' ' }, null],
    ['IPv6', { HTTPS_PROXY: 'http://[fd00::1]:8' }, '[fd00::1]:8'],
  ])('[C220] by the environment: %s', async (_, env, found) => {
    expect(await wayTo(service, { env })).toBe(found)
  })

  it.each([
    ['*', true],
    ['voice.example', true],
    ['.example', true],
    ['*.example', true],
    ['VOICE.example', true],
    ['voice.example:443', true],
    ['voice.example:444', false],
    ['other, voice.example', true],
    ['ice.example', false],
    ['voice.example.org', false],
    ['', false],
    ['10.0.0.0/8', false],
    ['::1', false],
  ])('[C220] NO_PROXY=%s: straight is %s', async (exceptions, isStraight) => {
    for (const env of [{ no_proxy: exceptions }, { NO_PROXY: exceptions }])
      expect(await wayTo(service, { env: { HTTPS_PROXY: 'p:1', ...env } })).toBe(isStraight ? null : 'p:1')
  })

  it.each([
    ['wss://10.1.2.3/v1', '10.0.0.0/8', null],
    ['wss://11.1.2.3/v1', '10.0.0.0/8', 'p:1'],
    ['wss://11.1.2.3/v1', '11.1.2.3', null],
    ['wss://11.1.2.3/v1', '1.2.3', 'p:1'],
    ['wss://[fd00::9]/v1', 'fd00::/8', null],
    ['wss://[fd00::9]:7/v1', '[fd00::9]:7', null],
    ['wss://10.1.2.3/v1', '10.0.0.0/99', 'p:1'],
  ])('[C220] numbers: %s by NO_PROXY=%s', async (url, exceptions, found) => {
    expect(await wayTo(url, { env: { HTTPS_PROXY: 'p:1', NO_PROXY: exceptions } })).toBe(found)
  })

  it.each(['ws://127.0.0.1:1/v1', 'wss://127.9.9.9/', 'http://localhost:3/', 'https://[::1]/', 'https://a.localhost/'])(
    '[C220] %s is on this computer: no proxy is asked, whoever names one',
    async (url) => {
      const env = { HTTPS_PROXY: 'p:1', HTTP_PROXY: 'p:1' }
      const system = (): Promise<string> => Promise.resolve('PROXY p:1')
      for (const choice of ['system', 'http://p:1'] as const)
        expect(await wayTo(url, { env, system, choice: () => choice })).toBeNull()
    },
  )

  it.each([
    ['PROXY a:1; DIRECT', 'a:1'],
    ['HTTPS a:1', 'a:1'],
    ['DIRECT', null],
    ['DIRECT; PROXY a:1', null],
    ['', null],
  ])('[C220] the system says %j', async (answer, found) => {
    const asked: string[] = []
    const system = (url: string): Promise<string> => Promise.resolve(asked.push(url) > 0 ? answer : '')
    expect(await wayTo(service, { system })).toBe(found)
    // It knows web addresses.
    expect(asked).toEqual(['https://voice.example/v1/realtime'])
    expect(await wayTo(service, { system, env: { HTTPS_PROXY: 'p:1' } })).toBe('p:1')
    expect(await wayTo(service, { system, env: { NO_PROXY: 'voice.example' } })).toBeNull()
    expect(await wayTo(service, { system, choice: () => 'none' })).toBeNull()
    expect(await wayTo(service, { system, choice: () => 'https://c:9' })).toBe('c:9')
  })

  it.each([
    ['no address', 'http://me:geheim@', {}],
    ['another kind', 'socks5://me:geheim@p:1', {}],
    ['a password that can’t be read', 'http://me:geheim%zz@p:1', {}],
  ])('[C223] %s is told without the password', async (_, HTTPS_PROXY) => {
    const error = await wayTo(service, { env: { HTTPS_PROXY } }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(EndpointError)
    expect((error as EndpointError).message).toContain('HTTPS_PROXY')
    expect((error as EndpointError).message).not.toContain('geheim')
  })
})

interface Line {
  proxy: ConnectProxy
  front: TlsFront
  /** Knocks once by the proxy. @returns how it ended; null when it opened */
  knock(env: NodeJS.ProcessEnv, url?: string): Promise<SocketClose | null>
}

async function openLine(user?: string): Promise<Line> {
  const server = await createScriptedServer()
  const front = await openTlsFront('voice.example', { '/v1': Number(new URL(server.url).port) })
  const leads = { 'voice.example:443': front.port, 'other.example:443': front.port }
  const proxy = await openConnectProxy({ leads, ...(user === undefined ? {} : { user }) })
  onTestFinished(async () => {
    await proxy.close()
    await front.close()
    await server.close()
  })
  return {
    proxy,
    front,
    async knock(env, url = service) {
      const request = { url, headers: { Authorization: 'Bearer test' }, handshakeTimeoutMs: 1_000 }
      const by = await createWayOut({ choice: () => 'system', env }).by(request)
      return new Promise((resolve) => {
        const socket = openWebSocket(by, {
          opened() {
            resolve(null)
            socket.terminate()
          },
          message: () => undefined,
          alive: () => undefined,
          closed: resolve,
        })
      })
    },
  }
}

describe('a proxy that does not lead there', () => {
  it.each([
    [407, 'fatal', 'wants a name and a password'],
    [403, 'fatal', 'does not let anybody reach voice.example (403)'],
    [502, 'retry', 'could not reach voice.example (502)'],
    [503, 'retry', 'could not reach voice.example (503)'],
    [200, null, ''],
  ])('[C222] that answers %i is told by its name, and not taken for the service', async (status, type, words) => {
    const { proxy, front, knock } = await openLine()
    if (status !== 200) proxy.refuse(status)
    const env = { HTTPS_PROXY: `http://${proxy.host}`, NODE_EXTRA_CA_CERTS: front.authority }
    const close = await knock(env)
    if (close === null) return expect(type).toBeNull()
    expect(close).not.toHaveProperty('status')
    const verdict = judgeClose(close, null)
    expect(verdict.type).toBe(type)
    const sentence = verdict.type === 'fatal' ? verdict.message : verdict.type === 'retry' ? verdict.cause : ''
    expect(sentence).toContain(`The proxy ${proxy.host} ${words}`)
  })

  it('[C222] one that says nothing, or is not there, is given up in time', async () => {
    const { proxy, front, knock } = await openLine()
    const env = { HTTPS_PROXY: `http://${proxy.host}`, NODE_EXTRA_CA_CERTS: front.authority }
    proxy.mute()
    expect(await knock(env)).toMatchObject({ cause: 'ETIMEDOUT' })
    const away = await openConnectProxy({ leads: {} })
    await away.close()
    expect((await knock({ ...env, HTTPS_PROXY: `http://${away.host}` }))?.cause).toBe(
      `The proxy ${away.host} can’t be reached (ECONNREFUSED).`,
    )
  })

  it('[P332] a limit of time comes also where memory is collected meanwhile', async () => {
    const { proxy } = await openLine()
    proxy.mute()
    setFlagsFromString('--expose-gc')
    const collecting = setInterval(runInNewContext('gc') as () => void, 20)
    onTestFinished(() => clearInterval(collecting))
    const way = {
      ...straight,
      proxy: { protocol: 'http:', host: '127.0.0.1', port: portOf(proxy), user: null },
    } as const
    const to = destinationOf(service)
    const dialled = dial(to, way, { withinMs: 300, signal: new AbortController().signal })
    await expect(within('the limit', dialled, { ms: 5_000 })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  })

  it.each([
    ['a wrong password', 'me:geheim1@', 407],
    ['the right one', 'me:geheim2@', null],
  ])('[C222] %s is seen by the proxy alone and is in nothing that is told', async (_, user, status) => {
    const { proxy, front, knock } = await openLine('me:geheim2')
    const close = await knock({ HTTPS_PROXY: `http://${user}${proxy.host}`, NODE_EXTRA_CA_CERTS: front.authority })
    expect(close === null ? null : 407).toBe(status)
    expect(proxy.credentials.at(-1)).toContain('Basic ')
    expect(JSON.stringify([close, close && judgeClose(close, null)])).not.toContain('geheim')
  })
})

describe('certificates', () => {
  it('[C224] one that nobody named is not believed, and the person is told what to do', async () => {
    const { proxy, knock, front } = await openLine()
    const env = { HTTPS_PROXY: `http://${proxy.host}` }
    const close = await knock(env)
    expect(close?.cause).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(plainCause(close?.cause ?? '')).toContain('NODE_EXTRA_CA_CERTS')
    expect(judgeClose(close!, null).type).toBe('retry')
    const missing = await knock({ ...env, NODE_EXTRA_CA_CERTS: `${front.authority}.not` })
    expect(plainCause(missing?.cause ?? '')).toContain('no certificate was found in the file')
  })

  it('[C224] one of NODE_EXTRA_CA_CERTS is believed for its own name, and so is one of the system’s store', async () => {
    const { proxy, knock, front } = await openLine()
    const env = { HTTPS_PROXY: `http://${proxy.host}`, NODE_EXTRA_CA_CERTS: front.authority }
    expect(await knock(env)).toBeNull()
    expect((await knock(env, 'wss://other.example/v1/realtime'))?.cause).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    if (process.platform !== 'linux') return
    expect(await knock({ HTTPS_PROXY: `http://${proxy.host}`, SSL_CERT_FILE: front.authority })).toBeNull()
  })

  it('[C224] over HTTP the same holds', async () => {
    const site = createServer((_, response) => response.end('here'))
    site.listen(0, '127.0.0.1')
    await once(site, 'listening')
    const front = await openTlsFront('voice.example', { '/v1': (site.address() as AddressInfo).port })
    const proxy = await openConnectProxy({ leads: { 'voice.example:443': front.port } })
    onTestFinished(async () => {
      await proxy.close()
      await front.close()
      site.close()
    })
    const HTTPS_PROXY = `http://${proxy.host}`
    const ask = (env: NodeJS.ProcessEnv): Promise<Response> =>
      createWayOut({ choice: () => 'system', env }).fetch('https://voice.example/v1/models')
    expect(await (await ask({ HTTPS_PROXY, NODE_EXTRA_CA_CERTS: front.authority })).text()).toBe('here')
    await expect(ask({ HTTPS_PROXY })).rejects.toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
    proxy.refuse(403)
    await expect(ask({ HTTPS_PROXY })).rejects.toMatchObject({ cause: { status: 403 } })
  })
})
