// Where the door is: the addresses of this computer's network cards and the names it answers to, by which the Host of every
// request is judged. Read anew each time, since a computer moves.
import { hostname, networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

export interface Places {
  /** Addresses that another device can reach, the most likely first: IPv4 before IPv6. */
  addresses: readonly string[]
  /** By which it is found where the network carries it. */
  name: string
  /** Everything that a Host may say, without a port. */
  answersTo: ReadonlySet<string>
}

type Cards = NodeJS.Dict<NetworkInterfaceInfo[]>

export function placesOf(cards: Cards = networkInterfaces(), host: string = hostname()): Places {
  const all = Object.values(cards).flatMap((card) => card ?? [])
  // What begins with fe80 counts on one card alone, and a browser can’t say on which.
  const far = all.filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
  const rank = ({ family, address }: NetworkInterfaceInfo): number =>
    (family === 'IPv4' ? 0 : 2) + (isPrivate(address) ? 0 : 1)
  const addresses = far.toSorted((one, other) => rank(one) - rank(other)).map(({ address }) => address.toLowerCase())
  const label =
    host
      .split('.')[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9-]/g, '') ?? ''
  const name = label === '' ? 'parley.local' : `parley-${label.slice(0, 48)}.local`
  return {
    addresses,
    name,
    answersTo: new Set([name, 'localhost', '127.0.0.1', '[::1]', ...addresses.map(inBrackets)]),
  }
}

/** Of a home or an office, as a phone beside it has one too. */
function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/i.test(address)
}

export function inBrackets(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

export function addressesOf({ addresses, name }: Places, port: number): string[] {
  return [...addresses.map(inBrackets), name].map((host) => `https://${host}:${port}`)
}
