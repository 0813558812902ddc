// Two real browsers as devices: a phone and a tablet in Chromium, in which it is noted when what came has been painted.
import { chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../../test/support/chromium-path.ts'

export interface DevicePages {
  /** For each browser, what was painted when (shared clock, milliseconds). */
  painted(): Promise<(readonly [key: string, atMs: number])[][]>
  close(): Promise<void>
}

const sizes = [
  { width: 360, height: 740 },
  { width: 820, height: 1180 },
]

/** @param cookies one a browser, as `name=value` */
export async function openDevicePages(port: number, cookies: readonly string[]): Promise<DevicePages> {
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ['--no-sandbox'],
  })
  const address = `https://127.0.0.1:${port}/`
  const pages: Page[] = []
  for (const [at, cookie] of cookies.entries()) {
    const context = await browser.newContext({ viewport: sizes[at % sizes.length]!, ignoreHTTPSErrors: true })
    const [name = '', value = ''] = cookie.split(/=(.*)/s)
    await context.addCookies([{ name, value, url: address, secure: true, httpOnly: true, sameSite: 'Strict' }])
    const page = await context.newPage()
    await page.addInitScript(notePaints)
    await page.goto(address)
    await page.getByLabel('Type instead of talking').waitFor()
    pages.push(page)
  }
  return {
    painted: () => Promise.all(pages.map((page) => page.evaluate(() => (globalThis as unknown as Noted).painted))),
    close: () => browser.close(),
  }
}

interface Noted {
  painted: (readonly [key: string, atMs: number])[]
}

/** Runs in the page before its own code: what a line brings has been painted with the second frame after it. */
function notePaints(): void {
  const painted: [string, number][] = []
  Object.assign(globalThis, { painted })
  const Line = globalThis.WebSocket
  globalThis.WebSocket = class extends Line {
    constructor(...given: ConstructorParameters<typeof Line>) {
      super(...given)
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data !== 'string' || !/^\{"notice":\{"type":"(change|caption)"/.test(data)) return
        const { notice } = JSON.parse(data) as {
          notice: { type: string; conversation?: string; stored?: { seq: number }; item?: string; text?: string }
        }
        const key =
          notice.type === 'change'
            ? `change ${notice.conversation} ${notice.stored?.seq}`
            : `caption ${notice.item} ${notice.text?.length}`
        requestAnimationFrame(() =>
          requestAnimationFrame(() => painted.push([key, performance.timeOrigin + performance.now()])),
        )
      })
    }
  }
}
