// What a second start asks of the running app. Its arguments come from anybody who can start a program: a key of the desktop's,
// a shell, a link of a web page. Pure.
import { printableLine } from '../../core/printable.ts'

/** `fill`: these words are put into the field, where the person may send them. */
export type Order = 'talk' | 'show' | { fill: string }

/** What fits into a field and can be looked over before it is sent. */
export const mostFilled = 2_000
const longestAddress = 16_000

/**
 * Talking opens the microphone, so only the bare word orders it: never beside an address. Of addresses one is known,
 * `parley://say?text=…`, and it sends nothing.
 */
export function readOrder(args: readonly string[]): Order {
  const own = args.slice(1)
  const isStrange = own.some((arg) => /[:@]|\p{C}/u.test(arg) && !arg.startsWith('--'))
  if (own.includes('--talk')) return isStrange ? 'show' : 'talk'
  const addresses = own.filter((arg) => /^parley:/i.test(arg))
  const words = addresses.length === 1 ? wordsIn(addresses[0] ?? '') : null
  return words === null ? 'show' : { fill: words }
}

/** @returns the words as one line without control characters, null where it is any other address */
export function wordsIn(address: string): string | null {
  const url = address.length > longestAddress ? null : readAddress(address)
  if (url === null || url.protocol !== 'parley:' || url.host !== 'say' || !/^\/?$/.test(url.pathname)) return null
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null
  const [given, ...more] = [...url.searchParams]
  if (given === undefined || more.length > 0 || given[0] !== 'text') return null
  const words = printableLine(given[1].slice(0, mostFilled)).trim()
  return words === '' ? null : words
}

function readAddress(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}
