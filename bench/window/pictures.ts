// The pictures of README.md and the manual, drawn anew with example values: `node --import tsx bench/window/pictures.ts`. The page
// on which a phone joins is photographed by test/browser/devices.test.ts (`pairing-360`).
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { buildWindow } from '../../scripts/build-window.mjs'
import { emptyConversation, type Turn } from '../../src/core/conversation/reduce.ts'
import type { App } from '../../src/main/app/app.ts'
import { readWindow } from '../../src/main/link/files.ts'
import { openWebServer } from '../../src/main/link/server.ts'
import { chromiumPath } from '../../test/support/chromium-path.ts'
import { heldView } from '../../test/support/held-scenes.ts'
import { approvalAsked, busyTasks, liveState, measuredHealth } from '../../test/support/window-scenes.ts'
import { createStandIn } from './stand-in.ts'

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const minute = 60_000
const nowMs = Date.now()

function turn(id: string, role: Turn['role'], minutesAgo: number, text: string, more: Partial<Turn> = {}): Turn {
  const sound = role === 'assistant' ? { audioMs: 9_000, playedMs: 9_000 } : { audioMs: 0, playedMs: null }
  const startedMs = nowMs - minutesAgo * minute
  return { id, role, via: 'voice', startedMs, text, state: { type: 'final' }, ...sound, ...more }
}

const packing = `Three things, going by the forecast:

1. **A raincoat.** Rain until noon on both days.
2. **Good shoes.** The path to the lighthouse is 6 km, half of it on rock.
3. **Cash**, since the ferry takes no cards:

| ferry | leaves | costs |
| ----- | ------ | ----- |
| out   | 10:40  | 12 €  |
| back  | 17:15  | 12 €  |`

const talk = [
  turn('u1', 'user', 6, 'When does the last train to the coast leave?'),
  turn('a1', 'assistant', 6, 'At ten past eleven, from platform two.'),
  turn('u2', 'user', 1, 'And what should we pack for the lighthouse?'),
]

const conversation = {
  ...emptyConversation,
  id: 'c_0',
  title: 'Holiday plans',
  startedMs: nowMs - 40 * minute,
  changedMs: nowMs,
  seq: 100,
  turns: talk,
}

const list = [
  { id: 'c_0', title: 'Holiday plans', changedMs: nowMs, turns: 4 },
  { id: 'c_1', title: 'The boiler needs a new valve', changedMs: nowMs - 1_440 * minute, turns: 12 },
  { id: 'c_2', title: 'Lighthouses', changedMs: nowMs - 4_320 * minute, turns: 31 },
].map((entry) => ({ ...entry, startedMs: entry.changedMs - 40 * minute }))

interface Scene {
  name: string
  dark?: boolean
  height?: number
  answer?: Turn
  show: (page: Page, standIn: ReturnType<typeof createStandIn>) => Promise<void>
}

const settled = turn('a2', 'assistant', 1, packing)

const scenes: Scene[] = [
  {
    name: 'speaking-light',
    height: 800,
    answer: { ...settled, audioMs: 16_000, playedMs: null },
    async show(page, standIn) {
      standIn.tell({ type: 'state', state: liveState(nowMs, standIn.state) })
      standIn.tell({ type: 'level', microphone: -60, speaker: -18 })
      standIn.tell({ type: 'position', item: 'a2', playedMs: 9_000, receivedMs: 16_000 })
      await page.waitForFunction(() => (CSS.highlights.get('unheard')?.size ?? 0) > 0)
    },
  },
  {
    name: 'approval-light',
    async show(page, standIn) {
      standIn.tell({ type: 'tasks', tasks: busyTasks(nowMs).filter(({ id }) => id === 't1') })
      standIn.tell({ type: 'approvals', approvals: [approvalAsked(Date.now(), { afterUntrusted: false })] })
      await page
        .locator('.approval-card footer button:not([aria-disabled=true], :disabled)', { hasText: 'Yes' })
        .waitFor()
    },
  },
  {
    name: 'health-dark',
    dark: true,
    async show(page, standIn) {
      standIn.tell({
        type: 'health',
        health: { ...measuredHealth(nowMs), droppedFrames: 0, underruns: 0, losses: [], brokenEvents: 0 },
      })
      await page.locator('.health-line').click()
      await page.getByRole('dialog', { name: 'Connection' }).waitFor()
    },
  },
  {
    name: 'holds-light',
    async show(page) {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('what the model holds')
      await page.keyboard.press('Enter')
      await page.locator('.proof').waitFor()
    },
  },
]

const files = await readWindow(await buildWindow())
const browser = await chromium.launch({
  ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
  args: ['--no-sandbox'],
})
for (const { name, dark = false, height = 760, answer = settled, show } of scenes) {
  const standIn = createStandIn({ turns: 2, conversations: 3 })
  const holds = heldView(nowMs)
  const items = holds.items.map((item) => (item.kind === 'result' ? { ...item, text: 'The page says so.' } : item))
  const held = { ...holds, items, refused: [], missing: 0 }
  const app: Pick<App, 'answer' | 'hear'> = {
    ...standIn.app,
    answer: (asked, ...rest) =>
      asked === 'holds' ? Promise.resolve({ ok: true, value: held }) : standIn.app.answer(asked, ...rest),
  }
  const server = await openWebServer({ app, files })
  const page = await browser.newPage({
    viewport: { width: 1200, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  await page.goto(server.newAddress())
  await page.getByText(standIn.newest).first().waitFor()
  standIn.tell({ type: 'state', state: { ...liveState(nowMs, standIn.state), presence: 'idle' } })
  standIn.tell({ type: 'conversations', conversations: list })
  standIn.tell({ type: 'health', health: measuredHealth(nowMs) })
  standIn.tell({ type: 'snapshot', conversation: { ...conversation, turns: [...talk, answer] } })
  await page.locator('.said table').waitFor()
  await show(page, standIn)
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(done))))
  await page.waitForTimeout(900)
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
  await server.close()
}
await browser.close()
