// The window without a mouse and without eyes: walked by keyboard alone, with what a screen reader gets of it. Other ways to
// see it: sight.test.ts.
import { describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { openScreenReader, type ScreenReader, type Stop } from '../support/heard-by-screen-reader.ts'
import { fillWindow, picture } from '../support/filled-window.ts'
import { approvalAsked, busyTasks, liveState } from '../support/window-scenes.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()

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
    await fillWindow(window, page)
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
    await fillWindow(window, page)
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
    besides.tell({ type: 'state', state: { ...liveState(Date.now(), window.app.state()), presence: 'thinking' } })
    await expect.poll(async () => (await reader.announced()).at(-1)).toBe('Thinking')
    besides.tell({ type: 'state', state: liveState(Date.now(), window.app.state()) })
    await page.getByText('Speaking', { exact: true }).waitFor()
    expect((await reader.announced()).at(-1)).toBe('Thinking')
  })

  it('[W227] settings are found by typing, changed by key, and give the focus back', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await fillWindow(window, page)
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
