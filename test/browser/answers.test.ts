// 60 answers of every kind on the screen, light and dark, wide and narrow: shown as they are meant, and nothing in them is more
// than text. With PARLEY_PICTURES=<folder> they are photographed as well, to be looked at.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { emptyConversation, type Conversation, type Turn } from '../../src/core/conversation/reduce.ts'
import { answerCorpus } from '../support/answer-corpus.ts'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()
const { PARLEY_PICTURES: pictures, PARLEY_RUNS: runs } = process.env

function answer(id: string, text: string, more: Partial<Turn> = {}): Turn {
  return {
    id,
    role: 'assistant',
    via: 'text',
    startedMs: 1_000,
    text,
    audioMs: 0,
    playedMs: null,
    state: { type: 'final' },
    ...more,
  }
}

/** Every width and both themes; a theme changes no layout, so each width with each theme is for the long form and the pictures. */
const views = (
  [
    ['light', 1200, 800],
    ['dark', 800, 600],
    ['dark', 360, 640],
    ['dark', 1200, 800],
    ['light', 800, 600],
    ['light', 360, 640],
  ] as const
).slice(0, runs === undefined && pictures === undefined ? 3 : 6)

const wideTable = `| ${Array.from({ length: 9 }, (_, at) => `Measurement ${at}`).join(' | ')} |\n|${'---|'.repeat(9)}\n| ${'cell | '.repeat(9)}`

function conversationOf(turns: Turn[]): Conversation {
  return { ...emptyConversation, id: 'c_corpus', title: 'Corpus', seq: 100, turns }
}

/** Down the whole transcript as a hand would, a screen at a time. @returns the highest total of what was wider than its place */
async function walkThrough(page: Page, at: (step: number) => Promise<void>): Promise<void> {
  const box = page.locator('.captions')
  await box.hover()
  for (let step = 0; step < 200; step++) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await at(step)
    const isOver = await box.evaluate((element) => {
      const before = element.scrollTop
      element.scrollTop = before - element.clientHeight * 0.9
      return element.scrollTop === before
    })
    if (isOver) return
    await page.mouse.wheel(0, -1)
  }
}

describe('answers as they are meant', () => {
  for (const [theme, width, height] of views)
    it(`[W67] 60 answers are text and nothing else: no script, no load, no way elsewhere (${theme}, ${width} px)`, async () => {
      expect(answerCorpus).toHaveLength(60)
      const window = await startWindow()
      const { page, complaints } = await open(window.address, { width, height, dark: theme === 'dark' })
      const went: string[] = []
      page.on('framenavigated', (frame) => went.push(frame.url()))
      page.on('dialog', (dialog) => went.push(dialog.message()))
      await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
      const turns = answerCorpus.map((text, at) => answer(`a${at}`, text))
      window.besides.tell({ type: 'snapshot', conversation: conversationOf(turns) })
      await page.locator('.line.assistant').last().waitFor()
      const shown = new Set<string>()
      await walkThrough(page, async (step) => {
        for (const at of await page
          .locator('.row[data-index]')
          .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-index'))))
          shown.add(at ?? '')
        if (pictures !== undefined) {
          mkdirSync(pictures, { recursive: true })
          await page.screenshot({
            path: join(pictures, `answers-${theme}-${width}-${String(step).padStart(3, '0')}.png`),
          })
        }
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll('.captions, .said')]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
            .map(({ textContent }) => textContent.slice(0, 40)),
        )
        expect(wide).toEqual([])
      })
      // The day and each answer.
      expect(shown.size).toBe(answerCorpus.length + 1)
      expect(await page.evaluate(() => (globalThis as { hostile?: number }).hostile)).toBeUndefined()
      expect(await page.locator('.said :is(script, img, iframe, svg, style, meta, base, form, input)').count()).toBe(0)
      const addresses = await page
        .locator('.said a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
      for (const address of addresses) expect(address).toMatch(/^https:/)
      expect([went, complaints]).toEqual([[], []])
      if (theme === 'light' && width === 1200) expect(await axeFindings(page)).toEqual([])
    })

  it('[W243] boxes stand beside their words, nothing stands empty between blocks, and a wide table is scrolled, not broken', async () => {
    const window = await startWindow()
    const { page } = await open(window.address, { width: 360, height: 640 })
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const text = `# Big\n\n### Small\n\n- [ ] to do\n- [x] done\n\n> A quote.\n>\n> > And one in it.\n\n1. one\n\n   more\n\n${wideTable}`
    window.besides.tell({ type: 'snapshot', conversation: conversationOf([answer('a', text)]) })
    await page.locator('.said table').waitFor()
    expect(await page.locator('.said p:empty, .said p.written').count()).toBe(0)
    const offsets = await page.locator('.said .todo').evaluateAll((entries) =>
      entries.map((entry) => {
        const [box, words] = [...entry.children].map((child) => child.getBoundingClientRect())
        return [box!.right <= words!.left, Math.abs(box!.top + box!.bottom - words!.top - words!.bottom) < 8]
      }),
    )
    expect(offsets).toEqual([
      [true, true],
      [true, true],
    ])
    expect(await page.getByRole('img', { name: 'done', exact: true }).count()).toBe(1)
    const lines = await page.locator('.said th').evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange()
        range.setStart(cell.firstChild!, 0)
        range.setEnd(cell.firstChild!, 'Measurement'.length)
        return range.getClientRects().length
      }),
    )
    expect(lines).toEqual(Array.from({ length: 9 }, () => 1))
    expect(await page.locator('.said .table').evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true)
    const sizes = await page
      .locator('.said h4')
      .evaluateAll((heads) => heads.map((head) => parseFloat(getComputedStyle(head).fontSize)))
    expect(sizes[0]).toBeGreaterThan(sizes[1]!)
  })

  it('[W69] what has sounded is told apart at every moment of an answer with Markdown, and none is lost or doubled', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const text =
      'First a **bold** claim.\n\n1. One thing\n2. Another `thing`\n\n| a | b |\n|---|---|\n| left | right |\n\nAnd [an end](https://example.org/).'
    const audioMs = 8_000
    const spoken = answer('spoken', text, { via: 'voice', audioMs, state: { type: 'final' } })
    window.besides.tell({ type: 'state', state: { ...window.app.state(), presence: 'speaking' } })
    window.besides.tell({ type: 'snapshot', conversation: conversationOf([spoken]) })
    await page.locator('.said[data-unheard]').waitFor()
    const look = () =>
      page.evaluate(() => {
        const said = document.querySelector('.said')
        const ranges = [...(CSS.highlights.get('unheard') ?? [])] as Range[]
        const whole = document.createRange()
        if (said) whole.selectNodeContents(said)
        return { whole: whole.toString(), unheard: ranges.map((range) => range.toString()).join('') }
      })
    let before = Number.POSITIVE_INFINITY
    for (let playedMs = 200; playedMs <= audioMs; playedMs += 200) {
      window.besides.tell({ type: 'position', item: 'spoken', playedMs, receivedMs: audioMs })
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      const { whole, unheard } = await look()
      expect(whole.endsWith(unheard)).toBe(true)
      expect(unheard.length).toBeLessThanOrEqual(before)
      before = unheard.length
    }
    await expect.poll(async () => (await look()).unheard).toBe('')
    expect(await page.locator('.said strong').textContent()).toBe('bold')
    expect(await page.locator('.said td').allTextContents()).toEqual(['left', 'right'])
  })

  it('[W69] an interrupted answer with Markdown keeps its form, and the cut stands where it was', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const text = 'Three things:\n\n- the first\n- the second one\n- the third'
    const state = { type: 'cut', heard: 'Three things:\n\n- the first\n- the', playedMs: 900 } as const
    const cut = answer('cut', text, { via: 'voice', audioMs: 4_000, playedMs: 900, state })
    window.besides.tell({ type: 'snapshot', conversation: conversationOf([cut]) })
    await page.locator('.cut').waitFor()
    expect(await page.locator('.said li').count()).toBe(3)
    expect(await page.locator('.said li:has(.cut)').innerText()).toMatch(/^the —.*second one$/s)
    expect(await page.evaluate(() => [...(CSS.highlights.get('cut-off') ?? [])].map(String).join(''))).toMatch(
      /^ ?second one/,
    )
  })

  it('[W72] code is copied by its button, and an answer from its menu, without a line moving', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const turns = [answer('code', 'Do this:\n\n```sh\nnpm test\n```')]
    window.besides.tell({ type: 'snapshot', conversation: conversationOf(turns) })
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('npm test')
    const before = await page.locator('.said').boundingBox()
    await page.getByRole('button', { name: 'What you can do with this answer' }).click()
    expect(await page.locator('.said').boundingBox()).toEqual(before)
    await page.locator('.turn-menu').getByRole('button', { name: 'Copy' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(turns[0]?.text)
  })
})
