// The window's figures for one size of conversation and list, in real Chromium: what an opening, a notice and a typed answer
// cost, how far captions lag behind, how busy the page is while the voice speaks, what it holds.
import { setTimeout as passed } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import type { WebFile } from '../../src/main/web/files.ts'
import { openWebServer } from '../../src/main/web/server.ts'
import { percentile } from '../statistics.ts'
import { createStandIn, type StandIn } from './stand-in.ts'

export interface WindowFigures {
  openingMs: number
  noticeMs: number
  answerMs: number
  captionLagP95Ms: number
  busyPercent: number
  heapMiB: number
}

const opened = 3
const notices = 100
const answers = 5
const answerWords = 400
/** About as fast as one speaks. */
const wordEveryMs = 40
const warmUp = 3

export async function measureWindow(
  browser: Browser,
  files: ReadonlyMap<string, WebFile>,
  size: { turns: number; conversations: number },
): Promise<WindowFigures> {
  const standIn = createStandIn(size)
  const server = await openWebServer({ desk: standIn.desk, files })
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, locale: 'en-GB' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(180_000)
    // tsx marks functions with it, those that are sent to the page too.
    await page.addInitScript('globalThis.__name = (named) => named')
    const openings: number[] = []
    for (let at = 0; at < opened; at++) openings.push(await open(page, server.newAddress(), standIn.newest))
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable')
    // What is drawn once has settled.
    await passed(1_000)
    const noticeMs = await costOfNotice(session, standIn)
    const answerMs = await displayOfAnswer(page)
    const heapMiB = await heap(session)
    const spoken = await speak(page, session, standIn)
    return { openingMs: percentile(openings, 0.5), noticeMs, answerMs, heapMiB, ...spoken }
  } finally {
    // A page that has died can't be closed.
    await context.close().catch(() => undefined)
    await server.close()
  }
}

/** From the start of loading until the newest words are painted. */
async function open(page: Page, address: string, newest: string): Promise<number> {
  await page.goto('about:blank')
  await page.goto(address)
  return page.evaluate(async (words) => {
    while (!(document.querySelector('.captions')?.textContent ?? '').includes(words))
      await new Promise(requestAnimationFrame)
    return performance.now()
  }, newest)
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
}

/** Main thread time of the page for each of a mix of notices that come twenty a second, less what it does anyway. */
async function costOfNotice(session: CDPSession, { tell, state }: StandIn): Promise<number> {
  const everyMs = 20
  const idleFromMs = await taskMs(session)
  await passed(notices * everyMs)
  const fromMs = await taskMs(session)
  for (let at = 0; at < notices; at++) {
    if (at % 2 === 0) tell({ type: 'position', item: 'gone', playedMs: at, receivedMs: at })
    else tell({ type: 'state', state: { ...state, presence: at % 4 === 1 ? 'listening' : 'idle' } })
    await passed(everyMs)
  }
  const spentMs = (await taskMs(session)) - fromMs
  return Math.max(0, spentMs - (fromMs - idleFromMs)) / notices
}

/** From the key that sends to the frame after the one in which the answer stands. */
async function displayOfAnswer(page: Page): Promise<number> {
  const field = page.getByLabel('Type instead of talking')
  const tookMs: number[] = []
  for (let at = 0; at < answers + warmUp; at++) {
    const words = `question ${at}${'x'.repeat(at)}`
    await field.fill(words)
    // It must listen before the key goes down.
    await page.evaluate((awaited) => {
      const own = globalThis as { took?: Promise<number> }
      own.took = new Promise((resolve) => {
        addEventListener(
          'keydown',
          () => {
            const fromMs = performance.now()
            const look = (): void => {
              const said = document.querySelector('.captions')?.textContent ?? ''
              if (said.includes(awaited)) requestAnimationFrame(() => resolve(performance.now() - fromMs))
              else requestAnimationFrame(look)
            }
            look()
          },
          { once: true, capture: true },
        )
      })
    }, `Answer to ${words}`)
    await page.keyboard.press('Enter')
    tookMs.push((await page.evaluate(() => (globalThis as { took?: Promise<number> }).took)) ?? Number.NaN)
  }
  return percentile(tookMs.slice(warmUp), 0.5)
}

async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1_048_576
}

/** An answer of 400 words with its captions, its position and its level, as main tells them. */
async function speak(
  page: Page,
  session: CDPSession,
  { tell, beginAnswer, state }: StandIn,
): Promise<Pick<WindowFigures, 'captionLagP95Ms' | 'busyPercent'>> {
  const words = Array.from({ length: answerWords }, (_, at) => `word${at}`)
  const seen = page.evaluate(async (count) => {
    const at: number[] = []
    while (at.length < count) {
      await new Promise(requestAnimationFrame)
      const said = document.querySelector('.captions')?.textContent ?? ''
      while (at.length < count && said.includes(`word${at.length}.`))
        at.push(performance.timeOrigin + performance.now())
    }
    return at
  }, words.length)
  beginAnswer('spoken')
  tell({ type: 'state', state: { ...state, presence: 'speaking' } })
  const fromMs = performance.now()
  const fromTaskMs = await taskMs(session)
  const toldMs: number[] = []
  let text = ''
  for (const [at, word] of words.entries()) {
    text += `${word}. `
    toldMs.push(performance.timeOrigin + performance.now())
    tell({ type: 'caption', role: 'assistant', item: 'spoken', text })
    if (at % 3 === 0) {
      tell({ type: 'position', item: 'spoken', playedMs: at * wordEveryMs, receivedMs: (at + 20) * wordEveryMs })
      tell({ type: 'level', microphone: -60, speaker: -20 - (at % 9) })
    }
    const dueMs = fromMs + (at + 1) * wordEveryMs
    await passed(Math.max(0, dueMs - performance.now()))
  }
  const busyMs = (await taskMs(session)) - fromTaskMs
  const overMs = performance.now() - fromMs
  const shownMs = await seen
  return {
    captionLagP95Ms: percentile(
      shownMs.map((at, word) => at - (toldMs[word] ?? at)),
      0.95,
    ),
    busyPercent: (busyMs / overMs) * 100,
  }
}
