// The page's way to main in a browser: a real server, a real exchange, and of the browser only what the bridge touches.
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openWebServer } from '../../src/main/link/server.ts'
import { reachMain } from '../../src/renderer/bridge.ts'

async function serve() {
  const server = await openWebServer({
    app: { answer: (name) => Promise.resolve({ ok: true, value: name }), hear: () => () => undefined },
    files: new Map(),
  })
  onTestFinished(() => server.close())
  return server
}

/** A tab at an address; its store lives as long as the tab. */
function openTab(address: string, kept = new Map<string, string>()) {
  const { origin, host, hash, pathname } = new URL(address)
  const shown: string[] = []
  const asked: string[] = []
  vi.stubGlobal('window', {})
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
  vi.stubGlobal('location', { host, hash, pathname })
  vi.stubGlobal('history', { replaceState: (_state: unknown, _title: string, path: string) => shown.push(path) })
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (path: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
    asked.push(path)
    return fetch(new URL(path, origin), { method, headers: { ...headers, origin } })
  })
  const sockets: WebSocket[] = []
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(to: string, protocols: string[]) {
        super(to, protocols, { origin })
        // A browser's is refused without one who listens; a tab of the test before tries again while this one runs.
        this.on('error', () => undefined)
        sockets.push(this)
      }
    },
  )
  onTestFinished(() => {
    vi.unstubAllGlobals()
    for (const socket of sockets) socket.terminate()
  })
  const { bridge, onReach } = reachMain()
  const first = new Promise<string>((resolve) => onReach(resolve))
  return { bridge, first, shown, asked, kept }
}

describe('the page in a browser', () => {
  it('[W80] exchanges the code of its address, takes it out of the address at once, and talks', async () => {
    const server = await serve()
    const { bridge, first, shown, asked } = openTab(server.newAddress())
    expect(await first).toBe('reached')
    expect([shown, asked]).toEqual([['/'], ['/enter']])
    expect(await bridge.ask('look', null)).toEqual({ ok: true, value: 'look' })
  })

  it('[W80] is let in again after a reload, and is not where its code was used by another', async () => {
    const server = await serve()
    const address = server.newAddress()
    const { first, kept } = openTab(address)
    expect(await first).toBe('reached')
    expect(await openTab(server.origin, kept).first).toBe('reached')
    expect(await openTab(address).first).toBe('uninvited')
    expect(await openTab(server.origin).first).toBe('uninvited')
  })
})
