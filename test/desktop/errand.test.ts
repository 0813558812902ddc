// An errand by voice on a desktop: the agent works and asks in the window while the voice goes on talking. Real Electron, real
// engine, virtual sound.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { levelDbfs, msToSamples } from '../../src/core/audio/pcm.ts'
// For what the page's window has.
import type {} from '../../src/renderer/bridge.ts'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop } from '../support/desktop.ts'
import { say } from '../support/say.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { recordSpeaker, speakIntoMicrophone } from '../support/virtual-devices.ts'

const errand = 'Find the largest file in the folder I granted and note its name.'

/** An app that is set up and ready, on a desktop of its own, so that a second try begins anew. Ends with the test. */
async function start(): Promise<DesktopApp> {
  const desktop = await openDesktop()
  onTestFinished(() => desktop.stop())
  const app = await startApp(desktop)
  onTestFinished(() => app.quit())
  await app.ask('settings', { isSetUp: true })
  await app.ask('mode', { mode: 'hold' })
  await app.ask('retry', null)
  await presence(app, 'idle')
  return app
}

const presence = (app: DesktopApp, what: string) => app.hears({ type: 'state', state: { presence: what } })

/** Holds the talk control while it says this. */
async function ask(app: DesktopApp, words: string): Promise<void> {
  const speech = await say(words)
  await app.ask('talk', { edge: 'down' })
  await presence(app, 'listening')
  await speakIntoMicrophone(speech)
  await app.ask('talk', { edge: 'up' })
}

async function grantFilms(app: DesktopApp): Promise<void> {
  const films = join(temporaryFolder(), 'Films')
  await mkdir(films)
  for (const [name, bytes] of Object.entries({ 'short.txt': 20, 'holiday.mkv': 90_000, 'long.txt': 4_000 }))
    await writeFile(join(films, name), Buffer.alloc(bytes, 1))
  await app.ask('grant-folder', { path: films })
}

/** Gives what was said so far, a line a turn; answers that sounded to their end are marked as heard. */
async function listen(app: DesktopApp): Promise<() => Promise<string[]>> {
  const heard = await app.page.evaluateHandle(() => {
    const turns: string[] = []
    window.parley!.hear((notice) => {
      if (notice.type !== 'change' || notice.stored.change.type !== 'played') return
      if (!notice.stored.change.cut) turns.push(notice.stored.change.turn)
    })
    return turns
  })
  return async () => {
    const whole = await heard.jsonValue()
    const { turns } = await app.ask('snapshot', null)
    return turns.map(({ id, role, text }) => `${role}${whole.includes(id) ? ', heard' : ''}: ${text}`)
  }
}

/** What `npm test` keeps no pictures of: for whoever looks at the window. */
async function picture(app: DesktopApp, name: string): Promise<void> {
  const folder = process.env['PARLEY_PICTURES']
  if (folder !== undefined) await app.page.screenshot({ path: join(folder, `${name}.png`) })
}

describe('an errand by voice', () => {
  it('[Y9] the voice answers something else while the task waits for a click, then speaks what came of it', async () => {
    const app = await start()
    await grantFilms(app)
    const said = await listen(app)
    const asked = app.hears({ type: 'approvals', approvals: { 0: { tool: 'add_note' } } })
    await ask(app, errand)
    await asked
    await presence(app, 'idle')

    await ask(app, 'What is twelve plus thirty?')
    await expect.poll(said, { timeout: 28_000 }).toContainEqual(expect.stringMatching(/^assistant, heard: .*42/))
    expect((await app.ask('look', null)).tasks).toMatchObject([{ state: 'asking' }])
    expect(await said()).not.toContainEqual(expect.stringContaining('holiday'))
    await picture(app, 'errand-asking')

    const recording = await recordSpeaker()
    await app.page.getByRole('button', { name: 'Yes, do it' }).click()
    const clickedMs = recording.recordedMs()
    await expect
      .poll(said, { timeout: 30_000 })
      .toContainEqual(expect.stringMatching(/^assistant, heard: .*holiday\.mkv/))
    const result = recording.samples().subarray(msToSamples(clickedMs))
    await recording.stop()
    expect(levelDbfs(result)).toBeGreaterThan(-30)
    expect(await readFile(join(app.home, 'notes.md'), 'utf8')).toMatch(/^- largest file: holiday\.mkv/m)
    await app.page.locator('.task-card[data-state=done]').waitFor()
    await picture(app, 'errand-done')
  })
})
