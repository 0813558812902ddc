// The window's files as another device gets them: with what makes the page one that can be installed.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { WebFile } from './files.ts'

const iconsFolder = new URL(
  import.meta.url.endsWith('.ts') ? '../../../resources/icons/' : '../../resources/icons/',
  import.meta.url,
)

const manifest = {
  name: 'Parley',
  short_name: 'Parley',
  description: 'The conversation on your computer.',
  id: '/',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#1b1a18',
  theme_color: '#1b1a18',
  icons: [
    { src: '/parley.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/parley.png', sizes: '1024x1024', type: 'image/png', purpose: 'any' },
  ],
}

/** A browser fetches a manifest without cookies unless it is told. */
const links = [
  '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials" />',
  '<link rel="apple-touch-icon" href="/parley.png" />',
  '<meta name="mobile-web-app-capable" content="yes" />',
].join('')

/** @param window as readWindow gives it */
export async function installable(window: ReadonlyMap<string, WebFile>): Promise<ReadonlyMap<string, WebFile>> {
  const files = new Map(window)
  const page = window.get('/')
  if (page) {
    const html = Buffer.from(page.bytes).toString('utf8').replace('</head>', `${links}</head>`)
    files.set('/', { ...page, bytes: Buffer.from(html) })
  }
  files.delete('/index.html')
  files.set('/manifest.webmanifest', {
    type: 'application/manifest+json',
    bytes: Buffer.from(JSON.stringify(manifest)),
  })
  for (const [name, type] of [
    ['parley.svg', 'image/svg+xml'],
    ['parley.png', 'image/png'],
  ] as const) {
    const bytes = await readFile(fileURLToPath(new URL(name, iconsFolder))).catch(() => null)
    if (bytes !== null) files.set(`/${name}`, { type, bytes })
  }
  return files
}
