// The window's own files as `app://parley/…`: a list taken once, each file by its exact name and kind. Nothing outside the
// list can be asked for, whatever the address looks like.
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

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
].join('; ')

const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

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

/** @param folder the built window */
export function createSite(folder: string): (method: string, url: string) => Promise<Served> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !(extname(entry.name) in kinds)) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${path.slice(folder.length).split(sep).filter(Boolean).join('/')}`, path)
  }
  const empty = (status: 404 | 405): Served => ({ status, headers: { ...always }, body: null })

  return async (method, url) => {
    if (method !== 'GET') return empty(405)
    const { protocol, host, pathname } = new URL(url)
    if (protocol !== 'app:' || host !== 'parley') return empty(404)
    const path = files.get(pathname === '/' ? '/index.html' : pathname)
    if (path === undefined) return empty(404)
    const kind = kinds[extname(path)] ?? ''
    return { status: 200, headers: { ...always, 'content-type': kind }, body: await readFile(path) }
  }
}
