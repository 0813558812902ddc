// Which proxy leads to an address: as the person set it, as the environment names it, or as the system says. Pure. How a tunnel
// through one is made is dial.ts.
import { BlockList, isIP } from 'node:net'
import type { Proxy } from '../ports.ts'
import { EndpointError } from './endpoint.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What may be shown of a proxy: never its name and password. */
export function proxyName({ host, port }: Proxy): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * @param text an address, with or without its scheme
 * @param source who says so, for the sentence
 * @throws EndpointError whose sentence holds nothing of the address, since a password may stand there
 */
export function readProxy(text: string, source: string): Proxy {
  const url = URL.canParse(withScheme(text)) ? new URL(withScheme(text)) : null
  if (url === null || url.hostname === '')
    throw new EndpointError(
      `The proxy in ${source} is no address. Enter one like http://proxy.example:3128.`,
      'address',
    )
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new EndpointError(
      `The proxy in ${source} is of another kind (${url.protocol}//). Parley goes through HTTP proxies, http:// or https://.`,
      'address',
    )
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  return { protocol: url.protocol, host, port, user: readUser(url, source) }
}

function withScheme(text: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
}

function readUser(url: URL, source: string): Proxy['user'] {
  if (url.username === '' && url.password === '') return null
  try {
    return { name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  } catch {
    throw new EndpointError(
      `The name or password of the proxy in ${source} can’t be read. Write % as %25 and @ as %40.`,
      'address',
    )
  }
}

/** Null where the environment names none. Everything that leaves this computer is encrypted, so one for HTTP stands in for HTTPS. */
export function proxyOfEnvironment(env: Environment): { text: string; source: string } | null {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) {
    const text = env[name]?.trim() ?? ''
    if (text !== '') return { text, source: name }
  }
  return null
}

/** The first of the system's answer (`PROXY a:1; HTTPS b:2; DIRECT`) that leads anywhere; null for none. */
export function proxyOfSystem(answer: string): { text: string; source: string } | null {
  for (const part of answer.split(';')) {
    const [kind = '', where = ''] = part.trim().split(/\s+/)
    const scheme = systemSchemes.get(kind.toUpperCase())
    if (kind.toUpperCase() === 'DIRECT') return null
    if (scheme !== undefined && where !== '') return { text: `${scheme}://${where}`, source: 'the system’s settings' }
  }
  return null
}

const systemSchemes: ReadonlyMap<string, string> = new Map([
  ['PROXY', 'http'],
  ['HTTP', 'http'],
  ['HTTPS', 'https'],
  ['SOCKS', 'socks'],
  ['SOCKS4', 'socks'],
  ['SOCKS5', 'socks'],
])

/** What runs on this computer is reached straight, whatever anybody says. */
export function isLoopback(url: URL): boolean {
  const host = bareHost(url)
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Whether NO_PROXY (or no_proxy) names it, by the common rules: parts by commas or spaces; `*` is all; a name is itself and
 * what is below it, with or without a dot or `*.` before it; a port narrows it; numbers may have a prefix length.
 */
export function isExcepted(env: Environment, url: URL): boolean {
  const parts = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').toLowerCase().split(/[\s,]+/)
  return parts.some((part) => part !== '' && excepts(part, url))
}

function excepts(part: string, url: URL): boolean {
  if (part === '*') return true
  const host = bareHost(url)
  const [, network, prefix] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/.exec(part) ?? []
  if (network !== undefined && isIP(network) !== 0)
    return isIP(host) === isIP(network) && isWithin(host, network, Number(prefix))
  const [, name = '', port] = /^(?:\*?\.)?(\[[^\]]*\]|[^:]*|[0-9a-f:]+)(?::(\d+))?$/.exec(part) ?? []
  if (port !== undefined && port !== portOf(url)) return false
  const bare = name.replace(/^\[|\]$/g, '')
  return bare !== '' && (host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`)))
}

function isWithin(host: string, network: string, prefix: number): boolean {
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
  if (prefix > (family === 'ipv6' ? 128 : 32)) return false
  const list = new BlockList()
  list.addSubnet(network, prefix, family)
  return list.check(host, family)
}

function bareHost(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

function portOf(url: URL): string {
  return url.port || (/^(?:https|wss):$/.test(url.protocol) ? '443' : '80')
}
