// Every panel and state of the window, light and dark, wide and narrow: checked by axe and for what sticks out.
import { describe, expect, it } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { startWindow } from '../support/window-start.ts'
import { createCheck, walk } from '../support/window-walk.ts'

const open = useBrowser()

describe('the window for everybody', () => {
  for (const [theme, width, height, hasAxe] of [
    ['light', 1200, 800, true],
    ['dark', 1200, 800, true],
    ['light', 360, 740, true],
    // Its colours and its structure are those of the ones before.
    ['dark', 360, 740, false],
    // 1280 × 800 at 200 %.
    ['light', 640, 400, false],
  ] as const)
    it(`[W57] ${hasAxe ? 'axe finds nothing against WCAG AA and ' : ''}nothing sticks out on any panel (${theme}, ${width} px)`, async () => {
      const window = await startWindow({ missing: ['microphone'] })
      await window.live()
      const { page, complaints } = await open(window.address, { width, height, dark: theme === 'dark' })
      await walk(page, window, createCheck(page, `${theme}-${width}`, hasAxe))
      expect(complaints).toEqual([])
    })
})
