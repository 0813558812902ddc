// A walk over every panel and state of the window, in any language: at each stop it is looked at. With PARLEY_PICTURES=<folder>
// each is photographed as well.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { languageFor, type Language } from '../../src/core/language/language.ts'
import { axeFindings } from './axe.ts'
import { happenedView, heldView } from './held-scenes.ts'
import type { StartedWindow } from './window-start.ts'
import {
  approvalAsked,
  busyConversation,
  busyTasks,
  grantedSettings,
  liveState,
  measuredHealth,
  serverViews,
  spending,
  toolViews,
} from './window-scenes.ts'

const { PARLEY_PICTURES: pictures } = process.env

export type Check = (where: string) => Promise<void>

export function createCheck(page: Page, name: string, hasAxe: boolean): Check {
  return async (where) => {
    await photograph(page, `${where}-${name}`)
    if (hasAxe) expect([where, await axeFindings(page)]).toEqual([where, []])
    expect([where, await sticksOut(page)]).toEqual([where, []])
  }
}

/** Once what comes in by itself has come in: fonts, the newest line scrolled to. */
export async function photograph(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)))
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}.png`) })
}

/** Whatever scrolls down scrolls sideways too when something in it is too wide. */
export function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(':root, .panel-body, .captions, .work, .sidebar, .entries, .top, .dock, .welcome')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} in ${clientWidth}`),
  )
}

const scrollDown = (panel: Locator): Promise<void> =>
  panel.locator('.panel-body').evaluate((body) => body.scrollTo(0, body.scrollHeight))

type PanelTitle = 'window.connection' | 'window.holds' | 'window.settings' | 'window.tools'

export async function walk(
  page: Page,
  { besides, app, ask }: StartedWindow,
  check: Check,
  { say }: Language = languageFor('en', []),
): Promise<void> {
  const nowMs = Date.now()
  const settings = (await ask('look', null)).settings
  const panel = (name: PanelTitle) => page.getByRole('dialog', { name: say(name), exact: true })
  const close = async (name: PanelTitle): Promise<void> => {
    await page.keyboard.press('Escape')
    await panel(name).waitFor({ state: 'detached' })
  }
  const state = app.state()

  // Before it has looked at everything it takes no news.
  await page.getByRole('heading', { name: say('empty.title') }).waitFor()
  besides.tell({ type: 'settings', settings: { ...settings, isSetUp: false } })
  for (const heading of ['welcome.hello', 'welcome.hear', 'welcome.how'] as const) {
    await page.getByRole('heading', { name: say(heading) }).waitFor()
    await check(`first run ${languageFor('en', []).say(heading).slice(0, 5)}`)
    if (heading !== 'welcome.how') await page.getByRole('button', { name: say('welcome.continue') }).click()
  }
  besides.tell({ type: 'settings', settings: { ...settings, ...grantedSettings } })
  besides.answer({
    holds: () => heldView(nowMs),
    happened: () => happenedView(nowMs),
    tools: () => toolViews,
    servers: () => serverViews,
  })

  await page.getByRole('heading', { name: say('empty.title') }).waitFor()
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
  await page.getByRole('button', { name: say('talk.interrupt') }).waitFor()
  besides.tell({ type: 'tasks', tasks: busyTasks(nowMs).filter(({ id }) => id !== 't1' && id !== 't2') })
  await page.locator('.call-row summary').first().click()
  await check('talk with calls')
  besides.tell({ type: 'tasks', tasks: busyTasks(nowMs) })
  await page.locator('.work .task-steps summary').click()
  await check('tasks')
  besides.tell({ type: 'approvals', approvals: [approvalAsked(Date.now())] })
  await page.getByRole('button', { name: say('approval.yes') }).isEnabled()
  await check('approval')
  besides.tell({ type: 'approvals', approvals: [] })
  besides.tell({ type: 'tasks', tasks: [] })
  besides.tell({ type: 'state', state: { ...liveState(nowMs, state), unanswered: 'u4' } })
  await page.getByText(say('draft.unanswered')).waitFor()
  await check('unanswered')
  const takenBack = { turns: [], tools: [], why: 'taken-back', standing: [] } as const
  const draft = 'Find the largest file in my notes and write its name down.'
  besides.tell({ type: 'state', state: { ...liveState(nowMs, state), presence: 'idle' } })
  besides.tell({ type: 'snapshot', conversation: { ...busyConversation(nowMs), draft, rolledBack: takenBack } })
  await page.getByRole('button', { name: say('draft.putBack') }).waitFor()
  await check('taken back')

  besides.tell({ type: 'spending', spending })
  await page.locator('.health-line').click()
  await panel('window.connection').waitFor()
  await check('connection')
  await scrollDown(panel('window.connection'))
  await check('connection below')
  await panel('window.connection')
    .getByRole('button', { name: say('happened.look'), exact: true })
    .click()
  await panel('window.connection').locator('.happened').waitFor()
  await check('what happened')
  await panel('window.connection')
    .getByRole('button', { name: say('memory.show') })
    .click()
  await panel('window.holds').locator('.proof').waitFor()
  await check('what the model holds')
  await close('window.holds')
  await panel('window.connection').waitFor()
  await close('window.connection')

  await page.getByRole('button', { name: say('window.settings'), exact: true }).click()
  await panel('window.settings').waitFor()
  await check('settings')
  const search = panel('window.settings').getByLabel(say('settings.search'))
  await search.fill(say('settings.sound'))
  await panel('window.settings')
    .getByRole('heading', { name: say('settings.sound'), exact: true })
    .waitFor()
  await check('settings found')
  await search.fill('')
  await scrollDown(panel('window.settings'))
  await check('settings below')
  await panel('window.settings')
    .getByRole('button', { name: say('tasks.tools') })
    .click()
  await panel('window.tools').getByText('Send message (everything)').waitFor()
  await panel('window.tools')
    .getByText(say('servers.leftOut', { count: 1 }))
    .click()
  await check('tools')
  await scrollDown(panel('window.tools'))
  await check('tools below')
  await close('window.tools')
  await panel('window.settings').waitFor()
  await close('window.settings')

  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: say('palette.title') }).waitFor()
  await check('palette')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: say('window.settings'), exact: true }).focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: say('shortcuts.title') }).waitFor()
  await check('shortcuts')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  besides.tell({
    type: 'conversations',
    conversations: [busyConversation(nowMs), { ...busyConversation(nowMs), id: 'c_2', title: 'Lighthouses' }].map(
      ({ id, title, startedMs, changedMs, turns }) => ({ id, title, startedMs, changedMs, turns: turns.length }),
    ),
  })
  const menu = page.getByRole('button', { name: say('window.conversations'), exact: true })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('button', { name: say('history.more', { name: 'Lighthouses' }) }).click()
  await check('conversations')
  await page.getByLabel(say('history.search')).fill('giraffe')
  await page.getByText(say('history.notFound', { words: 'giraffe' })).waitFor()
  await check('nothing found')
}
