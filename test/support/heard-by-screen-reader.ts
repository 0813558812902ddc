// What a screen reader gets of a page: where the focus is, by role and name out of the accessibility tree, and what is announced
// by itself, in order.
import type { CDPSession, Page } from 'playwright-core'

export interface Stop {
  role: string
  name: string
}

export interface ScreenReader {
  /** Where the focus is. */
  focus(): Promise<Stop>
  /** Presses a key and says where the focus is then. */
  press(key: string): Promise<Stop>
  /** Everything that was announced so far. */
  announced(): Promise<string[]>
}

declare global {
  interface Window {
    announcedForTests?: string[]
  }
}

export async function openScreenReader(page: Page): Promise<ScreenReader> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Accessibility.enable')
  await page.evaluate(() => {
    const heard: string[] = []
    window.announcedForTests = heard
    const regions = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="log"], [role="alert"]'
    new MutationObserver((changes) => {
      for (const { target, addedNodes, type } of changes) {
        const element = target instanceof Element ? target : target.parentElement
        const region = element?.closest('[aria-live="off"], ' + regions)
        // What is behind a modal dialog is told to nobody.
        const modal = document.querySelector('dialog:modal')
        if (!region || region.getAttribute('aria-live') === 'off' || (modal && !modal.contains(region))) continue
        const added = type === 'characterData' ? [target] : [...addedNodes]
        for (const node of added) {
          const own = node instanceof Element && node.closest('[aria-live="off"]') !== null
          const text = own ? '' : (node.textContent ?? '').trim()
          if (text !== '') heard.push(text)
        }
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  })

  async function focus(): Promise<Stop> {
    const { result } = await session.send('Runtime.evaluate', { expression: 'document.activeElement' })
    if (result.objectId === undefined) return { role: '', name: '' }
    const { nodes } = await session.send('Accessibility.queryAXTree', { objectId: result.objectId })
    const [node] = nodes
    return { role: String(node?.role?.value ?? ''), name: String(node?.name?.value ?? '') }
  }

  return {
    focus,
    async press(key) {
      await page.keyboard.press(key)
      return focus()
    },
    announced: () => page.evaluate(() => window.announcedForTests ?? []),
  }
}
