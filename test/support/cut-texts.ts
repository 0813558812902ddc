// Which texts of the window are not to be read whole: cut by the box that they stand in, or outside of the window. What a person
// said or named may be shortened; what can be scrolled sideways, such as code, is whole.
import type { Page } from 'playwright-core'

/** @returns one line a text */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const slack = 1.5
    const found: string[] = []
    const note = (element: Element, text: string, why: string): void => {
      const place = element.closest('[class]')
      found.push(
        `${element.tagName.toLowerCase()} in .${String(place?.getAttribute('class'))} ${why}: ${text.trim().slice(0, 60)}`,
      )
    }
    const isOfPerson = (element: Element): boolean => element.closest('[dir=auto], bdi, pre, code, .table') !== null
    /** For screen readers alone: clipped on purpose, it or what it stands in. */
    const isUnseen = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (getComputedStyle(at).clipPath !== 'none') return true
      return !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    }
    const widthOf = (element: Element, text: string): number => {
      const probe = document.createElement('span')
      probe.style.cssText = 'position:absolute;visibility:hidden;white-space:pre'
      probe.style.font = getComputedStyle(element).font
      probe.textContent = text
      document.body.append(probe)
      const { width } = probe.getBoundingClientRect()
      probe.remove()
      return width
    }
    const roomIn = (element: Element): number => {
      const { paddingLeft, paddingRight } = getComputedStyle(element)
      return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode
      const element = text.parentElement
      if (!element || (text.textContent ?? '').trim() === '' || element.closest('option, svg')) continue
      if (isOfPerson(element) || isUnseen(element)) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0)
      if (rects.length === 0) continue
      const left = Math.min(...rects.map((rect) => rect.left))
      const right = Math.max(...rects.map((rect) => rect.right))
      const [top, bottom] = [Math.min(...rects.map((rect) => rect.top)), Math.max(...rects.map((rect) => rect.bottom))]
      if (left < -slack || right > innerWidth + slack) note(element, text.textContent ?? '', 'outside')
      // What can be scrolled down to is not cut by what stands around the list.
      let scrolls = false
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY, display } = getComputedStyle(at)
        const box = at.getBoundingClientRect()
        const holds = at.matches('button, label, .message, .card') || overflowX === 'hidden' || overflowX === 'clip'
        if (display !== 'inline' && holds && (left < box.left - slack || right > box.right + slack)) {
          note(element, text.textContent ?? '', `wider than ${at.tagName.toLowerCase()}.${at.className}`)
          break
        }
        scrolls ||= overflowY === 'auto' || overflowY === 'scroll'
        const cutsBelow = !scrolls && (overflowY === 'hidden' || overflowY === 'clip')
        if (display !== 'inline' && cutsBelow && (top < box.top - slack || bottom > box.bottom + slack)) {
          note(element, text.textContent ?? '', `taller than ${at.tagName.toLowerCase()}.${at.className}`)
          break
        }
      }
    }
    for (const field of document.querySelectorAll('input, textarea'))
      if (!isUnseen(field)) {
        const hint = field.getAttribute('placeholder') ?? ''
        if (hint !== '' && widthOf(field, hint) > roomIn(field) + slack) note(field, hint, 'wider than its field')
      }
    const arrowPx = 16
    // One that the browser lets be styled takes a second line.
    for (const select of document.querySelectorAll('select'))
      if (!isUnseen(select) && getComputedStyle(select).appearance !== 'base-select') {
        const chosen = select.selectedOptions[0]?.textContent ?? ''
        if (widthOf(select, chosen) > roomIn(select) - arrowPx + slack) note(select, chosen, 'wider than its choice')
      }
    return found
  })
}
