// The package as it is shipped, but for the runtime: built by electron-builder from the project's configuration, its fuses
// read back, started, talked with and ended.
import { listPackage } from '@electron/asar'
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'
import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import { isAlive, processesOf, startApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { apt, makeDeb, ordinaryUser, packageState } from '../support/installed-deb.ts'
import { within } from '../support/within.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** As the binary holds them: digits. */
const [off, on] = ['0', '1'].map((digit) => digit.charCodeAt(0))

let folder: string
let program: string
let desktop: Desktop
beforeAll(async () => {
  const { folder: electronDist, version } = inject('electron')
  folder = mkdtempSync(join(tmpdir(), 'parley-package-'))
  const settings = { electronDist, electronVersion: version, 'directories.output': folder }
  const args = Object.entries(settings).map(([name, value]) => `-c.${name}=${value}`)
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  await promisify(execFile)(process.execPath, [builder, '--linux', 'dir', '--publish', 'never', ...args], { cwd: root })
  program = join(folder, 'linux-unpacked/parley')
  desktop = await openDesktop()
})
afterAll(async () => {
  await desktop.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the package', () => {
  it('[X40] has every fuse set', async () => {
    const fuses = await getCurrentFuseWire(program)
    expect(fuses).toMatchObject({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    })
  })

  it('[X40] holds the built app, its icons and models, this machine’s binaries, and none of the sources', () => {
    const resources = join(folder, 'linux-unpacked/resources')
    const names = listPackage(join(resources, 'app.asar'), { isPack: false })
    const tops = new Set(names.map((name) => name.split('/')[1]))
    expect([...tops].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources'])
    for (const name of ['/out/main/talk-key-host.js', '/out/renderer/index.html', '/resources/icons/tray-idle.png'])
      expect(names).toContain(name)
    expect(names.filter((name) => /\.(ts|map)$|\/test\/support\//.test(name))).toEqual([])
    const unpacked = join(resources, 'app.asar.unpacked')
    expect(readdirSync(join(unpacked, 'node_modules/uiohook-napi/prebuilds'))).toEqual([`linux-${process.arch}`])
    // Of the recognisers what the engine loads, not what that was made of.
    expect(readdirSync(join(unpacked, 'resources/models/base')).sort()).toEqual(
      expect.arrayContaining(['decoder.ort', 'encoder.ort']),
    )
    expect(existsSync(join(unpacked, 'resources/models/base/decoder.onnx'))).toBe(false)
  })

  it('[X41] [X61] starts without developer tools and with no menu but its own, talks with its own sound and engine, and leaves no process behind', async () => {
    // Playwright needs Node's inspector, which the package has switched off.
    await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true })
    const app = await startApp(desktop, { program })
    await app.ask('settings', { isSetUp: true })
    await app.ask('retry', null)
    await app.hears({ type: 'state', state: { line: { type: 'live' }, microphone: { type: 'open' } } })
    await app.hears({ type: 'state', state: { talkKey: { works: 'hold' } } })
    const played = app.hears({ type: 'change', stored: { change: { type: 'played', cut: false } } })
    await app.ask('say', { text: 'What is seven times six?' })
    await played
    const shell = await app.electron.evaluate(async ({ app: electron, BrowserWindow, Menu }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!
      webContents.openDevTools({ mode: 'detach' })
      const other = new BrowserWindow({ show: false })
      other.webContents.openDevTools({ mode: 'detach' })
      await new Promise<void>((resolve) => other.webContents.on('devtools-closed', () => resolve()))
      const opened = webContents.isDevToolsOpened() || other.webContents.isDevToolsOpened()
      other.destroy()
      const menus = Menu.getApplicationMenu()?.items ?? []
      const roles = menus.flatMap(({ submenu }) => submenu?.items.map(({ role }) => String(role).toLowerCase()) ?? [])
      return { isPackaged: electron.isPackaged, menus: menus.map(({ label }) => label), roles, opened }
    })
    expect(shell).toMatchObject({ isPackaged: true, menus: ['Parley', 'Edit', 'View'], opened: false })
    for (const role of ['toggledevtools', 'reload', 'forcereload']) expect(shell.roles).not.toContain(role)
    const { turns } = await app.ask('snapshot', null)
    expect(turns.at(-1)?.text).toMatch(/42|forty-two/i)
    const processes = await processesOf(app)
    await app.quit()
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), 5_000)
  })
})

/** On a machine that is somebody's, nothing is installed: there the deb is only looked into. */
const mayInstall = process.env['CI'] !== undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

describe('the deb', () => {
  it('[X42] is installed, started as an ordinary user from its menu entry, talked with, upgraded with the conversation kept, and removed', async () => {
    const { version } = inject('electron')
    const unpacked = join(folder, 'linux-unpacked')
    const first = await makeDeb({ unpacked, version: '0.1.0', output: join(folder, 'first'), electronVersion: version })
    expect(execFileSync('dpkg-deb', ['-f', first, 'Version'], { encoding: 'utf8' }).trim()).toBe('0.1.0')
    if (!mayInstall || (await packageState()) !== null) return
    const next = await makeDeb({ unpacked, version: '0.1.1', output: join(folder, 'next'), electronVersion: version })
    onTestFinished(async () => {
      await apt('purge', 'parley')
    })
    await apt('update').catch(() => undefined)
    await apt('install', first)
    expect(await packageState()).toBe('install ok installed')
    const placed = execFileSync('dpkg', ['-L', 'parley'], { encoding: 'utf8' }).trim().split('\n')
    const home = mkdtempSync(join(tmpdir(), 'parley-person-'))
    const person = await ordinaryUser(home, { DISPLAY: desktop.env['DISPLAY'] ?? '' })
    onTestFinished(() => person.end())
    const ask = (...order: string[]) => person.run('parley', ['--no-sandbox', ...order])
    const entry = readFileSync('/usr/share/applications/app.parley.Parley.desktop', 'utf8')
    const [program = '', ...rest] = /^Exec=(.*)$/m
      .exec(entry)![1]!
      .split(' ')
      .filter((word) => !word.startsWith('%'))
    for (const deb of [first, next]) {
      if (deb === next) await apt('install', next)
      const { child, printed } = person.start(program, [...rest, '--no-sandbox', '--hidden'])
      const ended = once(child, 'exit')
      await vi.waitFor(
        async () => expect([await ask('status', '--json'), printed()]).toMatchObject([{ code: 0 }, /^/]),
        60_000,
      )
      await vi.waitFor(async () => expect((await ask('say', 'My cat is called Miso')).code).toBe(0), 30_000)
      await vi.waitFor(async () => expect((await ask('status', '--json')).stdout).toContain('"line":"live"'), 60_000)
      expect(await ask('quit')).toMatchObject({ code: 0 })
      await within('Parley to end', ended)
    }
    const conversations = join(person.home, '.local/share/parley/conversations')
    expect(readdirSync(conversations)).toHaveLength(1)
    await apt('purge', 'parley')
    expect(await packageState()).toBeNull()
    const own = placed.filter((path) => /parley/i.test(path))
    expect(own.length).toBeGreaterThan(10)
    for (const path of [...own, '/usr/bin/parley', '/etc/alternatives/parley', '/etc/apparmor.d/parley'])
      expect([path, existsSync(path)]).toEqual([path, false])
    expect(readdirSync(conversations)).toHaveLength(1)
  }, 240_000)
})
