// What somebody meets in their first minutes: an address that is none, a microphone that is tried, a conversation deleted by its
// name, an answer read aloud and stopped, and what is kept, each by keyboard and with what a screen reader is told of it.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { openScreenReader } from '../support/heard-by-screen-reader.ts'
import { fillWindow, picture } from '../support/filled-window.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { approvalAsked, busyTasks } from '../support/window-scenes.ts'
import { startWindow, type StartedWindow } from '../support/window-start.ts'
import { within } from '../support/within.ts'

const open = useBrowser()
const typed = (page: Page) => page.getByLabel('Type instead of talking')

/** Typed and answered by voice, all of it heard. */
async function answered(window: StartedWindow, page: Page): Promise<void> {
  const connection = await window.live()
  await typed(page).fill('Where is the lighthouse?')
  await page.keyboard.press('Enter')
  await connection.next('response.create')
  const ids = { response: 'resp_a', item: 'item_a' }
  connection.beginAnswer({ ...ids, previous: null })
  connection.speak(ids, 'On the last rock.', 60)
  connection.endAnswer(ids, 'On the last rock.')
  await window.notice('change', ({ stored }) => stored.change.type === 'played')
}

describe('the first steps', () => {
  it('[W150] [W184] an address that is none is told where it was typed, and the word goes as one types on; a key is spoken of only where it lacks', async () => {
    const window = await startWindow({ settings: { isSetUp: false, endpoint: { kind: 'openai', model: 'm' } } })
    const { page } = await open(window.address)
    const later = page.getByRole('button', { name: 'Add the key later' })
    await later.waitFor()
    await page.getByText('Another server').click()
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    expect(await later.count()).toBe(0)
    const address = page.getByLabel('Address')
    for (const [wrong, why] of [
      ['localhost 99', 'This is no address'],
      ['ftp://voice.example', 'This is no address'],
      ['voice.example/v1?api-key=abc', 'Leave the key out of the address'],
    ] as const) {
      await address.fill(wrong)
      await page.keyboard.press('Enter')
      await page.getByRole('status').getByText(why).waitFor()
    }
    expect(await page.locator('.message').count()).toBe(0)
    await address.fill('voice.example/v1')
    expect(await page.getByText('Leave the key out').count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.getByLabel('Its key').waitFor()
    expect((await window.ask('look', null)).settings.endpoint).toMatchObject({ baseUrl: 'wss://voice.example/v1' })
    await page.getByText('Built-in voice').click()
    await page.getByLabel('A model on this computer').fill('192.168.0.9:11434')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('an address like http://127.0.0.1:11434').waitFor()
  })

  it('[W151] the test of the microphone says in words when one is heard', async () => {
    const window = await startWindow({ settings: { isSetUp: false } })
    const { page } = await open(window.address)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Test the microphone' }).click()
    await page.getByText('Say something').waitFor()
    window.besides.tell({ type: 'level', microphone: -58, speaker: -90 })
    await page.getByRole('status').getByText('Say something').waitFor()
    window.besides.tell({ type: 'level', microphone: -24, speaker: -90 })
    await page.getByRole('status').getByText('You are heard.').waitFor()
    window.besides.tell({ type: 'level', microphone: -90, speaker: -90 })
    await page.getByRole('status').getByText('You are heard.').waitFor()
  })
})

describe('by its name', () => {
  it('[W152] the conversation at hand is deleted from the palette, and is brought back', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await typed(page).fill('The boiler needs a new valve')
    await page.keyboard.press('Enter')
    const list = page.getByRole('navigation', { name: 'Conversations' })
    await list.getByText('The boiler needs').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('delete')
    await page.getByRole('option', { name: 'Delete this conversation', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await list.getByText('Conversations appear here').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await list.getByText('The boiler needs').waitFor()
  })
})

describe('reading aloud', () => {
  it('[W244] the button that began it stops it, here and at the service; what is heard is not announced', async () => {
    const window = await startWindow()
    const { page, complaints } = await open(window.address, { width: 360, height: 640 })
    await answered(window, page)
    const reader = await openScreenReader(page)
    const more = page.getByRole('button', { name: 'What you can do with this answer' })
    const own = (name: string) => page.locator('.turn-menu:popover-open').getByRole('button', { name, exact: true })
    await more.press('Enter')
    await own('Read aloud again').press('Enter')
    const line = await window.server.connection()
    await line.next('response.create')
    line.beginAnswer({ response: 'r', item: 'i', previous: null })
    line.speak({ response: 'r', item: 'i' }, 'On the last', 8_000)
    await window.notice('position', ({ item }) => item.startsWith('reading'))
    await expect.poll(() => reader.focus()).toMatchObject({ name: 'What you can do with this answer' })
    await more.press('Enter')
    await own('Stop reading').waitFor()
    await picture(page, 'reading-aloud-360')
    expect(await axeFindings(page)).toEqual([])
    expect(await page.locator('.captions').evaluate((box) => box.clientHeight / innerHeight)).toBeGreaterThanOrEqual(
      0.7,
    )
    await own('Stop reading').press('Enter')
    await within('the line to end', line.closed)
    await more.press('Enter')
    await own('Read aloud again').waitFor()
    expect(await reader.announced()).toEqual([])
    expect(complaints).toEqual([])
  })

  it('[W244] a voice that is tried in the settings is stopped by the button that began it', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    await page.keyboard.press('Control+,')
    const panel = page.getByRole('dialog', { name: 'Settings' })
    await panel.getByRole('button', { name: 'Hear it' }).click()
    const line = await window.server.connection()
    await line.next('response.create')
    line.beginAnswer({ response: 'r', item: 'i', previous: null })
    line.speak({ response: 'r', item: 'i' }, 'Hello.', 8_000)
    await panel.getByRole('button', { name: 'Stop reading' }).click()
    await within('the line to end', line.closed)
    await panel.getByRole('button', { name: 'Hear it' }).waitFor()
  })
})

describe('what is kept', () => {
  it('[W153] is chosen, looked over, exported and imported by keyboard; what can’t be is told', async () => {
    const window = await startWindow()
    await window.live()
    const { page, complaints } = await open(window.address, { width: 360, dark: true })
    await typed(page).fill('The boiler needs a new valve')
    await page.keyboard.press('Enter')
    await page.locator('.line.user').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('settings what is kept')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'Settings' })
    await expect
      .poll(() =>
        panel.getByRole('heading', { name: 'What is kept' }).evaluate((one) => one === document.activeElement),
      )
      .toBe(true)
    const settings = async () => (await window.ask('look', null)).settings
    const keeps = panel.getByLabel('Keep conversations')
    await keeps.focus()
    await keeps.selectOption('days')
    await expect.poll(async () => (await settings()).keepsConversations).toBe(90)
    const days = panel.getByLabel('Days', { exact: false }).last()
    await days.fill('7')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await settings()).keepsConversations).toBe(7)
    await days.fill('some')
    await page.keyboard.press('Enter')
    await expect.poll(() => days.inputValue()).toBe('7')
    expect((await settings()).keepsConversations).toBe(7)
    await panel.getByRole('button', { name: 'Look whether everything is in order' }).press('Enter')
    await panel.getByText(/looked at/i).waitFor()

    const folder = temporaryFolder()
    await panel.getByLabel('Export everything into the folder').fill(folder)
    await page.keyboard.press('Enter')
    await expect.poll(() => readdirSync(folder).length).toBe(1)
    await picture(page, 'kept-dark-360')
    expect(await axeFindings(page)).toEqual([])
    const file = join(folder, readdirSync(folder)[0] ?? '')
    expect(existsSync(file)).toBe(true)
    const none = join(folder, 'none.txt')
    writeFileSync(none, 'no archive')
    const from = panel.getByLabel('Import the file')
    await from.fill(none)
    await page.keyboard.press('Enter')
    await page.locator('.message.error').first().waitFor()
    expect(await from.inputValue()).toBe(none)
    await from.fill(file)
    await page.keyboard.press('Enter')
    await expect.poll(() => from.inputValue()).toBe('')
    await keeps.selectOption('session')
    await expect.poll(async () => (await settings()).keepsConversations).toBe('session')
    expect(complaints).toEqual([])
  })
})

describe('by keyboard and by ear', () => {
  it('[W154] a task and a question are ended by key alone; the news come in order, none that is also said, and the focus goes back', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    await fillWindow(window, page)
    const { besides } = window
    besides.answer({ 'cancel-task': () => null })
    const reader = await openScreenReader(page)
    const task = busyTasks(Date.now()).find(({ state }) => state === 'working')!
    besides.tell({ type: 'tasks', tasks: [task] })
    await page.getByRole('list', { name: 'Tasks under way' }).waitFor()
    await typed(page).focus()
    const isTask = () => page.evaluate(() => document.activeElement?.matches('.task-row') === true)
    for (let presses = 0; !(await isTask()); presses++) {
      expect(presses).toBeLessThan(8)
      await page.keyboard.press('F6')
    }
    expect((await reader.press('Tab')).name).toBe('Show it a picture')
    expect((await reader.press('Tab')).name).toMatch(/^Stop: Translate/)
    await page.keyboard.press('Enter')
    await expect.poll(() => besides.asked.map(({ name }) => name)).toEqual(['cancel-task'])
    besides.tell({ type: 'notice', level: 'note', message: 'I stopped it.', spoken: true })
    besides.tell({ type: 'tasks', tasks: [{ ...task, state: 'cancelled', endedMs: Date.now() }] })
    await expect.poll(() => reader.announced()).toHaveLength(2)
    const [begun, ended] = await reader.announced()
    expect([begun, ended]).toEqual([
      expect.stringMatching(/^Task begun/),
      expect.stringMatching(/^Task, Stopped: Translate/),
    ])
    // What held the focus is gone: it is where it was before.
    await expect.poll(() => reader.focus()).toMatchObject({ name: 'Type instead of talking' })
    besides.answer({ approve: () => null })
    besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now() - 600)] })
    await page.getByRole('button', { name: 'Settings', exact: true }).focus()
    await expect
      .poll(() => page.getByRole('button', { name: 'No', exact: true }).getAttribute('aria-disabled'))
      .toBe('false')
    await page.getByRole('button', { name: 'No', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => besides.asked.map(({ name }) => name)).toContain('approve')
    besides.tell({ type: 'approvals', approvals: [] })
    await expect.poll(() => reader.focus()).toMatchObject({ name: 'Settings' })
  })
})
