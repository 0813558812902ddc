// The packaging's configuration, tried with the real electron-builder on a small app and a stand-in for Electron: a file
// that carries the fuses as Electron's binary does.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTold } from '../../scripts/deb/told.mjs'
import { appId } from '../../src/main/shell/portal-words.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Electron's mark in its binary, then the version of the wire, the number of fuses and a digit for each. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrity',
  'onlyLoadAppFromAsar',
  'browserV8Snapshot',
  'fileProtocolPrivileges',
] as const
const fuseWire = Buffer.concat([Buffer.from(fuseMark), Buffer.from([1, fuseNames.length]), Buffer.from('10110011')])

const { desktopName: ownDesktopName } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  desktopName: string
}

const onnxruntime = 'node_modules/onnxruntime-node/bin/napi-v6'

const appFiles: Record<string, string> = {
  'out/main/index.js': 'app',
  'resources/models/silero.onnx': 'model',
  'resources/sentence-end.json': '{}',
  'src/main/index.ts': 'source',
  'node_modules/naudiodon/package.json': '{"name":"naudiodon","version":"2.5.0"}',
  'node_modules/naudiodon/build/Release/naudiodon.node': 'addon',
  'node_modules/naudiodon/build/Release/libportaudio.so.2': 'library',
  'node_modules/naudiodon/src/naudiodon.cc': 'source',
  'node_modules/onnxruntime-node/package.json': '{"name":"onnxruntime-node","version":"1.22.0"}',
  [`${onnxruntime}/linux/${process.arch}/onnxruntime_binding.node`]: 'addon',
  [`${onnxruntime}/linux/mips/onnxruntime_binding.node`]: 'addon',
  [`${onnxruntime}/win32/${process.arch}/onnxruntime_binding.node`]: 'addon',
}

/** Lines of a name and a value. */
function fieldsOf(text: string, between: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf(between)
      return at === -1 ? [] : [[line.slice(0, at), line.slice(at + between.length)]]
    }),
  )
}

let folder: string
let unpacked: string[]
let resources: string[]
let archived: string[]
let fuses: Record<string, boolean>
/** The deb, as dpkg-deb shows it: what it says of itself, the names in it with their modes, and where it was unpacked. */
let debFields: Record<string, string>
let debNames: string[]
let debTree: string

interface AsarFolder {
  files: Record<string, AsarFolder | { size: number; unpacked?: boolean }>
}

/** The names an archive holds: its length-prefixed JSON header begins at byte 16. Those kept outside are left out. */
function namesIn(asar: Buffer): string[] {
  const walk = ({ files }: AsarFolder, path: string): string[] =>
    Object.entries(files).flatMap(([name, entry]) => {
      if ('files' in entry) return walk(entry, `${path}${name}/`)
      return entry.unpacked ? [] : [`${path}${name}`]
    })
  return walk(JSON.parse(asar.toString('utf8', 16, 16 + asar.readUInt32LE(12))) as AsarFolder, '')
}

async function plant(base: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(base, name)), { recursive: true })
    await writeFile(join(base, name), content, { mode: 0o755 })
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-package-'))
  const app = join(folder, 'app')
  const electron = join(folder, 'electron')
  await plant(app, appFiles)
  await writeFile(
    join(app, 'package.json'),
    JSON.stringify({
      name: 'parley',
      version: '0.1.0',
      description: 'small',
      desktopName: ownDesktopName,
      main: 'out/main/index.js',
      dependencies: { naudiodon: '2.5.0', 'onnxruntime-node': '1.22.0' },
    }),
  )
  await writeFile(join(app, 'package-lock.json'), '{}')
  await cp(join(root, 'electron-builder.yml'), join(app, 'electron-builder.yml'))
  await plant(electron, {
    electron: fuseWire,
    version: '45.4.1',
    'resources/README': '',
    'locales/en-US.pak': '',
  })

  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const env = {
    ...process.env,
    USE_SYSTEM_FPM: 'true',
    PATH: `${join(root, 'scripts/deb')}:${process.env['PATH'] ?? ''}`,
    PARLEY_PACKAGE_ROOT: root,
    PARLEY_DEB_COMPRESSION: 'none',
  }
  const args = [
    '--linux',
    'dir',
    'deb',
    '--publish',
    'never',
    `-c.electronDist=${electron}`,
    '-c.electronVersion=45.4.1',
  ]
  await promisify(execFile)(process.execPath, [builder, ...args], { cwd: app, env }).catch((cause: unknown) => {
    throw new Error((cause as { stdout: string }).stdout, { cause })
  })

  const packaged = join(app, process.arch === 'x64' ? 'dist/linux-unpacked' : `dist/linux-${process.arch}-unpacked`)
  const binary = await readFile(join(packaged, 'parley'))
  const at = binary.indexOf(fuseMark) + fuseMark.length + 2
  fuses = Object.fromEntries(fuseNames.map((name, index) => [name, binary[at + index] === '1'.charCodeAt(0)]))
  const outside = join(packaged, 'resources/app.asar.unpacked')
  const entries = await readdir(outside, { recursive: true, withFileTypes: true })
  unpacked = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(outside.length + 1))
  const made = (await readdir(join(app, 'dist'))).find((name) => name.endsWith('.deb'))
  const deb = join(app, 'dist', made ?? 'none')
  const dpkg = async (...given: string[]): Promise<string> => (await promisify(execFile)('dpkg-deb', given)).stdout
  debFields = fieldsOf(await dpkg('-f', deb), ': ')
  debNames = (await dpkg('-c', deb)).trim().split('\n')
  debTree = join(folder, 'deb')
  await dpkg('-R', deb, debTree)
  resources = await readdir(join(packaged, 'resources'))
  archived = namesIn(await readFile(join(packaged, 'resources/app.asar')))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the package', () => {
  it('[K10] carries Electron’s fuses set against misuse', () => {
    expect(fuses).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      embeddedAsarIntegrity: true,
      onlyLoadAppFromAsar: true,
      browserV8Snapshot: false,
      fileProtocolPrivileges: false,
    })
  })

  it('[K10] has native code and models outside the archive, for this machine only', () => {
    expect(unpacked.sort()).toEqual([
      'node_modules/naudiodon/build/Release/libportaudio.so.2',
      'node_modules/naudiodon/build/Release/naudiodon.node',
      'node_modules/naudiodon/package.json',
      `${onnxruntime}/linux/${process.arch}/onnxruntime_binding.node`,
      'node_modules/onnxruntime-node/package.json',
      'resources/models/silero.onnx',
    ])
  })

  it('[K10] has the built app and its resources in the archive, and nothing else', () => {
    expect(archived.sort()).toEqual(['out/main/index.js', 'package.json', 'resources/sentence-end.json'])
  })

  it('[K11] as a deb goes to /opt, with the desktop entry that the portal knows Parley by, icons, metadata, its licence and what it needs', async () => {
    expect(ownDesktopName).toBe(`${appId}.desktop`)
    expect(debFields).toMatchObject({ Package: 'parley', Version: '0.1.0', Section: 'sound', Priority: 'optional' })
    for (const library of ['libgtk-3-0', 'libasound2', 'libxtst6', 'libsecret-1-0'])
      expect(debFields['Depends']?.split(', ')).toContain(library)
    expect(Number(debFields['Installed-Size'])).toBeGreaterThan(10)
    for (const place of [
      './opt/Parley/parley',
      './usr/share/icons/hicolor/scalable/apps/parley.svg',
      `./usr/share/metainfo/${appId}.metainfo.xml`,
      './usr/share/doc/parley/copyright',
    ])
      expect(debNames.find((line) => line.endsWith(` ${place}`))).toMatch(/ root\/root /)
    const fields = fieldsOf(await readFile(join(debTree, `usr/share/applications/${appId}.desktop`), 'utf8'), '=')
    expect(fields).toMatchObject({ Type: 'Application', Name: 'Parley', Terminal: 'false', Icon: 'parley' })
    expect(fields['Exec']).toMatch(/^\/opt\/Parley\/parley( |$)/)
    const metadata = await readFile(join(debTree, `usr/share/metainfo/${appId}.metainfo.xml`), 'utf8')
    expect(metadata).toContain(`<id>${appId}</id>`)
    expect(metadata).toContain(`<launchable type="desktop-id">${appId}.desktop</launchable>`)
  })

  it('[K11] as a deb belongs to root, is readable for all, and is whole by its own sums', async () => {
    for (const line of debNames) expect(line).toMatch(/^[-dl]r.-?[xs-]?r-[xs-]r-[x-] root\/root /)
    await promisify(execFile)('md5sum', ['--quiet', '-c', 'DEBIAN/md5sums'], { cwd: debTree })
    for (const name of ['postinst', 'postrm']) await promisify(execFile)('bash', ['-n', join(debTree, 'DEBIAN', name)])
  })

  it('[K11] a deb is made of nothing that does not say what it is or where it goes', () => {
    expect(() => readTold(['--name', 'parley'], 1)).toThrow('--version')
    expect(() => readTold(['somewhere'], 1)).toThrow('where it is to be installed')
  })

  it('[K12] asks nobody for updates until there is a feed: no feed is named and nothing that could ask is packed', async () => {
    expect(resources).not.toContain('app-update.yml')
    const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(Object.keys(dependencies).filter((name) => /updat/i.test(name))).toEqual([])
    const builder = await readFile(join(root, 'electron-builder.yml'), 'utf8')
    expect(builder).toMatch(/^publish: null$/m)
  })
})
