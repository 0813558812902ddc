// The window's figures at growing sizes, each beside its limit and beside what the window cost before it drew only what is seen.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { buildWindow } from '../../scripts/build-window.mjs'
import { readWindow } from '../../src/main/web/files.ts'
import { measureWindow, type WindowFigures } from './measure.ts'

const sizes = [
  { turns: 200, conversations: 100 },
  { turns: 1_000, conversations: 100 },
  { turns: 5_000, conversations: 100 },
  { turns: 20_000, conversations: 100 },
  { turns: 200, conversations: 1_000 },
  { turns: 200, conversations: 5_000 },
] as const

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)

export async function run(): Promise<void> {
  const files = await readWindow(await buildWindow())
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ['--no-sandbox'],
  })
  try {
    for (const size of sizes) {
      const figures = await measureWindow(browser, files, size)
      console.log(JSON.stringify({ ...size, ...figures } satisfies typeof size & WindowFigures))
    }
  } finally {
    await browser.close()
  }
}
