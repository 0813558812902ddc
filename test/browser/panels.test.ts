// Every panel and state of the window, light and dark, wide and narrow: checked by axe and for what sticks out. With
// PARLEY_PICTURES=<folder> each is photographed as well, to be looked at.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { startWindow, type StartedWindow } from '../support/window-start.ts'
import {
  approvalAsked,
  busyConversation,
  busyTasks,
  grantedSettings,
  happenedView,
  heldView,
  liveState,
  measuredHealth,
  serverViews,
  spending,
  toolViews,
} from '../support/window-scenes.ts'

const open = useBrowser()
const { PARLEY_PICTURES: pictures } = process.env

type Check = (where: string) => Promise<void>

function createCheck(page: Page, name: string, hasAxe: boolean): Check {
  return async (where) => {
    // Parts that come in by themselves have come in: fonts, the newest line scrolled to.
    await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)))
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: join(pictures, `${where.replaceAll(' ', '-')}-${name}.png`) })
    }
    if (hasAxe) expect([where, await axeFindings(page)]).toEqual([where, []])
    // Whatever scrolls down scrolls sideways too when something in it is too wide.
    const sticksOut = await page.evaluate(() =>
      [...document.querySelectorAll(':root, .panel-body, .captions, .work, .sidebar, .entries, .top, .dock, .welcome')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} in ${clientWidth}`),
    )
    expect([where, sticksOut]).toEqual([where, []])
  }
}

const scrollDown = (panel: Locator): Promise<void> =>
  panel.locator('.panel-body').evaluate((body) => body.scrollTo(0, body.scrollHeight))

async function walk(page: Page, { besides, desk, ask }: StartedWindow, check: Check): Promise<void> {
  const nowMs = Date.now()
  const settings = (await ask('look', null)).settings
  const panel = (name: string) => page.getByRole('dialog', { name })
  const close = async (name: string): Promise<void> => {
    await page.keyboard.press('Escape')
    await panel(name).waitFor({ state: 'detached' })
  }
  const state = desk.state()

  // Before it has looked at everything it takes no news.
  await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
  besides.tell({ type: 'settings', settings: { ...settings, isSetUp: false } })
  for (const heading of ['Hello. I’m Parley.', 'Can we hear each other?', 'How do you like to talk?']) {
    await page.getByRole('heading', { name: heading }).waitFor()
    await check(`first run ${heading.slice(0, 5)}`)
    if (!heading.startsWith('How')) await page.getByRole('button', { name: 'Continue' }).click()
  }
  besides.tell({ type: 'settings', settings: { ...settings, ...grantedSettings } })
  besides.answer({
    holds: () => heldView(nowMs),
    happened: () => happenedView(nowMs),
    tools: () => toolViews,
    servers: () => serverViews,
  })

  await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor()
  besides.tell({
    type: 'state',
    state: {
      ...state,
      presence: 'offline',
      line: { type: 'waiting', untilMs: nowMs + 60_000, cause: 'the network is down', attempt: 4 },
    },
  })
  await page.getByText('the network is down').waitFor()
  await check('offline waiting')
  besides.tell({
    type: 'state',
    state: {
      ...state,
      presence: 'offline',
      line: {
        type: 'refused',
        message: 'The service refused the key. Enter another one in the settings.',
        remedy: 'key',
      },
    },
  })
  await page.getByText('The service refused the key').waitFor()
  await check('refused')

  besides.tell({ type: 'state', state: liveState(nowMs, state) })
  besides.tell({ type: 'health', health: measuredHealth(nowMs) })
  besides.tell({ type: 'snapshot', conversation: busyConversation(nowMs) })
  await page.getByText('Interrupt', { exact: true }).waitFor()
  besides.tell({ type: 'tasks', tasks: busyTasks(nowMs).filter(({ id }) => id !== 't1' && id !== 't2') })
  await page.locator('.call-row summary').first().click()
  await check('talk with calls')
  besides.tell({ type: 'tasks', tasks: busyTasks(nowMs) })
  await page
    .getByRole('article', { name: /Task: Find the largest/ })
    .getByText('Steps', { exact: true })
    .click()
  await check('tasks')
  besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now())] })
  await page.getByRole('button', { name: 'Yes, do it' }).isEnabled()
  await check('approval')
  besides.tell({ type: 'approvals', approvals: [] })
  besides.tell({ type: 'tasks', tasks: [] })
  besides.tell({ type: 'state', state: { ...liveState(nowMs, state), unanswered: 'u4' } })
  await page.getByText('Not answered').waitFor()
  await check('unanswered')
  const takenBack = { turns: [], tools: [], why: 'taken-back', standing: [] } as const
  const draft = 'Find the largest file in my notes and write its name down.'
  besides.tell({ type: 'state', state: { ...liveState(nowMs, state), presence: 'idle' } })
  besides.tell({ type: 'snapshot', conversation: { ...busyConversation(nowMs), draft, rolledBack: takenBack } })
  await page.getByRole('button', { name: 'Put back' }).waitFor()
  await check('taken back')

  besides.tell({ type: 'spending', spending })
  await page.locator('.health-line').click()
  await panel('Connection').waitFor()
  await check('connection')
  await scrollDown(panel('Connection'))
  await check('connection below')
  await panel('Connection').getByRole('button', { name: 'Look' }).click()
  await panel('Connection').getByText('You were without a line').waitFor()
  await check('what happened')
  await panel('Connection').getByRole('button', { name: 'Show what the model holds' }).click()
  await panel('What the model holds').getByText('verified at').waitFor()
  await check('what the model holds')
  await close('What the model holds')
  await panel('Connection').waitFor()
  await close('Connection')

  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await panel('Settings').waitFor()
  await check('settings')
  await scrollDown(panel('Settings'))
  await check('settings below')
  await panel('Settings').getByRole('button', { name: 'Tools, folders and servers' }).click()
  await panel('Tools').getByText('Send message (everything)').waitFor()
  await panel('Tools').getByText('Left out: 1').click()
  await check('tools')
  await scrollDown(panel('Tools'))
  await check('tools below')
  await close('Tools')
  await panel('Settings').waitFor()
  await close('Settings')

  besides.tell({
    type: 'conversations',
    conversations: [busyConversation(nowMs), { ...busyConversation(nowMs), id: 'c_2', title: 'Lighthouses' }].map(
      ({ id, title, startedMs, changedMs, turns }) => ({ id, title, startedMs, changedMs, turns: turns.length }),
    ),
  })
  const menu = page.getByRole('button', { name: 'Conversations', exact: true })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('button', { name: 'More for Lighthouses' }).click()
  await check('conversations')
  await page.getByLabel('Search conversations').fill('giraffe')
  await page.getByText('Nothing was found').waitFor()
  await check('nothing found')
}

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
