// The window's figures for one size of conversation and list: what an opening, a notice and a typed answer
// cost, how far captions lag behind, how busy the page is while the voice speaks, what it holds.
import { setTimeout as passed } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { percentile } from '../statistics.ts'
import { answerWords, noticeEveryMs, notices } from './play.ts'
import type { Stage } from './stages.ts'

export interface WindowFigures {
  openingMs: number
  noticeMs: number
  answerMs: number
  captionLagP95Ms: number
  busyPercent: number
  heapMiB: number
}

const opened = 3
const answers = 5
const warmUp = 3

export async function measureWindow(stage: Stage): Promise<WindowFigures> {
  const { page, session } = stage
  page.setDefaultTimeout(180_000)
  const openings: number[] = []
  for (let at = 0; at < opened; at++) openings.push(await open(stage))
  await session.send('Performance.enable')
  // What is drawn once has settled.
  await passed(1_000)
  const noticeMs = await costOfNotice(stage)
  const answerMs = await displayOfAnswer(page)
  const heapMiB = await heap(session)
  const spoken = await speak(stage)
  return { openingMs: percentile(openings, 0.5), noticeMs, answerMs, heapMiB, ...spoken }
}

/** From the start of loading until the newest words are painted. */
async function open({ page, load, newest }: Stage): Promise<number> {
  await load()
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

/** Main thread time of the page for each of a mix of notices that come fifty a second, less what it does anyway. */
async function costOfNotice(stage: Stage): Promise<number> {
  const { session } = stage
  const idleFromMs = await taskMs(session)
  await passed(notices * noticeEveryMs)
  const fromMs = await taskMs(session)
  await stage.notices()
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

/** An answer of 400 words. */
async function speak(stage: Stage): Promise<Pick<WindowFigures, 'captionLagP95Ms' | 'busyPercent'>> {
  const { page, session } = stage
  const seen = page.evaluate(async (count) => {
    const at: number[] = []
    while (at.length < count) {
      await new Promise(requestAnimationFrame)
      const said = document.querySelector('.captions')?.textContent ?? ''
      while (at.length < count && said.includes(`word${at.length}.`))
        at.push(performance.timeOrigin + performance.now())
    }
    return at
  }, answerWords)
  const fromMs = performance.now()
  const fromTaskMs = await taskMs(session)
  const toldMs = await stage.answer()
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
