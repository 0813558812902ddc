// Chromium as a person's browser: one for all tests of a file, a page of its own for each, and everything that a page
// should not do (errors, refused content, foreign requests) collected.
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { chromiumPath } from './chromium-path.ts'

export interface OpenedPage {
  page: Page
  /** Errors and refusals so far. */
  complaints: string[]
}

/** Call it at the top of a file. @param flags of Chromium's own @returns opens a page at an address */
export function useBrowser(
  flags: readonly string[] = [],
): (address: string, options?: { width?: number; height?: number; dark?: boolean }) => Promise<OpenedPage> {
  let browser: Browser | null = null
  beforeAll(async () => {
    browser = await chromium.launch({
      // Of a system without Chromium, Playwright's own words say what is missing.
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: ['--no-sandbox', ...flags],
    })
  })
  afterAll(() => browser?.close())

  return async (address, { width = 1200, height = width < 500 ? 740 : 800, dark = false } = {}) => {
    if (browser === null) throw new Error('the browser has not started')
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
      // As a person does who has compared the fingerprint.
      ignoreHTTPSErrors: address.startsWith('https:'),
    })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('request', (request) => {
      const { origin } = new URL(address)
      if (!request.url().startsWith(origin)) complaints.push(`asked for ${request.url()}`)
    })
    await page.goto(address)
    return { page, complaints }
  }
}
