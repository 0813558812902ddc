import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { askAgent, openAgentBehind } from '../support/agent-behind.ts'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { picture } from '../support/filled-window.ts'
import { doorAddress, joinBy, typeDigits } from '../support/joined.ts'
import { call } from '../support/scripted-mind-of-tasks.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { pngOf } from '../support/test-picture.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()

async function type(page: Page, words: string): Promise<void> {
  await page.getByLabel('Type instead of talking').fill(words)
  await page.keyboard.press('Enter')
}

/** The whole of it, as it stands. */
async function isInSight(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox()
  return box !== null && box.y >= 0 && box.y + box.height <= page.viewportSize()!.height
}

const saidOn = (page: Page): Promise<string[]> => page.locator('.line.user .said').allTextContents()

describe('other devices', () => {
  it('[L240] [L262] a device is paired by hand: digits there, a yes here, and both are in the same conversation', async () => {
    const started = await startWindow()
    const connection = await started.live()
    const own = await open(started.address)
    await own.page.getByRole('button', { name: 'Settings' }).click()
    await own.page.getByLabel('Other devices on this network').click()
    await own.page.getByRole('button', { name: 'Pair a device' }).click()
    const digits = (await own.page.locator('.digits output').textContent()) ?? ''
    await expect.poll(() => isInSight(own.page, '.pairing')).toBe(true)
    await picture(own.page, 'pairing-here')
    expect(await axeFindings(own.page)).toEqual([])

    const address = await doorAddress(started)
    const [phone, tablet] = [
      await open(address, { width: 360, height: 740 }),
      await open(address, { width: 820, height: 1180, dark: true }),
    ]
    await picture(phone.page, 'pairing-360')
    await picture(tablet.page, 'pairing-820')
    expect(await axeFindings(phone.page)).toEqual([])
    expect(await axeFindings(tablet.page)).toEqual([])
    // Whoever asks is seen wherever one is in the window.
    await own.page.getByRole('button', { name: 'Close settings' }).click()
    await typeDigits(phone.page, digits, 'Anna’s phone')
    await phone.page.getByText('Now let this device in').waitFor()
    await picture(phone.page, 'pairing-waits-360')
    await own.page.getByText('“Anna’s phone” at').first().waitFor()
    await picture(own.page, 'pairing-told')
    expect(await axeFindings(own.page)).toEqual([])
    await own.page.getByRole('button', { name: 'Show' }).click()
    await expect.poll(() => isInSight(own.page, '.asking-device')).toBe(true)
    await picture(own.page, 'pairing-asks')
    expect(await axeFindings(own.page)).toEqual([])
    await own.page.getByRole('button', { name: 'Let it in' }).click()
    await phone.page.getByLabel('Type instead of talking').waitFor()
    await own.page.getByText('Connected', { exact: true }).waitFor()
    await type(phone.page, 'Hello from the phone')
    await connection.next('response.create')
    await own.page.locator('.line.user').getByText('Hello from the phone').waitFor()
    expect(await axeFindings(phone.page)).toEqual([])
    await picture(phone.page, 'joined-360')
    // The digits were good once.
    await typeDigits(tablet.page, digits, 'Stranger')
    await tablet.page.getByText('choose “Pair a device”').waitFor()
    await own.page.getByRole('button', { name: 'Revoke Anna’s phone' }).click()
    await phone.page.getByText('choose “Pair a device”').waitFor()
    expect([
      ...own.complaints,
      ...phone.complaints.filter((one) => !/status of (401|404)|WebSocket/.test(one)),
    ]).toEqual([])
  })

  it('[L241] a device that slept, and one whose line was cut, catch up without a gap or a double', async () => {
    const started = await startWindow({ settings: { otherDevices: true } })
    await started.live()
    const { page } = await joinBy(open, started, { name: 'Phone', rights: ['read', 'type'], width: 360, height: 2400 })
    await type(page, 'First')
    await expect.poll(() => saidOn(page)).toEqual(['First'])
    const asleep = await page.context().newCDPSession(page)
    await asleep.send('Page.setWebLifecycleState', { state: 'frozen' })
    const words = Array.from({ length: 12 }, (_, at) => `Word ${at}`)
    for (const text of words) await started.ask('say', { text })
    await asleep.send('Page.setWebLifecycleState', { state: 'active' })
    await expect.poll(() => saidOn(page)).toEqual(['First', ...words])
    // The line ends under it: what is said meanwhile is there when it comes back.
    await page.context().setOffline(true)
    await started.ask('settings', { otherDevices: false })
    await page.getByText('Parley does not answer on its computer').first().waitFor()
    expect(await page.getByRole('button', { name: 'Talk here' }).count()).toBe(0)
    await started.ask('say', { text: 'Meanwhile' })
    await started.ask('settings', { otherDevices: true })
    await page.context().setOffline(false)
    await expect.poll(() => saidOn(page)).toEqual(['First', ...words, 'Meanwhile'])
    const { conversation } = await started.ask('look', null)
    expect(conversation.turns.map(({ text }) => text)).toEqual(await saidOn(page))
  })

  it('[L269] a page goes on when Parley was started anew, and when the conversation that it shows was deleted', async () => {
    const started = await startWindow({ settings: { otherDevices: true } })
    await started.live()
    const { page } = await joinBy(open, started, { name: 'Phone', rights: ['read', 'type'], width: 360 })
    await type(page, 'Before')
    await expect.poll(() => saidOn(page)).toEqual(['Before'])
    await page.getByLabel('Type instead of talking').fill('Half a sent')
    await started.stopServing()
    await started.app.stop()
    await page.getByText('Parley does not answer on its computer').first().waitFor()
    const again = await startWindow({ folder: started.folder, settings: { otherDevices: true } })
    await again.live()
    await page.getByText('Parley does not answer on its computer').first().waitFor({ state: 'detached' })
    expect(await page.getByLabel('Type instead of talking').inputValue()).toBe('Half a sent')
    await type(page, 'After')
    await expect.poll(() => saidOn(page)).toEqual(['Before', 'After'])
    const { conversation } = await again.ask('look', null)
    await again.ask('remove', { id: conversation.id })
    await expect.poll(() => saidOn(page)).toEqual([])
    await type(page, 'In another one')
    await expect.poll(() => saidOn(page)).toEqual(['In another one'])
    expect((await again.ask('look', null)).conversation.turns.map(({ text }) => text)).toEqual(['In another one'])
    // A newer Parley has other pages: the one of before makes way for its own.
    await page.evaluate(() => document.body.setAttribute('data-before', ''))
    await again.stopServing()
    await again.app.stop()
    await startWindow({ folder: started.folder, version: '0.0.1-test', settings: { otherDevices: true } })
    await expect
      .poll(() =>
        page
          .locator('body[data-before]')
          .count()
          .catch(() => 1),
      )
      .toBe(0)
    await expect.poll(() => saidOn(page)).toEqual(['In another one'])
  })

  it('[L263] a page that newer ones of its device took the place of says so, and goes on by a press', async () => {
    const started = await startWindow({ settings: { otherDevices: true } })
    await started.live()
    const { page } = await joinBy(open, started, { name: 'Phone', rights: ['read', 'type'], width: 360 })
    for (let count = 0; count < 2; count++) {
      const another = await page.context().newPage()
      await another.goto(page.url())
      await another.getByLabel('Type instead of talking').waitFor()
    }
    await page.getByText('in newer pages').first().waitFor()
    await picture(page, 'elsewhere-360')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Go on here' }).click()
    await page.getByText('in newer pages').first().waitFor({ state: 'detached' })
    await type(page, 'Here again')
    await expect.poll(() => saidOn(page)).toEqual(['Here again'])
  })

  it('[L242] what a device may not do is not shown or says why; a right that is given is there at once', async () => {
    const started = await startWindow({ settings: { otherDevices: true } })
    await started.live()
    const { page } = await joinBy(open, started, { name: 'Phone', rights: ['read'], width: 360 })
    const field = page.getByLabel('Type instead of talking')
    expect(await field.isDisabled()).toBe(true)
    expect(await field.getAttribute('placeholder')).toContain('may only read along')
    expect(await page.getByRole('button', { name: 'Settings' }).count()).toBe(0)
    await page.getByText('This device may not talk.').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+K')
    expect(await page.getByRole('option').allTextContents()).not.toContain('Settings')
    await page.keyboard.press('Escape')
    expect(await axeFindings(page)).toEqual([])
    const [device] = (await started.ask('link', null)).devices
    await started.ask('set-rights', { device: device!.id, rights: ['type', 'manage'] })
    await expect.poll(() => field.isEnabled()).toBe(true)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Appearance and reading' }).waitFor()
    expect(await page.getByRole('heading', { name: 'Service' }).count()).toBe(0)
  })

  it('[L243] [L265] a task is watched, allowed and read to its end on a phone; who may not allow it sees the question and why', async () => {
    const steps = [
      call('call_1', 'calculate', { expression: '4 * 3' }),
      call('call_2', 'add_note', { text: 'It is 12' }),
    ]
    const { start } = await openAgentBehind(steps, 'Worked out: 12. It is noted.', { otherDevices: true })
    const started = await startWindow(start)
    const service = await started.live()
    const reader = await joinBy(open, started, { name: 'Tablet', rights: ['read', 'type'], width: 820 })
    const phone = await joinBy(open, started, { name: 'Phone', rights: ['read', 'type', 'approve'], width: 360 })
    // Its clock is an hour off: what is asked is dated by the computer's.
    await phone.page.addInitScript(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() - 3_600_000
    })
    await phone.page.reload()
    await phone.page.getByLabel('Type instead of talking').waitFor()
    askAgent(service, 'Work it out and note it')
    const question = (page: Page) => page.getByRole('article', { name: /^Permission/ })
    await Promise.all([question(phone.page).waitFor(), question(reader.page).waitFor()])
    await reader.page.getByText('This device may not answer').waitFor()
    expect(await reader.page.getByRole('button', { name: 'Yes, do it' }).isDisabled()).toBe(true)
    expect(await axeFindings(phone.page)).toEqual([])
    await picture(phone.page, 'approval-at-360')
    const { approvals } = await started.ask('look', null)
    expect(approvals).toHaveLength(1)
    // It opens when it has been seen for half a second; what else the page draws may begin that anew.
    const yes = phone.page.getByRole('button', { name: 'Yes, do it' })
    await expect
      .poll(async () => {
        if (await yes.isVisible()) await yes.click({ timeout: 2_000 }).catch(() => undefined)
        return question(phone.page).count()
      })
      .toBe(0)
    for (const { page } of [phone, reader]) {
      await page
        .getByRole('article', { name: /Work it out and note it/ })
        .getByText('Worked out: 12. It is noted.')
        .waitFor()
      await expect.poll(() => question(page).count()).toBe(0)
    }
    expect([...phone.complaints, ...reader.complaints]).toEqual([])
  })

  it('[L244] a picture that is chosen on a device is shown to the voice, and seen here', async () => {
    const started = await startWindow({ settings: { otherDevices: true } })
    const connection = await started.live()
    const { page, complaints } = await joinBy(open, started, { name: 'Phone', rights: ['read', 'type'], width: 360 })
    const path = join(temporaryFolder(), 'holiday.png')
    writeFileSync(path, pngOf(2_400, 1_600))
    await page.getByRole('button', { name: 'Add a picture' }).click()
    // Of this computer's windows a device takes none.
    expect(await page.getByRole('button', { name: 'Picture of a window' }).count()).toBe(0)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a picture…' }).click()
    await (await chooser).setFiles(path)
    await page.getByText('holiday.png').waitFor()
    await picture(page, 'picture-at-360')
    await type(page, 'What is this?')
    const { item } = await connection.next('conversation.item.create')
    expect(JSON.stringify(item)).toMatch(/"input_image".*"data:image\/(png|jpeg|webp);base64,/)
    await page.locator('.line.user img').first().waitFor()
    const { conversation } = await started.ask('look', null)
    expect(conversation.turns.at(-1)).toMatchObject({ text: 'What is this?', pictures: [{}] })
    expect(complaints).toEqual([])
  })
})
