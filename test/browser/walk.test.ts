// The window without a mouse and without eyes: walked by keyboard alone, with what a screen reader gets of it; and with
// colours that the system forces, twice the size of text, and a screen of 320 × 256, as 400 % leaves of 1280 × 1024.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { openScreenReader, type ScreenReader, type Stop } from '../support/heard-by-screen-reader.ts'
import { approvalAsked, busyConversation, busyTasks, liveState } from '../support/window-scenes.ts'
import { startWindow, type StartedWindow } from '../support/window-start.ts'

const open = useBrowser()
const { PARLEY_PICTURES: pictures } = process.env

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `walk-${name}.png`) })
}

/** A conversation with calls and tasks, on a live line. */
async function fill({ besides, desk }: StartedWindow, page: Page): Promise<void> {
  const nowMs = Date.now()
  await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
  besides.tell({ type: 'state', state: { ...liveState(nowMs, desk.state()), presence: 'idle' } })
  besides.tell({ type: 'snapshot', conversation: busyConversation(nowMs) })
  await page.getByText('I’m on it').waitFor()
}

/** Presses Tab until the focus is there; every stop on the way has a name. */
async function tabTo(reader: ScreenReader, matches: (stop: Stop) => boolean, most = 40): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let at = 0; at < most; at++) {
    const stop = await reader.press('Tab')
    stops.push(stop)
    if (matches(stop)) return stops
  }
  throw new Error(`not reached by Tab: ${JSON.stringify(stops)}`)
}

const unnamed = (stops: readonly Stop[]): Stop[] =>
  stops.filter(({ role, name }) => name === '' && role !== 'listitem' && role !== 'RootWebArea')

describe('by keyboard and by ear', () => {
  it('[W227] the first steps are walked by keyboard, each stop with a name, and the heading of each step is read', async () => {
    const window = await startWindow({ settings: { isSetUp: false } })
    const { page } = await open(window.address)
    await page.getByRole('heading', { name: 'Hello. I’m Parley.' }).waitFor()
    const reader = await openScreenReader(page)
    const stops: Stop[] = []
    for (const heading of ['Can we hear each other?', 'How do you like to talk?']) {
      stops.push(...(await tabTo(reader, ({ name }) => name === 'Continue')))
      await page.keyboard.press('Enter')
      await expect.poll(() => reader.focus()).toEqual({ role: 'heading', name: heading })
    }
    stops.push(...(await tabTo(reader, ({ name }) => name === 'Start talking')))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    expect(unnamed(stops)).toEqual([])
  })

  it('[W227] links skip to every part; lists have one stop and arrow keys; the sheet and the palette give the focus back', async () => {
    const window = await startWindow()
    await window.live()
    const { page, complaints } = await open(window.address)
    await fill(window, page)
    const reader = await openScreenReader(page)
    expect(await reader.press('Tab')).toEqual({ role: 'button', name: 'Skip to the conversation' })
    expect((await reader.press('Enter')).role).toBe('listitem')
    const index = (): Promise<number> =>
      page.evaluate(() => Number(document.activeElement?.closest<HTMLElement>('li.row')?.dataset['index'] ?? -1))
    const last = await index()
    for (const [key, at] of [
      ['ArrowUp', last - 1],
      ['ArrowUp', last - 2],
      ['ArrowDown', last - 1],
      ['Home', 0],
      ['End', last],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(index).toBe(at)
    }
    // Into the controls of this row, and then out of the list.
    const out = await tabTo(reader, ({ name }) => name === 'Mute', 6)
    expect(unnamed(out)).toEqual([])
    await page.getByLabel('Type instead of talking').focus()
    await page.keyboard.type('Why?')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('button', { name: 'Settings', exact: true }).focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await picture(page, 'shortcuts')
    await page.keyboard.press('Escape')
    await expect.poll(() => reader.focus()).toEqual({ role: 'button', name: 'Settings' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Do anything by its name' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await picture(page, 'palette')
    await page.keyboard.type('colours dark')
    await page.getByRole('option', { name: 'Dark colours', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await window.ask('look', null)).settings.theme).toBe('dark')
    await expect.poll(() => reader.focus()).toEqual({ role: 'button', name: 'Settings' })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('zzz')
    await page.getByText('Nothing is called so').waitFor()
    await page.keyboard.press('Escape')
    for (const stop of ['What was said', 'Mute', 'Type instead of talking']) {
      const at = await reader.press('F6')
      expect(at.role === 'listitem' ? 'What was said' : at.name).toBe(stop)
    }
    expect(complaints).toEqual([])
  })

  it('[W227] a question is told among the news of a task, reached and answered by key, with as much time as it takes', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await fill(window, page)
    const { besides } = window
    const reader = await openScreenReader(page)
    besides.answer({ approve: () => null, 'more-time': () => null })
    const [, , asking, working] = busyTasks(Date.now())
    const question = approvalAsked(Date.now() - 600)
    besides.tell({ type: 'approvals', approvals: [question] })
    besides.tell({ type: 'tasks', tasks: [{ ...asking!, state: 'working' }] })
    besides.tell({ type: 'tasks', tasks: [asking!, working!] })
    await page.getByRole('list', { name: 'Tasks under way' }).waitFor()
    const told = await reader.announced()
    expect(told.filter((text) => text.includes(question.question))).toHaveLength(1)
    expect(told.some((text) => text.startsWith('Task begun'))).toBe(true)
    expect(await page.getByRole('log').getByText(question.question).count()).toBe(1)
    await page.getByLabel('Type instead of talking').focus()
    for (let presses = 0; (await reader.press('F6')).name !== 'Exactly this'; presses++) expect(presses).toBeLessThan(8)
    await tabTo(reader, ({ name }) => name === 'More time', 4)
    await page.keyboard.press('Enter')
    await expect.poll(() => besides.asked.map(({ name }) => name)).toContain('more-time')
    besides.tell({ type: 'approvals', approvals: [{ ...question, expiresMs: Date.now() + 15_000 }] })
    await expect.poll(async () => (await reader.announced()).some((text) => text.includes('“More time”'))).toBe(true)
    await tabTo(reader, ({ name }) => name === 'Yes, do it', 4)
    await expect.poll(() => page.getByRole('button', { name: 'Yes, do it' }).isDisabled()).toBe(false)
    await page.keyboard.press('Enter')
    await expect
      .poll(() => besides.asked.find(({ name }) => name === 'approve')?.argument)
      .toMatchObject({ approved: true })
    // The talk control is live, but what is heard anyway is not said twice.
    besides.tell({ type: 'state', state: { ...liveState(Date.now(), window.desk.state()), presence: 'thinking' } })
    besides.tell({ type: 'state', state: liveState(Date.now(), window.desk.state()) })
    await expect.poll(async () => (await reader.announced()).at(-1)).toBe('Thinking')
  })

  it('[W227] settings are found by typing, changed by key, and give the focus back', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await fill(window, page)
    const reader = await openScreenReader(page)
    await page.getByLabel('Type instead of talking').focus()
    await page.keyboard.press('Control+,')
    const panel = page.getByRole('dialog', { name: 'Settings' })
    await panel.getByLabel('Search the settings').focus()
    await page.keyboard.type('zoom text')
    await expect
      .poll(() => panel.getByRole('heading', { level: 3 }).allTextContents())
      .toEqual(['Appearance and reading'])
    await panel.getByLabel('Text size').selectOption('125')
    await expect.poll(() => page.evaluate(() => document.documentElement.style.fontSize)).toBe('125%')
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await reader.focus()).name).toBe('Type instead of talking')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('settings voice speed')
    await page.keyboard.press('Enter')
    await expect.poll(() => reader.focus()).toEqual({ role: 'heading', name: 'Voice' })
  })
})

/** Every control of the window, brought into sight, stands whole in the width of the screen. */
async function outOfSight(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, textarea, input, select, summary')]
      .filter(
        (control) => control.checkVisibility() && control.closest('.skip-links, .unseen, .switch, .card') === null,
      )
      // What lies behind a panel is out of reach until that is closed.
      .filter((control) => document.querySelector('dialog:modal')?.contains(control) ?? true)
      .flatMap((control) => {
        control.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        const { left, right, top, bottom, width, height } = control.getBoundingClientRect()
        const isSeen =
          left >= -1 && right <= innerWidth + 1 && top < innerHeight && bottom > 0 && width > 0 && height > 0
        return isSeen ? [] : [`${control.className} ${control.textContent}: ${left} ${top} ${right} ${bottom}`]
      }),
  )
}

describe('seen in other ways', () => {
  it.each([
    ['400 %', 320, 256, 100],
    ['text × 2', 1_200, 800, 200],
    ['text × 2, narrow', 360, 740, 200],
  ])('[W228] %s: nothing is lost', async (name, width, height, textSize) => {
    const window = await startWindow({ settings: { textSize }, missing: [] })
    await window.live()
    const { page } = await open(window.address, { width, height })
    await fill(window, page)
    window.besides.tell({ type: 'tasks', tasks: busyTasks(Date.now()) })
    window.besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now())] })
    await page.getByRole('button', { name: 'Yes, do it' }).waitFor()
    await picture(page, `${name.replaceAll(/\W+/g, '-')}-${width}`)
    const sideways = (): Promise<boolean> =>
      page.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth)
    expect([await outOfSight(page), await sideways()]).toEqual([[], false])
    window.besides.tell({ type: 'approvals', approvals: [] })
    await page.keyboard.press('Control+,')
    await page.getByRole('dialog', { name: 'Settings' }).waitFor()
    await picture(page, `${name.replaceAll(/\W+/g, '-')}-${width}-settings`)
    expect([await outOfSight(page), await sideways()]).toEqual([[], false])
  })

  it('[W228] forced colours: what is chosen, pressed, held and focused is told by more than a ground', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await fill(window, page)
    await page.emulateMedia({ forcedColors: 'active' })
    window.besides.tell({
      type: 'state',
      state: { ...window.desk.state(), mode: 'hold', muted: true, talking: 'held' },
    })
    await page.locator('.dock .mute[aria-pressed=true]').waitFor()
    const outline = (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).outlineStyle)
    for (const chosen of ['.switch label.chosen', '.dock .mute[aria-pressed=true]'])
      expect([chosen, await outline(chosen)]).toEqual([chosen, 'solid'])
    expect(await page.locator('.dock').evaluate((dock) => getComputedStyle(dock).borderTopWidth)).toBe('4px')
    await page.getByLabel('Type instead of talking').focus()
    expect(await outline('#typed')).toBe('solid')
    await picture(page, 'forced-colours')
    expect(await axeFindings(page)).toEqual([])
  })

  it('[W229] at 360 px a question and a task together leave at least half of the transcript free, and the answers in sight', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address, { width: 360, height: 640 })
    await fill(window, page)
    window.besides.tell({ type: 'tasks', tasks: busyTasks(Date.now()) })
    window.besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now())] })
    await page.getByRole('button', { name: 'Yes, do it' }).waitFor()
    await picture(page, 'question-and-task-360')
    const { room, work } = await page.evaluate(() => ({
      room: document.querySelector('.captions')!.clientHeight,
      work: document.querySelector('.work')!.clientHeight,
    }))
    expect(room - work).toBeGreaterThanOrEqual(room / 2)
    for (const name of ['More time', 'No', 'Yes, do it']) {
      const box = (await page.getByRole('button', { name, exact: true }).boundingBox())!
      const frame = (await page.locator('.work').boundingBox())!
      expect([name, box.y >= frame.y && box.y + box.height <= frame.y + frame.height]).toEqual([name, true])
    }
  })

  it('[W229] a message covers nothing that one is at, in the window, in a panel that covers it, and in the first steps', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address, { width: 360, height: 640 })
    await fill(window, page)
    const covered = (): Promise<string[]> =>
      page.evaluate(() => {
        const message = document.querySelector('dialog:modal .message') ?? document.querySelector('.message')
        const own = message!.getBoundingClientRect()
        return [...document.querySelectorAll<HTMLElement>('button, textarea, input, select')]
          .filter(
            (one) =>
              one.checkVisibility() &&
              !message!.contains(one) &&
              one.closest('.captions, .skip-links, .unseen') === null,
          )
          .filter((one) => document.querySelector('dialog:modal')?.contains(one) ?? true)
          .filter((one) => {
            const box = one.getBoundingClientRect()
            return box.left < own.right && box.right > own.left && box.top < own.bottom && box.bottom > own.top
          })
          .map(({ className, textContent }) => `${className} ${textContent}`)
      })
    window.besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now())] })
    const before = await page.getByRole('button', { name: 'Yes, do it' }).boundingBox()
    window.besides.tell({
      type: 'notice',
      level: 'error',
      message: 'The file could not be saved. Choose another place for it.',
    })
    await page.locator('.message').waitFor()
    expect(await covered()).toEqual([])
    expect(await page.getByRole('button', { name: 'Yes, do it' }).boundingBox()).toEqual(before)
    await page.keyboard.press('Control+,')
    await page.locator('dialog:modal .message').waitFor()
    await picture(page, 'message-in-panel-360')
    expect(await covered()).toEqual([])
  })
})
