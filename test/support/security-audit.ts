// Electron's own security checklist, tried on a running app: each point is attacked or read, and what gave way is told.
// The server stands for the internet; a request that arrives there got out.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ElectronApplication, Page } from 'playwright-core'

/** By number of the checklist; null where it held, else what was seen. */
export type Audit = Record<number, string | null>

interface Internet {
  address: string
  hits: string[]
  close(): void
}

async function openInternet(): Promise<Internet> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(request.url ?? '')
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end('outside')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, hits, close: () => server.close() }
}

const unless = (held: boolean, saw: string): string | null => (held ? null : saw)

/** @param preload the app's preload script, which the audit gives to windows of its own */
export async function auditSecurity(app: ElectronApplication, page: Page, preload: string): Promise<Audit> {
  const internet = await openInternet()
  try {
    return {
      ...(await auditPreferences(app)),
      ...(await auditMain(app, internet)),
      17: await auditStrangers(app, preload),
      ...(await auditPage(page, internet)),
      // Last, since an app that does not hold them is elsewhere afterwards.
      ...(await auditLeaving(app, page, internet)),
    }
  } finally {
    internet.close()
  }
}

async function auditPreferences(app: ElectronApplication): Promise<Audit> {
  const { url, wants } = await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    // Not in the documentation; it is what the window was really given.
    const read = webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    return { url: webContents.getURL(), wants: read.getLastWebPreferences() }
  })
  const is = (name: string, value: unknown): string | null =>
    unless(wants[name] === value, `${name} is ${String(wants[name])}`)
  return {
    1: unless(url.startsWith('app://parley/'), `the window shows ${url}`),
    2: is('nodeIntegration', false) ?? is('nodeIntegrationInSubFrames', false),
    3: is('contextIsolation', true),
    4: is('sandbox', true),
    6: is('webSecurity', true),
    8: is('allowRunningInsecureContent', false),
    9: is('experimentalFeatures', false),
    10: is('enableBlinkFeatures', ''),
    11: is('webviewTag', false),
  }
}

async function auditMain(app: ElectronApplication, { address }: Internet): Promise<Audit> {
  return app.evaluate(async ({ BrowserWindow, dialog, session, shell }, outside) => {
    const own = BrowserWindow.getAllWindows()[0]!
    const audit: Record<number, string | null> = {}

    const prevented: boolean[] = []
    own.webContents.emit('will-attach-webview', { preventDefault: () => prevented.push(true) }, {}, {})
    audit[12] = prevented.length > 0 ? null : 'a guest would be attached'

    const opened: string[] = []
    const asked: string[] = []
    let answer = 0
    Object.assign(shell, { openExternal: (url: string) => Promise.resolve(void opened.push(url)) })
    Object.assign(dialog, {
      showMessageBox: ({ message }: { message: string }) =>
        Promise.resolve({ response: answer, x: asked.push(message) }),
    })
    const open = (url: string): Promise<unknown> =>
      own.webContents.executeJavaScript(`void window.open(${JSON.stringify(url)})`, true)
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const windows = BrowserWindow.getAllWindows().length
    for (const url of ['file:///etc/passwd', `${outside}/window`, 'https://a.example/no']) await open(url)
    await settle()
    const unasked = [...opened]
    answer = 1
    await open('https://b.example/x/../yes')
    await settle()
    audit[14] = BrowserWindow.getAllWindows().length === windows ? null : 'another window opened'
    const isAsked = asked.join() === 'Open a.example in your browser?,Open b.example in your browser?'
    audit[15] =
      unasked.length === 0 && isAsked && opened.join() === 'https://b.example/yes'
        ? null
        : `asked ${asked.join(' ')}, opened ${opened.join(' ')}`

    const statuses: string[] = []
    for (const [method, path] of [
      ['GET', '/package.json'],
      ['GET', '/%2e%2e/%2e%2e/package.json'],
      ['GET', '/main.cjs'],
      ['POST', '/'],
    ] as const) {
      const response = await session.defaultSession.fetch(`app://parley${path}`, { method }).catch(() => null)
      if (response?.ok) statuses.push(`${method} ${path}`)
    }
    audit[18] = statuses.length === 0 ? null : `served ${statuses.join()}`
    return audit
  }, address)
}

/** The same page with the same bridge, in windows that are not the app's. */
async function auditStrangers(app: ElectronApplication, preload: string): Promise<string | null> {
  const replies = await app.evaluate(async ({ BrowserWindow }, path) => {
    const replies: { ok: boolean }[] = []
    for (const contextIsolation of [true, false]) {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload: path, contextIsolation, sandbox: true },
      })
      await window.loadURL('app://parley/')
      const asked = window.webContents.executeJavaScript(`window.parley ? window.parley.ask('look', null) : null`)
      const reply = (await asked) as { ok: boolean } | null
      if (reply) replies.push({ ok: reply.ok })
      window.destroy()
    }
    return replies
  }, preload)
  if (replies.length === 0) return 'no window had the bridge, so nothing was tried'
  return unless(!replies.some(({ ok }) => ok), 'main answered a strange window')
}

async function auditPage(page: Page, internet: Internet): Promise<Audit> {
  const saw = await page.evaluate(async (outside) => {
    // What the driver runs itself may do what the page may not, until its first wait.
    await new Promise((resolve) => setTimeout(resolve))
    const breaches: string[] = []
    const tries: Record<string, () => unknown> = {
      eval: () => (0, eval)('1') as unknown,
      'inner HTML': () => (document.createElement('div').innerHTML = '<b>x</b>'),
      'an inline script': () => {
        const script = document.createElement('script')
        script.textContent = 'window.gotIn = true'
        document.head.append(script)
        if (!('gotIn' in window)) throw new Error('blocked')
      },
    }
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        attempt()
        breaches.push(name)
      } catch {
        // It held.
      }
    }
    await fetch(`${outside}/fetch`).then(
      () => breaches.push('fetch'),
      () => undefined,
    )
    const granted: string[] = []
    const missing = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotFoundError'
    await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => granted.push('microphone'),
      (error: unknown) => missing(error) && granted.push('a microphone, if there were one'),
    )
    if ((await Notification.requestPermission()) === 'granted') granted.push('notifications')
    for (const name of ['geolocation', 'notifications'] as const)
      if ((await navigator.permissions.query({ name })).state === 'granted') granted.push(name)
    const { parley } = window as unknown as { parley: Record<string, unknown> }
    const exposed = Object.entries(parley).filter(([, value]) => typeof value !== 'function')
    const node = ['require', 'process', 'module', 'global'].filter((name) => name in window)
    return { breaches, granted, exposed: [...exposed.map(([name]) => name), ...node] }
  }, internet.address)
  return {
    5: unless(saw.granted.length === 0, `granted ${saw.granted.join()}`),
    7: unless(saw.breaches.length === 0 && internet.hits.length === 0, `got through: ${saw.breaches.join()}`),
    20: unless(saw.exposed.length === 0, `the page has ${saw.exposed.join()}`),
  }
}

async function auditLeaving(app: ElectronApplication, page: Page, internet: Internet): Promise<Audit> {
  const before = page.url()
  await page.evaluate((address) => void (location.href = `${address}/away`), internet.address).catch(() => undefined)
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const { webContents } = BrowserWindow.getAllWindows()[0]!
        if (!webContents.isLoading()) resolve()
        else webContents.once('did-stop-loading', () => resolve())
      }),
  )
  return { 13: unless(page.url() === before && !internet.hits.includes('/away'), `it went to ${page.url()}`) }
}

/** Point 16: the newest three majors are supported. */
export function auditVersion(declared: string, newestMajor: number): string | null {
  const major = Number(/\d+/.exec(declared)?.[0])
  return unless(major > newestMajor - 3, `Electron ${declared} is no longer supported`)
}
