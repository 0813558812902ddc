import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openWebServer } from '../../src/main/link/server.ts'
import { readWindow } from '../../src/main/link/files.ts'
import { buildWindow } from '../../scripts/build-window.mjs'
import { createStandIn, type StandIn } from '../../bench/window/stand-in.ts'
import { useBrowser } from '../support/browser.ts'
import { bringPicture } from '../support/bring-picture.ts'
import { pngOf } from '../support/test-picture.ts'
import { approvalAsked } from '../support/window-scenes.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()

/** A window on a long conversation and a long list. */
async function openLong(
  size = { width: 1200, height: 800 },
): Promise<{ page: Page; standIn: StandIn; close: () => Promise<void> }> {
  const standIn = createStandIn({ turns: 1_000, conversations: 500 })
  const server = await openWebServer({ app: standIn.app, files: await readWindow(await buildWindow()) })
  const { page } = await open(server.newAddress(), size)
  await page.locator('.captions').getByText(standIn.newest).waitFor()
  return { page, standIn, close: () => server.close() }
}

const inSight = (page: Page, words: string) =>
  page.evaluate((wanted) => {
    const box = document.querySelector('.captions')?.getBoundingClientRect()
    const row = [...document.querySelectorAll('.row')].find(({ textContent }) => textContent.includes(wanted))
    const at = row?.getBoundingClientRect()
    return box !== undefined && at !== undefined && at.top < box.bottom && at.bottom > box.top
  }, words)

describe('a long conversation', () => {
  it('[W73] only what is near the screen is drawn; scrolling up brings older parts and keeps the place', async () => {
    const { page, standIn, close } = await openLong()
    expect(await page.locator('.row').count()).toBeLessThan(40)
    expect(await inSight(page, standIn.newest)).toBe(true)
    await page.locator('.captions').hover()
    const first = async (): Promise<number> => {
      await page.mouse.wheel(0, -2_000)
      const words = await page.locator('.row .said').first().textContent()
      return Number(/number (\d+)/.exec(words ?? '')?.[1])
    }
    // The first page of older ones ends at 800.
    await expect.poll(first).toBeLessThan(780)
    await page.getByRole('button', { name: 'Jump to now' }).click()
    await expect.poll(() => inSight(page, standIn.newest)).toBe(true)
    expect(await page.getByRole('button', { name: 'Jump to now' }).count()).toBe(0)
    await close()
  })

  it('[W73] the line that sounds stays in sight, also when all the words are there long before', async () => {
    const { page, standIn, close } = await openLong()
    const text = Array.from({ length: 120 }, (_, at) => `Sentence ${at} of a long answer that fills the screen.`).join(
      '\n\n',
    )
    standIn.beginAnswer('long')
    standIn.tell({ type: 'state', state: { ...standIn.state, presence: 'speaking' } })
    standIn.tell({ type: 'position', item: 'long', playedMs: 0, receivedMs: 1_000 })
    standIn.change({ type: 'words-spoken', turn: 'long', text, audioMs: 120_000 })
    for (const at of [0, 30, 60, 90]) {
      standIn.tell({ type: 'position', item: 'long', playedMs: at * 1_000 + 500, receivedMs: 120_000 })
      await expect
        .poll(() =>
          page.evaluate(() => {
            const range = [...(CSS.highlights.get('unheard') ?? [])][0] as Range | undefined
            const box = document.querySelector('.captions')?.getBoundingClientRect()
            const line = range?.getClientRects()[0]
            return line !== undefined && box !== undefined && line.top >= box.top - 1 && line.bottom <= box.bottom
          }),
        )
        .toBe(true)
    }
    await close()
  })

  it('[W66] the list draws what is near the screen and asks for more towards its end', async () => {
    const { page, close } = await openLong()
    const list = page.getByRole('navigation', { name: 'Conversations' })
    expect(await list.locator('.entry').count()).toBeLessThan(40)
    await list.locator('.entries').hover()
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 4_000)
        return list.getByText('Conversation 499 about').count()
      })
      .toBe(1)
    await close()
  })
})

describe('searching', () => {
  it('[W74] opens the conversation at the hit and marks the words', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    for (let at = 0; at < 30; at++)
      await window.ask('say', { text: at === 2 ? 'The boiler needs a new valve' : `Line ${at} about something else` })
    await page.locator('.line.user').getByText('Line 29').waitFor()
    await window.ask('begin', null)
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const list = page.getByRole('navigation', { name: 'Conversations' })
    await list.getByLabel('Search conversations').fill('VALVE')
    await list.getByText('boiler needs a new').click()
    await expect.poll(() => inSight(page, 'boiler')).toBe(true)
    await expect
      .poll(() => page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String)))
      .toEqual(['valve'])
    await list.getByLabel('Search conversations').fill('')
    await expect.poll(() => page.evaluate(() => CSS.highlights.get('found')?.size)).toBe(0)
  })
})

describe('the room to talk in', () => {
  for (const [width, height] of [
    [1200, 800],
    [800, 600],
    [360, 640],
  ] as const)
    it(`[W75] the transcript has 70 % of the height, with a question open too, and every control is there (${width} × ${height})`, async () => {
      const { page, standIn, close } = await openLong({ width, height })
      const share = () => page.locator('.captions').evaluate((box) => box.clientHeight / innerHeight)
      for (const mode of ['hands-free', 'hold'] as const) {
        standIn.tell({ type: 'state', state: { ...standIn.state, mode, presence: 'speaking' } })
        await page
          .getByRole('radio', { name: mode === 'hold' ? 'Hold to talk' : 'Hands-free', checked: true })
          .waitFor()
        expect(await share()).toBeGreaterThanOrEqual(0.7)
        for (const control of [
          page.locator('.talk-button'),
          page.getByRole('button', { name: 'Interrupt', exact: true }),
          page.getByRole('button', { name: 'Mute', exact: true }),
          page.getByRole('button', { name: /^Microphone and voice/ }),
          page.getByLabel('Type instead of talking'),
          page.getByRole('button', { name: 'Send' }),
        ]) {
          const box = await control.boundingBox()
          expect(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true)
        }
      }
      // Pictures that wait, too, take none of it.
      for (const name of ['one of the mountains.png', 'two.png'])
        await bringPicture(page, 'paste', name, pngOf(300, 200))
      await page.getByRole('button', { name: 'Leave out two.png' }).waitFor()
      expect(await share()).toBeGreaterThanOrEqual(0.7)
      await page.getByRole('button', { name: 'Leave out one' }).click()
      await page.getByRole('button', { name: 'Leave out two' }).click()
      standIn.tell({
        type: 'approvals',
        approvals: [approvalAsked(Date.now()), approvalAsked(Date.now(), { id: 'ap_2' })],
      })
      await page.getByRole('button', { name: 'Yes, do it' }).waitFor()
      expect(await page.getByRole('button', { name: 'Yes, do it' }).count()).toBe(1)
      expect(await share()).toBeGreaterThanOrEqual(0.7)
      // What the question covers can be scrolled to.
      const dock = await page.locator('.dock').boundingBox()
      const card = await page.locator('.approval-card').boundingBox()
      expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual(dock?.y ?? 0)
      await close()
    })
})
