// Fetches one page over https. Every address on the way, redirects included, is looked up once, judged, and dialled as it was
// judged: a name that answers differently the second time gains nothing. A proxy is asked for the numbers that were judged, never
// for a name that it would look up itself, but for hosts that the person allowed. Sends no cookies, no key and no referrer.
import { lookup } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP } from 'node:net'
import { pipeline, type Duplex, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { connectBy, destinationOf, ProxyError, straight } from '../../net/dial.ts'
import type { Way } from '../../ports.ts'
import { plainCause } from '../../../core/connection/plain-cause.ts'
import { ToolError } from '../tool.ts'
import { isPublicAddress } from './public-address.ts'

export interface FetchedPage {
  /** Where the redirects led. */
  address: string
  /** Without parameters, lower case. */
  mediaType: string
  text: string
}

export interface FetchOpts {
  /** `host` or `host:port` of the person's own network; everything else must be public and on port 443. */
  privateHosts: readonly string[]
  /** All numeric addresses of a name. */
  resolve?: (host: string) => Promise<string[]>
  /** A redirect to another host is refused: the person agreed to this one. */
  staysOnHost?: boolean
  /** Absent: straight. Rejects where a proxy is set that can't be one. */
  wayTo?: (address: string) => Promise<Way>
}

const maxRedirects = 5
const connectWithinMs = 10_000
export const maxPageBytes = 3 * 1024 * 1024

/** Rejects with ToolError in words for the person. */
export async function fetchPage(address: string, opts: FetchOpts, signal: AbortSignal): Promise<FetchedPage> {
  let url = checkedAddress(address)
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const way = (await opts.wayTo?.(url.href).catch(notReached)) ?? straight
    const response = await get(url, await judgedAddress(url, opts, way), way, signal)
    const status = response.statusCode ?? 0
    const { location } = response.headers
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy()
      const next = checkedAddress(URL.canParse(location, url.href) ? new URL(location, url).href : '')
      if (opts.staysOnHost === true && next.host !== url.host)
        throw new ToolError(`${url.host} leads on to ${next.host}. Ask for ${next.href} if it is wanted.`)
      url = next
      continue
    }
    if (status !== 200) {
      response.destroy()
      throw new ToolError(`${url.host} answered with ${status}.`)
    }
    const mediaType = (response.headers['content-type'] ?? 'text/html').split(';')[0]?.trim().toLowerCase() ?? ''
    if (!/^text\/|[/+](json|xml)$/.test(mediaType)) {
      response.destroy()
      throw new ToolError(`${url.host} did not answer with text.`)
    }
    return { address: url.href, mediaType, text: await readBody(response, url) }
  }
  throw new ToolError('The page leads in circles.')
}

/** An https address without a name and password, written anew. Throws ToolError. */
export function checkedAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || address.length > 2_048)
    throw new ToolError('Only plain https addresses are read.')
  url.hash = ''
  return url
}

/** @returns the numeric address to dial */
async function judgedAddress(url: URL, opts: FetchOpts, way: Way): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (way.proxy !== null && opts.privateHosts.includes(url.host)) return host
  const found = isIP(host) ? [host] : await (opts.resolve ?? resolveName)(host).catch(() => [])
  const [first] = found
  if (first === undefined)
    throw new ToolError(
      way.proxy === null
        ? `${url.host} was not found.`
        : `${url.host} was not found from this computer, and the proxy is not asked for names. The person can allow it in the settings.`,
    )
  if (opts.privateHosts.includes(url.host)) return first
  // One private answer among public ones is how a name is made to lead inside.
  if (url.port !== '' || !found.every(isPublicAddress))
    throw new ToolError(`${url.host} is not a public page. The person can allow it in the settings.`)
  return first
}

async function resolveName(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

function get(url: URL, dialled: string, way: Way, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        signal,
        headers: {
          'user-agent': 'Parley',
          accept: 'text/html, text/*;q=0.9, application/json;q=0.8',
          'accept-encoding': 'gzip, br',
        },
        defaultPort: 443,
        // No pool: a connection there was judged for another call.
        createConnection: connectBy({ ...destinationOf(url.href), host: dialled }, way, {
          withinMs: connectWithinMs,
          signal,
        }),
      },
      resolve,
    )
    asked.once('error', (error: NodeJS.ErrnoException) => reject(new ToolError(whyNot(url, error))))
    asked.end()
  })
}

function whyNot(url: URL, error: NodeJS.ErrnoException): string {
  if (error instanceof ProxyError) return error.message
  const isCertificate = /CERT|ALTNAME|UNABLE_TO_/.test(error.code ?? '')
  return `${url.host} could not be reached${isCertificate ? `: ${plainCause(error.code ?? '')}` : '.'}`
}

function notReached(error: unknown): never {
  throw new ToolError(error instanceof Error ? error.message : 'There is no way to the network.')
}

async function readBody(response: IncomingMessage, url: URL): Promise<string> {
  const stream = unpacked(response)
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream) {
      const piece = chunk as Buffer
      bytes += piece.length
      // Counted after unpacking: a few kilobytes can unpack to gigabytes.
      if (bytes > maxPageBytes) break
      chunks.push(piece)
    }
  } catch {
    throw new ToolError(`${url.host} broke off.`)
  } finally {
    response.destroy()
  }
  return Buffer.concat(chunks).toString('utf8')
}

function unpacked(response: IncomingMessage): Readable {
  const unpack = unpackers[response.headers['content-encoding'] ?? '']
  // The pipeline carries an error on; whoever reads meets it.
  return unpack ? pipeline(response, unpack(), () => undefined) : response
}

const unpackers: Record<string, () => Duplex> = {
  gzip: () => createGunzip(),
  br: () => createBrotliDecompress(),
}
