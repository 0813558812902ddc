// The way out of this computer, one for everything that goes there: both sockets, HTTP, pages and servers of tools. Finds the
// proxy and whose certificates are believed; the one door to `undici`, whose fetch takes its connections from dial.ts.
import type { Agent, RequestInit as UndiciInit } from 'undici'
import type { Settings } from '../../core/settings.ts'
import type { Proxy, Way, WayOut } from '../ports.ts'
import { destinationOf, dial } from './dial.ts'
import { isExcepted, isLoopback, proxyOfEnvironment, proxyOfSystem, readProxy } from './proxy.ts'
import { readTrust, type Trust } from './trust.ts'

export interface WayOutOpts {
  /** As the person set it. */
  choice: () => Settings['proxy']
  /** The environment as it was at the start: a proxy's password has left the process's own. */
  env: NodeJS.ProcessEnv
  /** What the system says for an address, as Electron's `resolveProxy` words it. */
  system?: ((url: string) => Promise<string>) | undefined
  /** `name:password` for the proxy that the person set, null for none. */
  password?: (address: string) => Promise<string | null>
  /** In place of this computer's certificates; asked once, when the first secure connection is. */
  readTrusted?: () => Trust
}

/** Longer than the handshake of any line that is worth having. */
const connectWithinMs = 10_000

/** A tenth of a second of a start, of which a talk needs nothing. */
const loadUndici = () => import('undici')

export function createWayOut(opts: WayOutOpts): WayOut {
  const { env, readTrusted = () => readTrust(env) } = opts
  let trust: Trust | null = null
  /** By proxy, so that a connection is used again only by whoever would make the same one. */
  const agents = new Map<string, Agent>()

  async function find(address: string): Promise<Way> {
    const url = new URL(address)
    const isSecure = url.protocol === 'https:' || url.protocol === 'wss:'
    if (isSecure) trust ??= readTrusted()
    const proxy = isLoopback(url) ? null : await proxyFor(url)
    return {
      proxy,
      trust: isSecure || proxy?.protocol === 'https:' ? (trust ??= readTrusted()).context : null,
      problem: trust?.problem ?? null,
    }
  }

  async function proxyFor(url: URL): Promise<Proxy | null> {
    const choice = opts.choice()
    if (choice === 'none') return null
    if (choice !== 'system') return named(choice)
    if (isExcepted(env, url)) return null
    const given = proxyOfEnvironment(env) ?? (await ofSystem(url))
    return given === null ? null : readProxy(given.text, given.source)
  }

  async function named(address: string): Promise<Proxy> {
    const proxy = readProxy(address, 'the settings')
    const [, name, password] = /^([^:]*):([\s\S]*)$/.exec((await opts.password?.(address)) ?? '') ?? []
    return name === undefined || password === undefined ? proxy : { ...proxy, user: { name, password } }
  }

  async function ofSystem(url: URL): Promise<{ text: string; source: string } | null> {
    // It knows web addresses.
    const asked = url.href.replace(/^ws/, 'http')
    return proxyOfSystem((await opts.system?.(asked).catch(() => '')) ?? '')
  }

  async function fetchBy(url: string | URL, init?: RequestInit): Promise<Response> {
    const [way, undici] = await Promise.all([find(String(url)), loadUndici()])
    const key = JSON.stringify([way.proxy, way.trust !== null])
    const agent = agents.get(key) ?? new undici.Agent({ connect: connector(way) })
    agents.set(key, agent)
    const options = { ...init, dispatcher: agent }
    // The same standard, typed and made twice.
    const { status, statusText, headers, body } = await undici.fetch(url, options as UndiciInit)
    return new Response(body, { status, statusText, headers: [...headers] })
  }

  return {
    find,
    by: async (request) => ({ ...request, way: await find(request.url) }),
    fetch: fetchBy,
  }
}

function connector(way: Way): NonNullable<Agent.Options['connect']> {
  return ({ hostname, port, protocol }, done) => {
    const to = destinationOf(`${protocol}//${hostname}${port === '' ? '' : `:${port}`}`)
    dial(to, way, { withinMs: connectWithinMs, signal: new AbortController().signal }).then(
      (socket) => done(null, socket),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    )
  }
}
