// Starting at login on Linux: a desktop entry in the person's autostart folder. macOS and Windows are asked by Electron.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @param env the process's environment */
export function autostartPath(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'autostart', 'parley.desktop')
}

/** @param command program and arguments */
export function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Parley',
    'Comment=A voice companion whose thread never breaks',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=parley',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * As the Desktop Entry Specification quotes arguments, and then values: % begins a field code, a backslash is escaped twice,
 * and a line's end would begin another key.
 */
function quoted(argument: string): string {
  const inQuotes = argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${inQuotes}"`
}

export async function setAutostart(opts: { on: boolean; path: string; command: readonly string[] }): Promise<void> {
  const { on, path, command } = opts
  if (!on) return rm(path, { force: true })
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, desktopEntry(command))
}
