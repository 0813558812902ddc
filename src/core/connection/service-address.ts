// What the address of a service may hold: a path and a query, as some want them, and nothing secret. Pure text, since the window
// checks it too; whether it is an address at all is for others to say.
import { holdsKey } from '../secrets.ts'

const secretNames =
  /^(?:.*[-_])?(?:key|apikey|token|secret|password|passwd|pass|sig|signature|auth|authorization|code)$/i

/** Why this address can't be kept, in a sentence; null when it can. */
export function whyNoServiceAddress(address: string): string | null {
  if (address.includes('#')) return 'Leave out what stands behind “#” in the address.'
  const [place = '', query = ''] = address.split('?')
  if (/\/\/[^/]*@/.test(place)) return 'Leave the name and password out of the address: a key has a field of its own.'
  const names = query.split('&').map((part) => part.split('=')[0] ?? '')
  if (names.some((name) => secretNames.test(name)) || holdsKey(address))
    return 'Leave the key out of the address: it has a field of its own.'
  return null
}
