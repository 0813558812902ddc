// Pictures in Chromium, with its own pickers: however they come in, they wait, go out scaled, are shown, looked at and deleted.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { bringPicture } from '../support/bring-picture.ts'
import { chromiumPath } from '../support/chromium-path.ts'
import { picture } from '../support/filled-window.ts'
import type { ScriptedConnection } from '../support/scripted-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { pngOf } from '../support/test-picture.ts'
import { readPicture } from '../../src/core/pictures/read-picture.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()
const large = pngOf(3_000, 2_000)

async function choose(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a picture' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a picture…' }).click()
  await (await chooser).setFiles(path)
}

/** Of the pictures that the next item shows. */
async function sentSizes(connection: ScriptedConnection): Promise<unknown[]> {
  const { item } = await connection.next('conversation.item.create')
  const parts = item.type === 'message' ? item.content : []
  return parts.flatMap((part) => {
    const data = /^data:image\/\w+;base64,(.*)$/.exec('image_url' in part ? (part.image_url ?? '') : '')?.[1]
    return data === undefined ? [] : [readPicture(Buffer.from(data, 'base64'))]
  })
}

const chip = (page: Page, name: string) => page.getByRole('list', { name: 'Pictures that go' }).getByText(name)

describe('pictures in a browser', () => {
  it('[P308] pasted, dropped and chosen ones wait above the field, can be left out, and go out as large as a model sees them', async () => {
    const { address, live } = await startWindow()
    const connection = await live()
    const { page, complaints } = await open(address)
    const path = join(temporaryFolder(), 'chosen.png')
    writeFileSync(path, pngOf(300, 200))
    await bringPicture(page, 'paste', 'pasted.png', large)
    await chip(page, 'pasted.png').waitFor()
    await bringPicture(page, 'drop', 'dropped.png', pngOf(640, 480))
    await chip(page, 'dropped.png').waitFor()
    await choose(page, path)
    await chip(page, 'chosen.png').waitFor()
    await page.getByRole('button', { name: 'Leave out dropped.png' }).click()
    expect(await chip(page, 'dropped.png').count()).toBe(0)
    await bringPicture(page, 'drop', 'no.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    await page.getByText('“no.svg” is no picture').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    expect(await sentSizes(connection)).toMatchObject([
      { width: 1_152, height: 768 },
      { width: 300, height: 200 },
    ])
    expect(await page.getByRole('list', { name: 'Pictures that go' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Look at pasted.png' }).getByRole('img').waitFor()
    expect(complaints).toEqual([])
  })

  it.each([
    ['light', 1_200],
    ['dark', 360],
  ] as const)(
    '[P308] %s, %i wide: a picture opens large by the keyboard, and is deleted for good',
    async (look, width) => {
      const { address, live } = await startWindow({ settings: { theme: look } })
      await live()
      const { page, complaints } = await open(address, { width, dark: look === 'dark' })
      await bringPicture(page, 'paste', 'holiday.png', large)
      await chip(page, 'holiday.png').waitFor()
      await page.getByLabel('Type instead of talking').fill('Where is this?')
      await picture(page, `picture-waiting-${look}-${width}`)
      await page.keyboard.press('Enter')
      const small = page.getByRole('button', { name: 'Look at holiday.png' })
      await small.getByRole('img', { name: 'holiday.png' }).waitFor()
      await picture(page, `picture-shown-${look}-${width}`)
      await small.focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'holiday.png' })
      await dialog.getByRole('img').waitFor()
      await picture(page, `picture-large-${look}-${width}`)
      expect(await axeFindings(page)).toEqual([])
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog.count()).toBe(0)
      await page.keyboard.press('Enter')
      await dialog.getByRole('button', { name: 'Delete for good' }).click()
      await page.getByText('A picture was deleted: holiday.png').waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      expect(complaints).toEqual([])
    },
  )

  it('[P308] one is taken of the screen when the browser has asked', async () => {
    const { address, live } = await startWindow()
    const connection = await live()
    const browser = await chromium.launch({
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      // The browser's own question is answered by a switch, with a screen that moves.
      args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
    })
    onTestFinished(() => browser.close())
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.goto(address)
    await page.getByRole('button', { name: 'Add a picture' }).click()
    await page.getByRole('button', { name: 'Take a picture of a window' }).click()
    await chip(page, 'screen.png').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    expect(await sentSizes(connection)).toHaveLength(1)
  })
})
