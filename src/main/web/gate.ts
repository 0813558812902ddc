// Who may come in: this computer's own names as host, the page's own origin, and for the conversation the token of this
// start. Pure. A page of another site can reach 127.0.0.1 too; it knows neither of the three.
import { createHash, timingSafeEqual } from 'node:crypto'

/** The subprotocol that both sides speak; the token comes beside it, where no log and no history keeps it. */
export const protocol = 'parley.1'
const tokenPrefix = 'token.'

/** @param host the Host header. DNS rebinding brings a foreign name. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** @param origin browsers always send it with a WebSocket */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`
}

/** @param offered the Sec-WebSocket-Protocol header */
export function holdsToken(offered: string | undefined, token: string): boolean {
  const names = (offered ?? '').split(',').map((name) => name.trim())
  const given = names.find((name) => name.startsWith(tokenPrefix))
  return names.includes(protocol) && given !== undefined && isSame(given.slice(tokenPrefix.length), token)
}

/** In a time that tells nothing of how far they agree. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}

/** Headers of every answer. `connect-src` names the socket, since older browsers don't take `'self'` for it. */
export function securityHeaders(port: number): Record<string, string> {
  const sockets = `ws://127.0.0.1:${port} ws://localhost:${port}`
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${sockets}`,
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
