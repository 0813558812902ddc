// The window as others see it: with colours that the system forces, twice the size of text, and a screen of 320 × 256, as 400 %
// leaves of 1280 × 1024; and what may cover what on a narrow one.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { fillWindow, picture } from '../support/filled-window.ts'
import { approvalAsked, busyTasks } from '../support/window-scenes.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()

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

describe('a key', () => {
  it('[W222] is tried before it is kept: what is wrong is said where it was typed, and only a refused one can’t be kept', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await fillWindow(window, page)
    const { besides } = window
    let why: 'key' | 'network' | null = 'key'
    besides.answer({
      'try-key': () => ({ ok: why === null, message: why === null ? 'It takes the key.' : `Wrong: ${why}.`, why }),
      'set-key': () => ({ keeping: 'session' as const, held: [] }),
    })
    await page.keyboard.press('Control+,')
    const panel = page.getByRole('dialog', { name: 'Settings' })
    const kept = (): number => besides.asked.filter(({ name }) => name === 'set-key').length
    await panel.getByLabel('Its key').fill('a-key-0123456789')
    await page.keyboard.press('Enter')
    await panel.getByText('Wrong: key.').waitFor()
    expect(await panel.getByRole('button', { name: 'Keep it all the same' }).count()).toBe(0)
    why = 'network'
    await panel.getByRole('button', { name: 'Set', exact: true }).click()
    await panel.getByText('Wrong: network.').waitFor()
    expect([await panel.getByRole('button', { name: 'Keep it all the same' }).count(), kept()]).toEqual([1, 0])
    why = null
    await panel.getByRole('button', { name: 'Set', exact: true }).click()
    await page.getByText('It is set.').waitFor()
    expect(kept()).toBe(1)
    await panel.getByLabel('Address').fill('voice.example/v1')
    await panel.getByRole('button', { name: 'Use it' }).click()
    await expect.poll(() => panel.getByLabel('Address').inputValue()).toBe('wss://voice.example/v1')
  })
})

describe('seen in other ways', () => {
  it.each([
    ['400 %', 320, 256, 100],
    ['text × 2, narrow', 360, 740, 200],
  ])('[W228] %s: nothing is lost', async (name, width, height, textSize) => {
    const window = await startWindow({ settings: { textSize }, missing: [] })
    await window.live()
    const { page } = await open(window.address, { width, height })
    await fillWindow(window, page)
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
    await fillWindow(window, page)
    await page.emulateMedia({ forcedColors: 'active' })
    window.besides.tell({
      type: 'state',
      state: { ...window.app.state(), mode: 'hold', muted: true, talking: 'held' },
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
    await fillWindow(window, page)
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
    await fillWindow(window, page)
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
    const after = await page.getByRole('button', { name: 'Yes, do it' }).boundingBox()
    expect(after?.y).toBe(before?.y)
    // The seconds beside it count on, in digits that are not all of one width.
    expect(Math.abs((after?.x ?? 0) - (before?.x ?? 0))).toBeLessThan(1)
    await page.keyboard.press('Control+,')
    await page.locator('dialog:modal .message').waitFor()
    await picture(page, 'message-in-panel-360')
    expect(await covered()).toEqual([])
  })
})
