// Where Parley keeps what is said: one folder of the person's own, named by PARLEY_HOME or by the system's custom.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @param env the process's environment */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (env['PARLEY_HOME']) return env['PARLEY_HOME']
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Parley')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Parley')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'parley')
}

/** The speech models, placed by scripts/models.mjs. In a package native code reads them, so they lie beside the archive. */
export const modelsFolder = fileURLToPath(new URL('../../resources/models/', import.meta.url)).replace(
  /\bapp\.asar\b/,
  'app.asar.unpacked',
)
