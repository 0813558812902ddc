// Starts an app that is installed, by the name that the person sees. On Linux that is a desktop entry, started by its id; no
// text of the name ever becomes a command.
import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment } from '../child-environment.ts'

/** @returns false when there is no such app, or the system knows no way */
export async function openInstalledApp(
  name: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if (platform === 'darwin') return (await exitOf('open', ['-a', name], env)) === 0
  if (platform !== 'linux') return false
  const id = await findDesktopEntry(name, applicationFolders(env))
  return id !== null && (await exitOf('gtk-launch', [id], env)) === 0
}

/** The id of the visible entry of this name (without regard to case), null when there is none. */
export async function findDesktopEntry(name: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of folders)
    for (const file of await readdir(folder).catch(() => [])) {
      if (!file.endsWith('.desktop')) continue
      const entry = readEntry(await readFile(join(folder, file), 'utf8').catch(() => ''))
      if (entry.get('Type') !== 'Application' || entry.get('NoDisplay') === 'true') continue
      if (entry.get('Name')?.toLowerCase() === name.toLowerCase()) return file.slice(0, -'.desktop'.length)
    }
  return null
}

/** https://specifications.freedesktop.org/basedir-spec */
function applicationFolders(env: NodeJS.ProcessEnv): string[] {
  const own = env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share')
  const shared = (env['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share').split(':')
  return [own, ...shared].map((folder) => join(folder, 'applications'))
}

/** The keys of the first group, which describes the app; later groups are its actions. */
function readEntry(text: string): Map<string, string> {
  const [, first = ''] = text.split(/^\[.*\]$/m)
  return new Map(
    first.split('\n').flatMap((line) => {
      const at = line.indexOf('=')
      return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const] : []
    }),
  )
}

/** Null when the program can't be started. */
function exitOf(program: string, given: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, given, { stdio: 'ignore', shell: false, env: childEnvironment(env, 'desktop') })
    child.once('error', () => resolve(null))
    child.once('exit', resolve)
  })
}
