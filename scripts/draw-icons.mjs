// Draws the PNG icons from their SVG sources in resources/icons/ with Chromium: `node scripts/draw-icons.mjs`. The PNGs are
// committed, so nobody needs this who does not change a drawing.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const folder = fileURLToPath(new URL('../resources/icons/', import.meta.url))

/**
 * A tray's icon in colour, and for macOS as a template: black, which the system colours.
 * @param {string} name @returns {[file: string, px: number, template: boolean][]}
 */
function drawingsOf(name) {
  if (!name.startsWith('tray-')) return [[`${name}.png`, 1024, false]]
  return [
    [`${name}.png`, 24, false],
    [`${name}@2x.png`, 48, false],
    [`${name}Template.png`, 18, true],
    [`${name}Template@2x.png`, 36, true],
  ]
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage()
for (const file of readdirSync(folder).filter((name) => name.endsWith('.svg'))) {
  const svg = readFileSync(join(folder, file), 'utf8')
  for (const [png, px, template] of drawingsOf(file.slice(0, -'.svg'.length))) {
    const source = (template ? svg.replace(/ color="[^"]*"/, ' color="#000"') : svg).replace(
      '<svg ',
      `<svg style="display:block" width="${px}" height="${px}" `,
    )
    await page.setViewportSize({ width: px, height: px })
    await page.setContent(`<body style="margin:0">${source}</body>`)
    writeFileSync(join(folder, png), await page.screenshot({ omitBackground: true }))
  }
}
await browser.close()
