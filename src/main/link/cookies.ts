// The two cookies of the door: who a device is, and which one asks to be let in. No script reads them, they go over TLS alone and
// with requests of the door's own pages alone.
import type { IncomingMessage } from 'node:http'

/** The browser takes the prefix only from a secure origin, for the whole of it, and for no other name. */
const names = { device: '__Host-parley', asking: '__Host-parley-asking' } as const

/** Browsers forget sooner or later; each visit begins the time anew. */
const deviceS = 400 * 24 * 3_600
const askingS = 300

/** @returns null where it is missing, no secret, or stands there twice: which one is meant is not ours to guess */
export function cookieOf({ headers }: Pick<IncomingMessage, 'headers'>, which: keyof typeof names): string | null {
  const values = (headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === names[which] ? [pair.slice(at + 1).trim()] : []
  })
  const [value, ...more] = values
  return value !== undefined && more.length === 0 && /^[\w-]{43}$/.test(value) ? value : null
}

export function setCookie(which: keyof typeof names, value: string): string {
  return `${names[which]}=${value}; Path=/; Max-Age=${which === 'device' ? deviceS : askingS}; Secure; HttpOnly; SameSite=Strict`
}

export function dropCookie(which: keyof typeof names): string {
  return `${names[which]}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict`
}
