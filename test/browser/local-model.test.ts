// A model of this computer, found and chosen in the settings, and asked by the real built-in voice.
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { picture } from '../support/filled-window.ts'
import { serveModel, words } from '../support/model-server.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()

async function settingsOf(page: Page): Promise<Locator> {
  await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
  await page.keyboard.press('Control+,')
  return page.getByRole('dialog', { name: 'Settings' })
}

/** Of what a person sees, in light and dark, wide and narrow where pictures are wanted. */
async function pictures(page: Page, part: Locator, name: string): Promise<void> {
  if (process.env['PARLEY_PICTURES'] === undefined) return
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1200, 360]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await part.scrollIntoViewIfNeeded()
      await picture(page, `${name}-${colorScheme}-${width}`)
    }
}

const embedded = { endpoint: { kind: 'embedded', model: 'gpt-realtime' } } as const

/** One at which nobody listens. */
async function freePort(): Promise<number> {
  const gone = createServer().listen(0, '127.0.0.1')
  await once(gone, 'listening')
  const { port } = gone.address() as AddressInfo
  gone.close()
  await once(gone, 'close')
  return port
}

describe('a model of this computer in the settings', () => {
  it('[W180] [W181] three steps tell how to get one; then it is found, chosen, answers, is asked by the built-in voice, and is done without', async () => {
    const port = await freePort()
    const window = await startWindow({ settings: embedded, env: {}, modelPlaces: [{ name: 'Ollama', port }] })
    const { page, complaints } = await open(window.address)
    const panel = await settingsOf(page)
    const look = panel.getByRole('button', { name: 'Look for one' })
    await look.press('Enter')
    await panel.getByRole('status').getByText('None answers').waitFor()
    const steps = panel.getByText('ollama pull').locator('xpath=ancestor::ol').getByRole('listitem')
    expect(await steps.count()).toBe(3)
    await pictures(page, steps.last(), 'no-model')

    let [asked, tellModels] = [0, (): void => undefined]
    const told = new Promise<void>((resolve) => (tellModels = resolve))
    const listed = (): Promise<void> => {
      asked += 1
      return told
    }
    const data = [{ id: 'small:3b' }, { id: 'nomic-embed' }, { id: 'large:8b' }]
    const chat = await serveModel(
      (_, response) => void response.end(words('I am the large one.')),
      { data },
      { port, listed },
    )
    await look.press('Enter')
    await panel.getByRole('progressbar', { name: 'Looking on this computer…' }).waitFor()
    await look.press('Enter')
    tellModels()
    await panel.getByRole('status').getByText('Parley sends it nowhere else').waitFor()
    expect(asked).toBe(1)
    expect(await steps.count()).toBe(0)
    const models = panel.getByRole('group', { name: `Ollama, port ${port}` }).getByRole('button')
    expect(await models.allInnerTexts()).toEqual(['small:3b', 'large:8b'])
    await models.last().press('Enter')
    const answers = panel.getByRole('status').getByText(`“large:8b” answers at port ${port}.`)
    await answers.waitFor()
    expect(await models.last().getAttribute('aria-pressed')).toBe('true')
    expect(await panel.getByLabel('A model on this computer').inputValue()).toBe(chat.url)
    expect(await axeFindings(page)).toEqual([])
    await pictures(page, answers, 'model-found')
    await window.ask('say', { text: 'Who are you?' })
    await expect.poll(() => chat.bodies.map(({ model }) => model), { timeout: 15_000 }).toEqual(['large:8b'])
    await panel.getByRole('button', { name: 'Do without a model' }).press('Enter')
    await answers.waitFor({ state: 'detached' })
    expect(await look.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await panel.getByLabel('A model on this computer').inputValue()).toBe('')
    expect((await window.ask('look', null)).settings).toMatchObject({ localModel: '', localModelName: '' })
    expect(complaints).toEqual([])
  })
})
