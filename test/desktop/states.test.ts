// What the desktop is shown and told, state by state: a service that answers when the test says so, the talk key through the
// desktop's portal as on Wayland, the tray read over D-Bus, a file saved.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tapWithinMs } from '../../src/core/turn/talk-control.ts'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { createScriptedServer, type ScriptedConnection, type ScriptedServer } from '../support/scripted-server.ts'
import { openPortal, type StandInPortal } from '../support/session-bus.ts'
import { within } from '../support/within.ts'

let desktop: Desktop
let portal: StandInPortal
let server: ScriptedServer
let line: ScriptedConnection
let app: DesktopApp

beforeAll(async () => {
  server = await createScriptedServer()
  desktop = await openDesktop()
  portal = await openPortal(desktop.env['DBUS_SESSION_BUS_ADDRESS'] ?? '', 'agree')
  // The session says Wayland; what is drawn goes to the X server that is there.
  app = await startApp(desktop, { env: { XDG_SESSION_TYPE: 'wayland' }, args: ['--ozone-platform=x11'] })
  await app.ask('settings', {
    endpoint: { kind: 'compatible', baseUrl: server.url, model: 'scripted' },
    turnMode: 'manual',
    isSetUp: true,
  })
  line = await within('the line', server.connection())
  void followLine()
  await app.hears({ type: 'state', state: { talkKey: { works: 'hold' } } })
})
afterAll(async () => {
  await app.quit()
  await portal.leave()
  await desktop.stop()
  await server.close()
})

/** On a busy machine a line may be replaced: the newest one carries the conversation. */
async function followLine(): Promise<void> {
  for (;;) line = await server.connection()
}

describe('the states of the desktop app', () => {
  it('[X20] the tray passes through every state, each shown for as long as it lasts', async () => {
    const { tray } = desktop
    const answer = { response: 'resp_1', item: 'item_1' }
    await tray.shows('Parley: ready')
    await app.ask('mute', { muted: true })
    await tray.shows('Parley: microphone muted')
    await app.ask('mute', { muted: false })
    await tray.shows('Parley: ready')
    portal.hand('down', { atMs: 1_000 })
    await tray.shows('Parley: listening')
    // Enough to be a turn. How long that takes, from the pre-roll and the queue, says nothing of how long the key was held.
    for (let frames = 0; frames < 30; frames++) await line.next('input_audio_buffer.append')
    portal.hand('up', { atMs: 1_000 + 2 * tapWithinMs })
    await line.next('input_audio_buffer.commit')
    // A server that is not known yet is asked when it has the turn and does not answer by itself.
    line.takeTurn('item_0')
    await line.next('response.create')
    await tray.shows('Parley: thinking')
    line.beginAnswer({ ...answer, previous: null })
    line.speak(answer, 'Here I am.', 1_500)
    await tray.shows('Parley: speaking')
    line.endAnswer(answer, 'Here I am.')
    await tray.shows('Parley: ready')
    await server.close()
    await tray.shows('Parley: not connected')
  })

  it('[X16] on Wayland the portal tells when the key goes down and up, and the window names its keys', async () => {
    expect((await app.ask('look', null)).state.talkKey.note).toContain('Press <Control><Alt>space')
    const held = app.hears({ type: 'state', state: { talking: 'held' } })
    portal.hand('down', { atMs: 50_000 })
    await held
    const latched = app.hears({ type: 'state', state: { talking: 'latched' } })
    portal.hand('up', { atMs: 50_000 + tapWithinMs / 2 })
    await latched
    const up = app.hears({ type: 'state', state: { talking: 'up' } })
    portal.hand('down')
    portal.hand('up')
    await up
  })

  it('[L256] while the door for other devices is open the tray says so, and closes it', async () => {
    const open = app.hears({ type: 'link', link: { door: { type: 'open' } } })
    await app.ask('settings', { otherDevices: true })
    await open
    const closed = app.hears({ type: 'link', link: { door: { type: 'closed' } } })
    await desktop.tray.choose('Close to other devices')
    await closed
    expect((await app.ask('look', null)).settings.otherDevices).toBe(false)
  })

  it('[X26] a conversation is saved into the file that the person names, and the window says so then, not when it is cancelled', async () => {
    const path = join(app.home, 'saved.md')
    const ends = async (as: string | null): Promise<string> => {
      const saved = await app.electron.evaluateHandle(({ session }, to) => {
        const done = new Promise<string>((resolve) => {
          session.defaultSession.once('will-download', (_event, item) => {
            item.once('done', (_done, how) => resolve(how))
            // In place of the dialog, which no test can press.
            if (to === null) item.cancel()
            else item.setSavePath(to)
          })
        })
        return { done }
      }, as)
      await app.page.getByRole('button', { name: /^More/ }).first().click()
      await app.page.getByRole('button', { name: 'Markdown' }).click()
      return within(
        'the download to end',
        saved.evaluate(({ done }) => done),
      )
    }
    // A narrow window has them behind a button.
    if (!(await app.page.getByRole('navigation', { name: 'Conversations' }).isVisible()))
      await app.page.getByRole('button', { name: 'Conversations' }).click()
    expect(await ends(null)).toBe('cancelled')
    expect(await ends(path)).toBe('completed')
    expect(await readFile(path, 'utf8')).toContain('Here I am.')
    await app.page.getByText('Saved as saved.md.').first().waitFor()
    const others = (await app.page.getByText(/Saved as|The browser has/).allTextContents()).filter(
      (text) => !text.includes('saved.md'),
    )
    expect(others).toEqual([])
  })

  it('[W224] the app’s own menu opens what it names in the window, and Electron’s own is not there', async () => {
    const { menus, roles } = await app.electron.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items ?? []
      return {
        menus: items.map(({ label }) => label),
        roles: items.flatMap(({ submenu }) => submenu?.items.map(({ role }) => String(role).toLowerCase()) ?? []),
      }
    })
    expect(menus).toEqual(['Parley', 'Edit', 'View'])
    expect(roles).toContain('paste')
    for (const role of ['toggledevtools', 'reload', 'forcereload']) expect(roles).not.toContain(role)
    await app.electron.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()!.items.flatMap(({ submenu }) => submenu?.items ?? [])
      const palette = items.find(({ label }) => label.startsWith('Do anything'))
      ;(palette?.click as (() => void) | undefined)?.()
    })
    await app.page.getByRole('dialog', { name: 'Do anything by its name' }).waitFor()
    await app.page.keyboard.press('Escape')
    // Nothing is fetched for spelling before the person wants it.
    const spelling = await app.electron.evaluate(({ session }) => ({
      isOn: session.defaultSession.isSpellCheckerEnabled(),
      languages: session.defaultSession.getSpellCheckerLanguages(),
    }))
    expect(spelling).toEqual({ isOn: false, languages: [] })
  })

  it('[W226] the system’s dialog chooses a folder, which is granted only then', async () => {
    const folder = join(app.home, '..')
    await app.electron.evaluate(({ dialog }, path) => {
      // In place of the dialog, which no test can press.
      Object.assign(dialog, { showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [path] }) })
    }, folder)
    expect(await app.ask('pick-folder', { pick: 'folder' })).toEqual({ path: folder })
    expect((await app.ask('look', null)).settings.grantedFolders).toEqual([])
  })

  it('[X26] nothing else is downloaded, whatever the page asks for', async () => {
    const refused = await app.electron.evaluateHandle(({ session }) => {
      const told = new Promise<boolean>((resolve) => {
        session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented))
      })
      return { told }
    })
    await app.page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'data:text/plain,harm'
      link.download = 'harm.txt'
      link.click()
    })
    const told = refused.evaluate(({ told: isRefused }) => isRefused)
    expect(await within('the download to be refused', told)).toBe(true)
  })
})
