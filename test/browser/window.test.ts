import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import type { ScriptedConnection } from '../support/scripted-server.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()

/** The 15 from before the press and half a second more: no tap. */
const heldFrames = 40

const ids = { response: 'resp_1', item: 'item_voice' }
const long = 'The lighthouse stands on rocks that the tide covers twice a day and its lamp turns without a pause.'

const said = (page: Page, who: 'user' | 'assistant') => page.locator(`.line.${who} .said`).last()

async function type(page: Page, words: string): Promise<void> {
  await page.getByLabel('Type instead of talking').fill(words)
  await page.keyboard.press('Enter')
}

async function beginAnswer(connection: ScriptedConnection, words: string, ms: number): Promise<void> {
  await connection.next('response.create')
  connection.beginAnswer({ ...ids, previous: null })
  connection.speak(ids, words, ms)
}

describe('the window in a browser', () => {
  it('[W50] typed words are answered; unheard words are dimmed until they have sounded', async () => {
    const { address, live } = await startWindow({ settings: { announcesWords: true } })
    const connection = await live()
    const { page, complaints } = await open(address)
    await type(page, 'Tell me about the lighthouse')
    await said(page, 'user').getByText('Tell me about the lighthouse').waitFor()
    await beginAnswer(connection, long, 3_000)
    connection.endAnswer(ids, long)
    const unheard = page.locator('.line.assistant [data-unheard]')
    await unheard.waitFor()
    await expect.poll(() => unheard.count(), { timeout: 10_000 }).toBe(0)
    expect(await said(page, 'assistant').textContent()).toBe(long)
    await expect.poll(() => page.getByRole('log').locator('p').last().textContent()).toBe(`Parley: ${long}`)
    expect(complaints).toEqual([])
  })

  it('[S38] a key in what is typed is told of before it is sent, masked, and kept by one tick', async () => {
    const { address, live } = await startWindow()
    const connection = await live()
    const { page } = await open(address)
    const key = 'ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6'
    const note = page.getByText('What looks like a key in it is masked.')
    const field = page.getByLabel('Type instead of talking')
    await field.fill('Use the usual one.')
    expect(await note.count()).toBe(0)
    await field.fill(`Use ${key}`)
    await note.waitFor()
    expect(await axeFindings(page)).toEqual([])
    await field.press('Enter')
    await said(page, 'user').getByText('Use ghp_••••').waitFor()
    await field.fill(`Use ${key}`)
    await page.getByLabel('Send it as typed').check()
    await field.press('Enter')
    await said(page, 'user').getByText(`Use ${key}`).waitFor()
    expect(await note.count()).toBe(0)
    const given = connection.all('conversation.item.create').map(({ item }) => JSON.stringify(item).includes(key))
    await expect.poll(() => given.length).toBeGreaterThan(0)
    expect(given[0]).toBe(false)
  })

  it('[W51] Esc silences the voice: the cut is marked where it was, and the service is told', async () => {
    const { address, live } = await startWindow()
    const connection = await live()
    const { page } = await open(address)
    await type(page, 'Tell me about the lighthouse')
    await beginAnswer(connection, long, 20_000)
    await page.getByText('Speaking').waitFor()
    await expect.poll(async () => (await said(page, 'assistant').innerText()).length).toBeGreaterThan(20)
    await page.keyboard.press('Escape')
    await connection.next('conversation.item.truncate')
    await page.locator('.cut').waitFor()
    await expect(page.locator('.line.assistant [data-unheard]').count()).resolves.toBe(1)
  })

  it('[W52] Space held is a turn of speech, a tap latches; both without a mouse and only outside of fields', async () => {
    const { address, live, app, state } = await startWindow({ settings: { turnMode: 'manual' } })
    const connection = await live()
    const { page } = await open(address)
    await page.getByRole('button', { name: 'Hold to talk' }).waitFor()
    await state(({ microphone }) => microphone.type === 'open')
    await page.keyboard.down('Space')
    await page.getByRole('button', { name: 'Let go to send' }).waitFor()
    await expect.poll(() => connection.all('input_audio_buffer.append').length).toBeGreaterThan(heldFrames)
    await page.keyboard.up('Space')
    await connection.next('input_audio_buffer.commit')
    await page.getByRole('button', { name: 'Hold to talk' }).waitFor()

    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Tap to send' }).waitFor()
    expect(app.state().talking).toBe('latched')
    await page.keyboard.press('Space')
    await expect.poll(() => app.state().talking).toBe('up')

    await page.getByLabel('Type instead of talking').focus()
    await page.keyboard.press('Space')
    expect(await page.getByLabel('Type instead of talking').inputValue()).toBe(' ')
    expect(app.state().talking).toBe('up')

    await page.getByRole('radio', { name: 'Hold to talk' }).focus()
    await page.keyboard.press('Space')
    await expect.poll(() => app.state().talking).toBe('latched')
  })

  it('[W52] the big control is held with the pointer, and a screen reader’s click is a tap', async () => {
    const { address, live, app, state } = await startWindow({ settings: { turnMode: 'manual' } })
    const connection = await live()
    const { page } = await open(address)
    await state(({ microphone }) => microphone.type === 'open')
    const control = page.locator('.talk-button')
    await control.hover()
    await page.mouse.down()
    await expect.poll(() => connection.all('input_audio_buffer.append').length).toBeGreaterThan(heldFrames)
    await page.mouse.up()
    await connection.next('input_audio_buffer.commit')
    await control.evaluate((button) => (button as HTMLElement).click())
    await expect.poll(() => app.state().talking).toBe('latched')
  })

  it('[W53] the line’s health is one line that opens the figures; a broken line and its return are seen', async () => {
    const { address, live, server } = await startWindow()
    const connection = await live()
    const { page } = await open(address)
    const line = page.locator('.health-line')
    await line.getByText(/Connected|Good connection/).waitFor()
    await line.click()
    const panel = page.getByRole('dialog', { name: 'Connection' })
    await panel.getByText('there was nothing to restore').waitFor()
    connection.terminate()
    await server.connection()
    await expect.poll(() => panel.locator('div:has(> dt:text-is("Reconnects")) dd').textContent()).toBe('1')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await expect.poll(() => line.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it('[W54] conversations are found, renamed, deleted and brought back', async () => {
    const { address, live } = await startWindow()
    await live()
    const { page } = await open(address)
    await type(page, 'The boiler needs a new valve')
    const list = page.getByRole('navigation', { name: 'Conversations' })
    await list.getByText('The boiler needs a new valve').waitFor()
    await list.getByLabel('Search conversations').fill('VALVE')
    await list.getByRole('status').getByText('1 found').waitFor({ state: 'attached' })
    await list.getByLabel('Search conversations').fill('giraffe')
    await list.getByText('Nothing was found for “giraffe”').waitFor()
    await list.getByLabel('Search conversations').fill('')

    await list.getByRole('button', { name: /^More for/ }).click()
    await list.getByRole('button', { name: 'Rename' }).click()
    await list.getByLabel('New name').waitFor()
    await page.keyboard.type('Boiler')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Boiler', exact: true }).waitFor()

    const more = list.getByRole('button', { name: 'More for Boiler' })
    await more.click()
    const download = page.waitForEvent('download')
    await list.getByRole('button', { name: 'Markdown' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^boiler-\d{4}-\d\d-\d\d\.md$/)
    expect(readFileSync(await file.path(), 'utf8')).toMatch(
      /^# Boiler\n[^]*\*\*You:\*\* The boiler needs a new valve\n/,
    )
    await more.click()
    const plain = page.waitForEvent('download')
    await list.getByRole('button', { name: 'JSON' }).click()
    const read: unknown = JSON.parse(readFileSync(await (await plain).path(), 'utf8'))
    expect(read).toMatchObject({ title: 'Boiler', turns: [{ role: 'user', text: 'The boiler needs a new valve' }] })

    await more.click()
    await list.getByRole('button', { name: 'Delete' }).click()
    await list.getByText('Conversations appear here').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await list.getByText('Boiler').waitFor()
  })

  it('[W55] a conversation that goes on elsewhere and a reload leave the same transcript', async () => {
    const { address, live, ask } = await startWindow()
    await live()
    const { page } = await open(address)
    await type(page, 'First words')
    await said(page, 'user').getByText('First words').waitFor()
    await ask('say', { text: 'Words from elsewhere' })
    await said(page, 'user').getByText('Words from elsewhere').waitFor()
    const before = await page.locator('.lines').innerText()
    await page.reload()
    await said(page, 'user').getByText('Words from elsewhere').waitFor()
    expect(await page.locator('.lines').innerText()).toBe(before)
    expect(page.url()).not.toContain('token')
  })

  it('[W56] the first steps can be walked by keyboard alone and end in a window that is ready to talk', async () => {
    const { address, server, state } = await startWindow({ settings: { isSetUp: false } })
    const { page, complaints } = await open(address)
    await page.getByRole('heading', { name: 'Hello. I’m Parley.' }).waitFor()
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus()
      await page.keyboard.press('Enter')
    }
    await press('Continue')
    await press('Test the microphone')
    await page.getByRole('img', { name: 'Microphone level' }).waitFor()
    await press('Test the speaker')
    await page.getByText('You should have heard two notes.').waitFor()
    await press('Continue')
    await press('Start talking')
    await server.connection()
    await state(({ line, microphone }) => line.type === 'live' && microphone.type === 'open')
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    expect(complaints).toEqual([])
  })
})

describe('the window for everybody', () => {
  it('[W57] axe finds nothing on the first steps, with a refused key and with a lost main', async () => {
    const fresh = await startWindow({ settings: { isSetUp: false } })
    const { page } = await open(fresh.address)
    for (const heading of ['Hello. I’m Parley.', 'Can we hear each other?', 'How do you like to talk?']) {
      await page.getByRole('heading', { name: heading }).waitFor()
      expect([heading, await axeFindings(page)]).toEqual([heading, []])
      if (heading !== 'How do you like to talk?') await page.getByRole('button', { name: 'Continue' }).click()
    }
    const refused = await startWindow({ script: { refuse: () => ({ status: 401 }) } })
    const { page: other } = await open(refused.address)
    await other.getByText('The service refused the key').waitFor()
    expect(await axeFindings(other)).toEqual([])
    await other.getByRole('button', { name: 'Open settings' }).click()
    await other.getByRole('dialog', { name: 'Settings' }).waitFor()
    await refused.stopServing()
    await other.getByText('Parley does not answer').waitFor()
    expect(await axeFindings(other)).toEqual([])
  })
})
