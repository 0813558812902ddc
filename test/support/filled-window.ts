// The window with a conversation, calls and tasks in it, and a picture of it where PARLEY_PICTURES names a folder.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { busyConversation, liveState } from './window-scenes.ts'
import type { StartedWindow } from './window-start.ts'

const { PARLEY_PICTURES: pictures } = process.env

export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `walk-${name}.png`) })
}

/** A conversation with calls and tasks, on a live line. */
export async function fillWindow({ besides, app }: StartedWindow, page: Page): Promise<void> {
  const nowMs = Date.now()
  await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
  besides.tell({ type: 'state', state: { ...liveState(nowMs, app.state()), presence: 'idle' } })
  besides.tell({ type: 'snapshot', conversation: busyConversation(nowMs) })
  await page.getByText('I’m on it').waitFor()
}
