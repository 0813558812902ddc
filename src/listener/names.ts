// Under which names a server on this machine may be asked, and by which pages. Pure. A page on the web can point its own
// name at 127.0.0.1; its requests then carry that name as Host.
import type { IncomingMessage } from 'node:http'

export type NameFault = 'host' | 'origin'

export interface Names {
  /** Null: any, for a server that is also reached through a tunnel. */
  port: number | null
  /** Web pages that may ask, as full origins. A request without Origin is no page's. */
  origins: readonly string[]
}

/** @returns what is wrong with the names in a request, null when nothing is */
export function nameFault({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, names: Names): NameFault | null {
  const [host, ...moreHosts] = valuesOf('host', rawHeaders)
  if (moreHosts.length > 0 || !isLoopbackHost(host, names.port)) return 'host'
  const [origin, ...moreOrigins] = valuesOf('origin', rawHeaders)
  if (moreOrigins.length > 0 || (origin !== undefined && !names.origins.includes(origin))) return 'origin'
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
