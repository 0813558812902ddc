// The window's own files as `app://parley/…`: a list in memory, each file by its exact name. Nothing outside the list can
// be asked for, whatever the address looks like.
import type { WebFile } from '../link/files.ts'
import { appHost, appScheme } from './gate.ts'

/** Only our own files; no network, no frames, no inline code, and no string becomes code. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export interface Served {
  status: 200 | 404 | 405
  headers: Record<string, string>
  body: Uint8Array | null
}

const always = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

export type Site = (method: string, url: string) => Served

/** @param files by path, `/` included */
export function createSite(files: ReadonlyMap<string, WebFile>): Site {
  return (method, url) => {
    if (method !== 'GET') return { status: 405, headers: always, body: null }
    const { protocol, host, pathname } = new URL(url)
    const file = protocol === appScheme && host === appHost ? files.get(pathname) : undefined
    if (!file) return { status: 404, headers: always, body: null }
    return { status: 200, headers: { ...always, 'content-type': file.type }, body: file.bytes }
  }
}
