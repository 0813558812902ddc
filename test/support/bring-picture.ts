// A picture that is pasted or dropped into the window.
import type { Page } from 'playwright-core'

/** As the system's clipboard and a hand that drops give files to a page. */
export async function bringPicture(page: Page, how: 'paste' | 'drop', name: string, bytes: Buffer): Promise<void> {
  await page.locator('#typed').waitFor()
  await page.evaluate(
    ([kind, called, base64]) => {
      const transfer = new DataTransfer()
      const data = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
      transfer.items.add(new File([data], called, { type: 'image/png' }))
      const bubbles = { bubbles: true, cancelable: true }
      if (kind === 'paste')
        document
          .querySelector('#typed')
          ?.dispatchEvent(new ClipboardEvent('paste', { ...bubbles, clipboardData: transfer }))
      else {
        document.body.dispatchEvent(new DragEvent('dragover', { ...bubbles, dataTransfer: transfer }))
        document.body.dispatchEvent(new DragEvent('drop', { ...bubbles, dataTransfer: transfer }))
      }
    },
    [how, name, bytes.toString('base64')] as const,
  )
}
