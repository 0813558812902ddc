// A machine with Node and nothing else, for trying scripts/ensure.mjs: the real scripts in a temp folder, and a PATH on
// which apt-get and npm are small programs that note what they were asked and do the part of it that set-up looks for.
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Commands that a Debian package brings, as far as set-up looks for them. */
const commandsOf = {
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
  pulseaudio: 'pulseaudio',
  'pulseaudio-utils': 'pactl',
  sox: 'sox',
  'espeak-ng': 'espeak-ng',
  festival: 'text2wave',
  chromium: 'chromium',
  xvfb: 'Xvfb',
  openbox: 'openbox',
  xdotool: 'xdotool',
  'dbus-daemon': 'dbus-daemon',
}

const fakes = {
  'apt-get': `
    note('apt-get', ...args, process.env.DEBIAN_FRONTEND)
    if (args.includes('update') && is('apt-update-fails')) {
      console.error('E: a source is broken')
      process.exit(100)
    }
    if (args.includes('install') && !is('apt-brings-nothing'))
      for (const name of args) if (commandsOf[name]) writeFileSync(join(bin, commandsOf[name]), '')`,
  npm: `
    note('npm', ...args)
    const addon = join(project, 'node_modules/naudiodon/build/Release')
    if (args[0] === 'rebuild') {
      note('with', process.env.LDFLAGS)
      if (!is('npm-skips-scripts')) writeFileSync(join(addon, 'naudiodon.node'), '')
      process.exit(0)
    }
    rmSync(join(project, 'node_modules/.package-lock.json'), { force: true })
    while (is('npm-waits')) await new Promise((go) => setTimeout(go, 20))
    rmSync(addon, { recursive: true, force: true })
    mkdirSync(addon, { recursive: true })
    if (is('npm-fails')) {
      console.error('npm error network is down')
      process.exit(7)
    }
    for (const name of ['@usefulsensors', '@ricky0123', 'onnxruntime-node'])
      if (!existsSync(join(project, 'node_modules', name)))
        symlinkSync(join(parley, 'node_modules', name), join(project, 'node_modules', name))
    copyFileSync(join(project, 'package-lock.json'), join(project, 'node_modules/.package-lock.json'))`,
  sudo: `
    const asked = args.filter((arg) => arg !== '-n')
    process.exit(spawnSync(asked[0], asked.slice(1), { stdio: 'inherit' }).status ?? 1)`,
}

/** What goes wrong. Where npm fails it has done half of its work, and leaves no record of what it installed. */
export type Fault = 'npm-fails' | 'npm-waits' | 'npm-skips-scripts' | 'apt-update-fails' | 'apt-brings-nothing'

export interface EnsureRun {
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface RunningEnsure {
  /** Resolves when stderr holds `words`. */
  says(words: string): Promise<void>
  stop(signal: NodeJS.Signals): void
  ended: Promise<EnsureRun>
}

export interface FreshMachine {
  project: string
  ensure(...args: string[]): RunningEnsure
  /** One line for every call of apt-get and npm so far, oldest first. */
  calls(): Promise<string[]>
  /** The fault lasts until the returned undo is called. */
  fault(fault: Fault): Promise<() => Promise<void>>
  remove(): Promise<void>
}

function fakeProgram(act: string, project: string, bin: string): string {
  const values = { project, bin, parley: root, commandsOf }
  const constants = Object.entries(values).map(([name, value]) => `const ${name} = ${JSON.stringify(value)}`)
  return [
    `#!${process.execPath}`,
    `import { spawnSync } from 'node:child_process'`,
    `import { appendFileSync, copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'`,
    `import { join } from 'node:path'`,
    ...constants,
    `const is = (fault) => existsSync(join(project, fault))`,
    `const args = process.argv.slice(2)`,
    `const note = (...words) => appendFileSync(join(project, 'calls'), words.join(' ') + '\\n')`,
    act,
  ].join('\n')
}

function startEnsure(project: string, bin: string, args: string[]): RunningEnsure {
  const child = spawn(process.execPath, [join(project, 'scripts/ensure.mjs'), ...args], {
    env: { PATH: bin, HOME: project },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const heard = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece))
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece
    for (const look of heard) look()
  })
  const ended = new Promise<EnsureRun>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
  const says = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stderr.includes(words)) resolve()
      }
      heard.add(look)
      look()
      void ended.then(() => reject(new Error(`ensure ended without saying "${words}": ${stderr}`)), reject)
    })
  return { says, stop: (signal) => child.kill(signal), ended }
}

interface MachineOpts {
  /** Commands that the machine lacks although set-up could use them. */
  without?: (keyof typeof fakes)[]
  /** The recognisers are optimised already, which takes seconds. */
  isOptimised?: boolean
}

export async function createFreshMachine({
  without = [],
  isOptimised = true,
}: MachineOpts = {}): Promise<FreshMachine> {
  const project = await mkdtemp(join(tmpdir(), 'parley-fresh-'))
  const bin = join(project, 'bin')
  await mkdir(bin)
  await cp(join(root, 'scripts'), join(project, 'scripts'), { recursive: true })
  await cp(join(root, 'package.json'), join(project, 'package.json'))
  const packages = { '': { name: 'parley' }, 'node_modules/naudiodon': { version: '2.5.0', integrity: 'sha512-a' } }
  await writeFile(join(project, 'package-lock.json'), JSON.stringify({ packages }))
  if (isOptimised) await linkOptimised(join(project, 'resources/models'))
  for (const name of ['env', 'true']) await symlink(join('/usr/bin', name), join(bin, name))
  for (const [name, act] of Object.entries(fakes))
    if (!without.includes(name as keyof typeof fakes))
      await writeFile(join(bin, name), fakeProgram(act, project, bin), { mode: 0o755 })
  return {
    project,
    ensure: (...args) => startEnsure(project, bin, args),
    calls: async () => (await readFile(join(project, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean),
    fault: async (fault) => {
      await writeFile(join(project, fault), '')
      return () => rm(join(project, fault))
    },
    remove: () => rm(project, { recursive: true, force: true }),
  }
}

async function linkOptimised(modelsDir: string): Promise<void> {
  const made = join(root, 'resources/models')
  for (const folder of ['base', 'tiny']) {
    await mkdir(join(modelsDir, folder), { recursive: true })
    for (const name of ['encoder.ort', 'decoder.ort'])
      await symlink(join(made, folder, name), join(modelsDir, folder, name))
  }
  await cp(join(made, '.optimised'), join(modelsDir, '.optimised'))
}
