import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startWindow, type StartedWindow } from '../support/window-start.ts'
import { approvalAsked, busyConversation, busyTasks } from '../support/window-scenes.ts'

const open = useBrowser()

const typing = (page: Page) => page.getByLabel('Type instead of talking')
const yes = (page: Page) => page.getByRole('button', { name: 'Yes, do it' })
const no = (page: Page) => page.getByRole('button', { name: 'No', exact: true })

/** A window that is ready to be told things, with its clock in the test's hands. */
async function openStill({ address }: StartedWindow): Promise<{ page: Page; nowMs: number }> {
  const { page } = await open(address)
  await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
  await page.clock.install()
  const nowMs = Date.now() + 600_000
  await page.clock.pauseAt(nowMs)
  return { page, nowMs }
}

/** With the clock in the test's hands no frame is drawn by itself. */
async function drawn(page: Page, look: () => Promise<unknown>, wanted: unknown): Promise<void> {
  await expect
    .poll(async () => {
      await page.clock.runFor(20)
      return look()
    })
    .toBe(wanted)
}

async function answered(window: StartedWindow, page: Page, words: string): Promise<void> {
  const connection = await window.live()
  await typing(page).fill(words)
  await page.keyboard.press('Enter')
  await connection.next('response.create')
  const ids = { response: 'resp_1', item: 'item_voice' }
  connection.beginAnswer({ ...ids, previous: null })
  connection.speak(ids, 'A short answer.', 200)
  connection.endAnswer(ids, 'A short answer.')
  await page.locator('.line.assistant').getByText('A short answer.').waitFor()
}

describe('a question before something is done', () => {
  it('[W58] opens half a second after it is seen, whatever the clock of who asks says, and closes at its end', async () => {
    const window = await startWindow()
    const { page, nowMs } = await openStill(window)
    window.besides.answer({ approve: () => null })
    window.besides.tell({ type: 'approvals', approvals: [approvalAsked(nowMs, { opensMs: 0 })] })
    await drawn(page, () => yes(page).count(), 1)
    await page.clock.runFor(430)
    expect([await yes(page).isDisabled(), await no(page).isDisabled()]).toEqual([true, true])
    await page.clock.runFor(150)
    expect([await yes(page).isDisabled(), await no(page).isDisabled()]).toEqual([false, false])
    // One that is asked later takes the place of nobody's finger either.
    window.besides.tell({ type: 'approvals', approvals: [approvalAsked(nowMs, { id: 'ap_2', opensMs: 0 })] })
    await drawn(page, () => yes(page).isDisabled(), true)
    await page.clock.runFor(60_000)
    expect(await yes(page).isDisabled()).toBe(true)
    expect(window.besides.asked).toEqual([])
  })

  it('[W58] takes the focus from nobody: what is typed meanwhile is sent as words and answers nothing', async () => {
    const window = await startWindow()
    await window.live()
    const { page } = await open(window.address)
    window.besides.answer({ approve: () => null, say: () => null })
    await typing(page).fill('Tell me')
    window.besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now() - 600)] })
    await yes(page).waitFor()
    await expect.poll(() => yes(page).isDisabled()).toBe(false)
    expect(await typing(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type(' more, y n')
    await page.keyboard.press('Enter')
    await expect.poll(() => window.besides.asked).toEqual([{ name: 'say', argument: { text: 'Tell me more, y n' } }])
  })

  it('[W58] is answered by key with exactly what it asked, yes or no; Esc on it is no; a refusal is told', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const { besides } = window
    besides.answer({ approve: () => null })
    const ask = async (id: string): Promise<void> => {
      besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now() - 600, { id })] })
      await expect.poll(() => yes(page).isDisabled()).toBe(false)
    }
    await ask('ap_1')
    await yes(page).focus()
    await page.keyboard.press('Enter')
    await ask('ap_2')
    await no(page).focus()
    await page.keyboard.press('Enter')
    await ask('ap_3')
    await page.getByRole('group', { name: 'Exactly this' }).focus()
    await page.keyboard.press('Escape')
    const { digest } = approvalAsked(0)
    await expect
      .poll(() => besides.asked.map(({ argument }) => argument))
      .toEqual([
        { approval: 'ap_1', digest, approved: true },
        { approval: 'ap_2', digest, approved: false },
        { approval: 'ap_3', digest, approved: false },
      ])
    besides.answerReally('approve')
    await ask('ap_4')
    await yes(page).click()
    await page.getByText('This question is not open any more').waitFor()
  })

  it('[S32] a program’s click, the second of a double click, and one on what has just moved answer nothing', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const { besides } = window
    besides.answer({ approve: () => null, 'approval-moved': () => null })
    besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now() - 600)] })
    const opened = (): Promise<void> => expect.poll(() => yes(page).isDisabled()).toBe(false)
    const clickThere = async (clickCount: number): Promise<void> => {
      const { x, y } = (await yes(page).boundingBox())!
      await page.mouse.move(x + 5, y + 5)
      await page.mouse.down({ clickCount })
      await page.mouse.up({ clickCount })
    }
    const asked = (name: string): number => besides.asked.filter((one) => one.name === name).length
    await opened()
    await yes(page).evaluate((button) => (button as HTMLElement).click())
    await clickThere(2)
    const movedBefore = asked('approval-moved')
    await page.locator('.approval-card').evaluate((card) => ((card as HTMLElement).style.marginLeft = '40px'))
    await clickThere(1)
    await expect.poll(() => asked('approval-moved')).toBeGreaterThan(movedBefore)
    expect(asked('approve')).toBe(0)
    await opened()
    await clickThere(1)
    await expect.poll(() => asked('approve')).toBe(1)
  })

  it('[W58] is seen also where a panel covers everything', async () => {
    const window = await startWindow()
    const { page } = await open(window.address, { width: 360 })
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    window.besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now())] })
    await page.getByRole('dialog').getByRole('button', { name: 'Show' }).click()
    await expect.poll(() => yes(page).isDisabled()).toBe(false)
  })
})

describe('tasks and words that wait', () => {
  it('[W59] a task shows its steps and is stopped; a draft is tried again; both by key', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    const { besides } = window
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    besides.answer({ 'cancel-task': () => null, 'retry-task': () => null })
    const nowMs = Date.now()
    besides.tell({ type: 'snapshot', conversation: busyConversation(nowMs) })
    besides.tell({ type: 'tasks', tasks: busyTasks(nowMs) })
    const working = page.getByRole('article', { name: /^Task: Find the largest/ })
    await working.getByText('Writing Notes/todo.md').first().waitFor()
    await working.getByText('Steps', { exact: true }).focus()
    await page.keyboard.press('Enter')
    expect(await working.locator('.task-steps li').allInnerTexts()).toEqual([
      'Looking into Notes done',
      'Searching Notes for “the size of 214 files” failed',
      'Writing Notes/todo.md waiting',
    ])
    await working.getByRole('button', { name: /^Stop/ }).press('Enter')
    await page.getByRole('button', { name: 'Try again: Tidy up the downloads' }).press('Enter')
    await expect
      .poll(() => besides.asked)
      .toEqual([
        { name: 'cancel-task', argument: { task: 't1' } },
        { name: 'retry-task', argument: { task: 't3' } },
      ])
  })

  it('[W60] unanswered words are asked again by one key, also from the line that one types in', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    const { besides, app } = window
    besides.answer({ retry: () => null, say: () => null })
    besides.tell({ type: 'snapshot', conversation: busyConversation(0) })
    besides.tell({ type: 'state', state: { ...app.state(), unanswered: 'u4' } })
    await page.getByRole('button', { name: /^Try again Ctrl/ }).waitFor()
    await typing(page).focus()
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => besides.asked).toEqual([{ name: 'retry', argument: null }])
  })

  it('[W60] the last exchange is taken back and put back, here and at the service', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await answered(window, page, 'My cat is called Miso')
    await page.getByRole('button', { name: 'What you can do with your words' }).click()
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back', { exact: true }).waitFor()
    expect(await page.locator('.line').count()).toBe(0)
    await page.getByRole('button', { name: 'Put back' }).click()
    await page.locator('.line.user').getByText('My cat is called Miso').waitFor()
    await page.locator('.line.assistant').getByText('A short answer.').waitFor()
    expect(await page.locator('.draft').count()).toBe(0)
  })
})

describe('a turn’s menu', () => {
  it('[W72] words are taken up again to be changed, and the last ones are asked again', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await answered(window, page, 'My cat is called Miso')
    const menu = page.getByRole('button', { name: 'What you can do with your words' })
    await menu.click()
    await page.getByRole('button', { name: 'Edit and say anew' }).click()
    await expect.poll(() => typing(page).inputValue()).toBe('My cat is called Miso')
    window.besides.answer({ 'take-back': () => null, say: () => null })
    await menu.click()
    await page.getByRole('button', { name: 'Ask again' }).click()
    await expect
      .poll(() => window.besides.asked)
      .toEqual([
        { name: 'take-back', argument: null },
        { name: 'say', argument: { text: 'My cat is called Miso' } },
      ])
  })
})

describe('what is known of the line and the model', () => {
  it('[W64] what the model holds is listed, any minute is answered for, and diagnostics hold no word that was said', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    await answered(window, page, 'My cat is called Miso')
    await page.locator('.health-line').click()
    const connection = page.getByRole('dialog', { name: 'Connection' })
    await connection.getByRole('button', { name: 'Look' }).click()
    await connection.getByText('The line opened.').waitFor()
    const download = page.waitForEvent('download')
    await connection.getByRole('button', { name: 'Save diagnostics' }).click()
    const file = readFileSync(await (await download).path(), 'utf8')
    expect(file).toContain('0.0.0-test')
    expect(file).not.toContain('Miso')
    await connection.getByRole('button', { name: 'Show what the model holds' }).click()
    await page.getByRole('dialog', { name: 'What the model holds' }).getByText('My cat is called Miso').waitFor()
    await page.keyboard.press('Escape')
    await connection.waitFor()
  })
})

describe('what Parley may do', () => {
  it('[W61] folders are granted and taken back, tools switched, servers added and removed, each with a way back', async () => {
    const window = await startWindow()
    const { page } = await open(window.address)
    const notes = temporaryFolder()
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('button', { name: 'Tools, folders and servers' }).click()
    const tools = page.getByRole('dialog', { name: 'Tools' })
    await tools.getByLabel('Add a folder').fill('/nowhere/at/all')
    await page.keyboard.press('Enter')
    await page.locator('.message.error').waitFor()
    await tools.getByLabel('Add a folder').fill(notes)
    await page.keyboard.press('Enter')
    await tools.getByRole('button', { name: `Take back ${notes}` }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await tools.getByRole('button', { name: `Take back ${notes}` }).waitFor()

    const calculate = tools.getByRole('checkbox', { name: /^Work it out/ })
    await calculate.uncheck()
    await expect
      .poll(async () => (await window.ask('tools', null)).find(({ name }) => name === 'calculate')?.on)
      .toBe(false)

    await tools.getByLabel('Its name').fill('odd')
    await tools.getByLabel('Its command').fill('parley-no-such-program --serve')
    await page.keyboard.press('Enter')
    await tools.getByText('“parley-no-such-program” was not found in the folders of PATH.').waitFor()
    await tools.getByRole('button', { name: 'Restart odd' }).click()
    await tools.getByText('It is not started again by itself.').waitFor()
    await tools.getByRole('button', { name: 'Remove odd' }).click()
    await expect.poll(async () => (await window.ask('look', null)).settings.mcpServers).toEqual([])

    await tools.getByLabel('Add a server').selectOption('at an address')
    await tools.getByLabel('Its name').fill('library')
    await tools.getByLabel('Its address').fill('http://127.0.0.1:9/mcp')
    await page.keyboard.press('Enter')
    await tools.getByRole('button', { name: 'Remove library' }).click()
    await expect.poll(async () => (await window.ask('look', null)).settings.mcpServers).toEqual([])
  })
})
