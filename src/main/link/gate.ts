// Who may talk: the page's own origin with the token of this start. Pure. A page of another site can reach 127.0.0.1 too;
// it has neither. Host, origin and user are judged before, in listener/.
import { createHash, timingSafeEqual } from 'node:crypto'

/** The subprotocol that both sides speak; the token comes beside it, where no log and no history keeps it. */
export const protocol = 'parley.1'
const tokenPrefix = 'token.'

/** Where the page exchanges the code of its address for the token. */
export const enterPath = '/enter'
/** A page of another site can't send it without being asked first. */
export const codeHeader = 'x-parley-code'

export const ownOrigins = (port: number): string[] => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]

/** @param offered the Sec-WebSocket-Protocol header */
export function holdsToken(offered: string | undefined, token: string): boolean {
  const names = (offered ?? '').split(',').map((name) => name.trim())
  const given = names.find((name) => name.startsWith(tokenPrefix))
  return names.includes(protocol) && given !== undefined && isSame(given.slice(tokenPrefix.length), token)
}

/** In a time that tells nothing of how far they agree. */
export function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}

/** @param sockets named in `connect-src`, since older browsers don't take `'self'` for them */
export function securityHeaders(sockets: string): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${sockets}`,
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Cache-Control': 'no-store',
  }
}
