// Parley as a person of this machine has it: a deb of the unpacked build, and its program run by an ordinary user.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

const userName = `parley-test-${process.pid}`

/** @param unpacked electron-builder's folder @returns the path of the deb */
export async function makeDeb(opts: {
  unpacked: string
  version: string
  output: string
  electronVersion: string
}): Promise<string> {
  const { unpacked, version, output, electronVersion } = opts
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  const settings = [
    `-c.directories.output=${output}`,
    `-c.electronVersion=${electronVersion}`,
    `-c.extraMetadata.version=${version}`,
  ]
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const args = [builder, '--linux', 'deb', '--prepackaged', unpacked, '--publish', 'never', ...settings]
  const env = {
    ...process.env,
    USE_SYSTEM_FPM: 'true',
    PARLEY_PACKAGE_ROOT: root,
    PARLEY_DEB_COMPRESSION: 'none',
    PATH: `${join(root, 'scripts/deb')}:${process.env['PATH'] ?? ''}`,
  }
  await run(process.execPath, args, { cwd: root, env })
  const name = readdirSync(output).find((file) => file.endsWith('.deb'))
  if (name === undefined) throw new Error('no deb was made')
  return join(output, name)
}

/** With the rights of root on a machine that nobody uses. @throws with what apt printed */
export async function apt(...args: string[]): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { stdout } = await run('apt-get', ['-y', '-q', '--no-install-recommends', ...args], { env })
  return stdout
}

/** What dpkg knows of Parley: `install ok installed`, or null for nothing at all. */
export async function packageState(): Promise<string | null> {
  const asked = run('dpkg-query', ['-W', '-f', '${Status}', 'parley'])
  return asked.then(({ stdout }) => stdout).catch(() => null)
}

export interface OrdinaryUser {
  /** The person's own folder. */
  home: string
  start(program: string, args: string[]): { child: ChildProcess; printed: () => string }
  /** No longer on the list; whatever still runs ends. */
  end(): Promise<void>
  /** Ends by itself. */
  run(program: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }>
}

/** Made for the test; a session bus knows nobody who is not on the system's list. @param env of the desktop */
export async function ordinaryUser(home: string, env: Record<string, string>): Promise<OrdinaryUser> {
  await run('useradd', ['--no-create-home', '--home-dir', home, userName])
  const uid = Number((await run('id', ['-u', userName])).stdout)
  // Already of the person: it is set up, and talks with the built-in voice.
  const data = join(home, '.local/share/parley')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeFileSync(join(data, 'settings.json'), '{"isSetUp":true}')
  await run('chown', ['-R', String(uid), home])
  const own = { ...env, HOME: home, USER: userName, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', XDG_RUNTIME_DIR: home }
  const as = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']
  return {
    home,
    async end() {
      await run('pkill', ['-KILL', '-u', String(uid)]).catch(() => undefined)
      await run('userdel', ['--force', userName]).catch(() => undefined)
      rmSync(home, { recursive: true, force: true })
    },
    start(program, args) {
      const session = [...as, 'dbus-run-session', '--', program, ...args]
      const child = spawn('setpriv', session, { env: own, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
      let printed = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (bytes: Buffer) => (printed += bytes.toString()))
      return { child, printed: () => printed }
    },
    async run(program, args) {
      const asked = run('setpriv', [...as, program, ...args], { env: own, cwd: '/', timeout: 60_000 })
      return asked.then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        (error: unknown) => {
          const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string }
          return { code: code ?? -1, stdout: stdout ?? '', stderr: stderr ?? '' }
        },
      )
    },
  }
}
