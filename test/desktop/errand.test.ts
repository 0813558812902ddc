// An errand by voice on a desktop: the agent works and asks in the window while the voice goes on talking. Real Electron, real
// engine, virtual sound.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { levelDbfs, msToSamples } from '../../src/core/audio/pcm.ts'
// For what the page's window has.
import type {} from '../../src/renderer/bridge.ts'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { say } from '../support/say.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { recordSpeaker, speakIntoMicrophone } from '../support/virtual-ears.ts'

const errand = 'Find the largest file in the folder I granted and note its name.'

let desktop: Desktop
let app: DesktopApp

beforeAll(async () => {
  desktop = await openDesktop()
  app = await startApp(desktop)
  await app.ask('settings', { isSetUp: true })
  await app.ask('mode', { mode: 'hands-free' })
  await app.ask('retry', null)
})
afterAll(async () => {
  await app.quit()
  await desktop.stop()
})

async function grantFilms(): Promise<void> {
  const films = join(temporaryFolder(), 'Films')
  await mkdir(films)
  for (const [name, bytes] of Object.entries({ 'short.txt': 20, 'holiday.mkv': 90_000, 'long.txt': 4_000 }))
    await writeFile(join(films, name), Buffer.alloc(bytes, 1))
  await app.ask('grant-folder', { path: films })
}

const idle = () => app.hears({ type: 'state', state: { presence: 'idle' } })

async function answerWith(words: RegExp): Promise<string | undefined> {
  const { turns } = await app.ask('snapshot', null)
  return turns.find(({ role, text }) => role === 'assistant' && words.test(text))?.id
}

/** Gives a question: has the answer with these words been heard to its end? */
async function listen(): Promise<(words: RegExp) => Promise<boolean>> {
  const heard = await app.page.evaluateHandle(() => {
    const turns: string[] = []
    window.parley!.hear((notice) => {
      if (notice.type !== 'change' || notice.stored.change.type !== 'played') return
      if (!notice.stored.change.cut) turns.push(notice.stored.change.turn)
    })
    return turns
  })
  return async (words) => (await heard.jsonValue()).includes((await answerWith(words)) ?? '')
}

/** What `npm test` keeps no pictures of: for whoever looks at the window. */
async function picture(name: string): Promise<void> {
  const folder = process.env['PARLEY_PICTURES']
  if (folder !== undefined) await app.page.screenshot({ path: join(folder, `${name}.png`) })
}

describe('an errand by voice', () => {
  it('[Y9] the voice answers something else while the task waits for a click, then speaks what came of it', async () => {
    await idle()
    await grantFilms()
    const isHeard = await listen()
    const asked = app.hears({ type: 'approvals', approvals: { 0: { tool: 'add_note' } } })
    await speakIntoMicrophone(await say(errand))
    await asked
    await idle()

    await speakIntoMicrophone(await say('What is twelve plus thirty?'))
    await expect.poll(() => isHeard(/42|forty.two/i), { timeout: 28_000 }).toBe(true)
    expect((await app.ask('look', null)).tasks).toMatchObject([{ state: 'asking' }])
    expect(await answerWith(/holiday/)).toBeUndefined()
    await picture('errand-asking')

    const recording = await recordSpeaker()
    await app.page.getByRole('button', { name: 'Yes, do it' }).click()
    const clickedMs = recording.recordedMs()
    await expect.poll(() => isHeard(/holiday\.mkv/), { timeout: 30_000 }).toBe(true)
    const result = recording.samples().subarray(msToSamples(clickedMs))
    await recording.stop()
    expect(levelDbfs(result)).toBeGreaterThan(-30)
    expect(await readFile(join(app.home, 'notes.md'), 'utf8')).toMatch(/^- largest file: holiday\.mkv/m)
    await app.page.locator('.task-card[data-state=done]').waitFor()
    await picture('errand-done')
  })
})
