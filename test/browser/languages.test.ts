// The whole window in an English that is 40 % longer, narrow, and in one from right to left, wide: no text is cut. The long form
// walks through both widths and the real languages, too. With PARLEY_PICTURES=<folder> each panel is photographed, to be looked at.
import { describe, expect, it } from 'vitest'
import type { LanguageChoice } from '../../src/core/language/choice.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { useBrowser } from '../support/browser.ts'
import { cutTexts } from '../support/cut-texts.ts'
import { startWindow } from '../support/window-start.ts'
import { photograph, sticksOut, walk } from '../support/window-walk.ts'

const open = useBrowser()

const pseudo = ['x-long', 'x-mirrored'] as const
const isLongForm = Number(process.env['PARLEY_RUNS'] ?? 0) > 0
const choices: readonly Exclude<LanguageChoice, 'system'>[] = isLongForm ? [...pseudo, 'de', 'es'] : pseudo

describe('the window in other languages', () => {
  for (const choice of choices)
    for (const width of isLongForm ? [1200, 360] : [choice === 'x-long' ? 360 : 1200])
      it(`[W206] no text is cut on any panel (${choice}, ${width} px)`, async () => {
        const window = await startWindow({ missing: ['microphone'], settings: { windowLanguage: choice } })
        await window.live()
        const { page, complaints } = await open(window.address, { width })
        const language = languageFor(choice, ['en-GB'])
        const cut: string[] = []
        await walk(
          page,
          window,
          async (where) => {
            await photograph(page, `${where}-${choice}-${width}`)
            const lines = [...(await sticksOut(page)), ...(await cutTexts(page))]
            cut.push(...lines.map((line) => `${where}: ${line}`))
          },
          language,
        )
        expect([...new Set(cut)]).toEqual([])
        expect(await page.locator('html').getAttribute('dir')).toBe(language.direction)
        expect(complaints).toEqual([])
      })

  it('[W201] a language that is chosen in the settings is there at once, and the document says which it is', async () => {
    const window = await startWindow()
    const { page, complaints } = await open(window.address)
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    expect(await page.locator('html').getAttribute('lang')).toBe('en-GB')
    await page.getByLabel('Language of the window').selectOption('de')
    await page.getByRole('heading', { name: 'Was beschäftigt dich?' }).waitFor()
    await page.getByRole('dialog', { name: 'Einstellungen' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.getByLabel('Sprache des Fensters').selectOption('es')
    await page.getByRole('dialog', { name: 'Ajustes' }).waitFor()
    await page.getByLabel('Idioma de la ventana').selectOption('system')
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
    expect(complaints).toEqual([])
  })
})
