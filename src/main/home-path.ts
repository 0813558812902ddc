// A path as a person types it: `~` is their own folder.
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @returns the path itself unless it begins with `~` alone or `~/` */
export function atHome(path: string, home: string = homedir()): string {
  if (path === '~') return home
  return /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path
}
