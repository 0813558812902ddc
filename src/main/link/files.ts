// The built window as a fixed list of files in memory: nothing outside it can be asked for, whatever the path says.
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface WebFile {
  type: string
  bytes: Uint8Array
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Where the build puts the window: beside main in a built app, in out/ of the project otherwise. */
export const windowFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../out/renderer/' : '../renderer/', import.meta.url),
)

/** By path, `/` included. Empty when there is no build. */
export async function readWindow(folder: string): Promise<ReadonlyMap<string, WebFile>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, WebFile>()
  for (const entry of found) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, bytes: await readFile(path) })
  }
  const page = files.get('/index.html')
  if (page) files.set('/', page)
  return files
}
