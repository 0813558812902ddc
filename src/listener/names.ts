// Under which names a server may be asked, and by which pages. Pure. A page on the web can point its own name at 127.0.0.1 or
// at an address of the local network; its requests then carry that name as Host.
import type { IncomingMessage } from 'node:http'

export type NameFault = 'host' | 'origin'

type Asked = Pick<IncomingMessage, 'rawHeaders'>

export interface Names {
  /** Whether Host must name this port too; not for a server that is also reached through a tunnel. */
  ownPortOnly: boolean
  /** Web pages that may ask, as full origins. A request without Origin is no page's. */
  origins: (port: number) => readonly string[]
}

/** Of a server on 127.0.0.1. @returns what is wrong with the names in a request, null when nothing is */
export function loopbackFault({ ownPortOnly, origins }: Names): (request: Asked, port: number) => NameFault | null {
  return (request, port) =>
    faultIn(
      request,
      (host) => isLoopbackHost(host, ownPortOnly ? port : null),
      (origin) => origins(port).includes(origin),
    )
}

/**
 * Of a server on the local network, over TLS: only its own page asks it, so that Origin is Host.
 * @param names without a port, IPv6 in brackets, lower case; asked each time, since addresses change
 */
export function networkFault(names: () => ReadonlySet<string>): (request: Asked, port: number) => NameFault | null {
  return (request, port) => {
    const hosts = valuesOf('host', request.rawHeaders)
    const isOwn = (host: string | undefined): boolean => {
      const given = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '')
      return given !== null && Number(given[2] ?? 443) === port && names().has((given[1] ?? '').toLowerCase())
    }
    return faultIn(request, isOwn, (origin) => origin.toLowerCase() === `https://${hosts[0]?.toLowerCase() ?? ''}`)
  }
}

function faultIn(
  { rawHeaders }: Asked,
  isHost: (host: string | undefined) => boolean,
  isOrigin: (origin: string) => boolean,
): NameFault | null {
  const [host, ...moreHosts] = valuesOf('host', rawHeaders)
  if (moreHosts.length > 0 || !isHost(host)) return 'host'
  const [origin, ...moreOrigins] = valuesOf('origin', rawHeaders)
  if (moreOrigins.length > 0 || (origin !== undefined && !isOrigin(origin))) return 'origin'
  return null
}

/** Node keeps only one of several, and which one is not ours to guess. */
function valuesOf(name: string, raw: readonly string[]): string[] {
  return raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === name)
}

function isLoopbackHost(host: string | undefined, port: number | null): boolean {
  const given = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i.exec(host ?? '')
  return given !== null && (port === null || Number(given[1] ?? 80) === port)
}
