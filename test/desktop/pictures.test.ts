// Pictures in the real Electron: brought in as there, taken of a window through our own chooser, and nothing taken unasked.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { pngOf } from '../support/test-picture.ts'

let desktop: Desktop
let app: DesktopApp

const chip = (name: string) => app.page.getByRole('list', { name: 'Pictures that go' }).getByText(name)

function kept(): string[] {
  return readdirSync(app.home, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /pictures\/[0-9a-f]{64}\./.test(name),
  )
}

beforeAll(async () => {
  desktop = await openDesktop()
  app = await startApp(desktop)
  await app.ask('settings', { isSetUp: true })
  await app.page.locator('#typed').waitFor()
})
afterAll(async () => {
  await app.quit()
  await desktop.stop()
})

describe('pictures on the desktop', () => {
  it('[P309] pasted, dropped and chosen ones are sent, answered by the built-in voice, and deleted for good', async () => {
    const { page } = app
    await page.evaluate((base64) => {
      const transfer = new DataTransfer()
      const data = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
      transfer.items.add(new File([data], 'pasted.png', { type: 'image/png' }))
      const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: transfer })
      document.querySelector('#typed')?.dispatchEvent(paste)
    }, pngOf(400, 300).toString('base64'))
    await page.getByRole('button', { name: /^Leave out/ }).waitFor()
    const path = join(temporaryFolder(), 'chosen.png')
    writeFileSync(path, pngOf(300, 200, [200, 40, 40]))
    await page.locator('.typing input[type=file]').setInputFiles(path)
    await chip('chosen.png').waitFor()
    await page.evaluate(
      (base64) => {
        const transfer = new DataTransfer()
        const data = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
        transfer.items.add(new File([data], 'dropped.png', { type: 'image/png' }))
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }))
      },
      pngOf(90, 60, [1, 2, 3]).toString('base64'),
    )
    await chip('dropped.png').waitFor()
    const answered = app.hears({ type: 'change', stored: { change: { type: 'words-spoken' } } })
    await page.locator('#typed').press('Enter')
    expect(JSON.stringify(await answered)).toContain("I can't see pictures")
    await expect.poll(() => kept().length).toBe(3)
    await page.getByRole('button', { name: 'Look at chosen.png' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
    await page.getByText('A picture was deleted: chosen.png').waitFor()
    expect(kept()).toHaveLength(2)
  })

  it('[P309] one is taken of what was chosen in our chooser', async () => {
    const { page } = app
    await page.getByRole('button', { name: 'Add a picture' }).click()
    await page.getByRole('button', { name: 'Take a picture of a window' }).click()
    const chooser = page.getByRole('dialog', { name: 'What shall the picture show?' })
    await chooser.getByRole('region', { name: 'Screens' }).getByRole('button').first().click()
    await chip('screen.png').waitFor()
    const answered = app.hears({ type: 'change', stored: { change: { type: 'words-heard' } } })
    await page.getByRole('button', { name: 'Send' }).click()
    const heard = await answered
    expect(heard).toMatchObject({ stored: { change: { pictures: [{ name: 'screen.png' }] } } })
  })

  it('[P312] without a choice of the person the page gets nothing, and no other permission', async () => {
    const tried = await app.page.evaluate(async () => {
      const media = navigator.mediaDevices
      const ways = {
        screen: () => media.getDisplayMedia({ video: true }),
        camera: () => media.getUserMedia({ video: true }),
        microphone: () => media.getUserMedia({ audio: true }),
      }
      const entries = Object.entries(ways).map(async ([name, way]) => [
        name,
        await way().then(
          () => 'given',
          () => 'refused',
        ),
      ])
      return Object.fromEntries(await Promise.all(entries)) as Record<string, string>
    })
    expect(tried).toEqual({ screen: 'refused', camera: 'refused', microphone: 'refused' })
  })
})
