// One private virtual sound card for a run of the sound tests: PulseAudio without hardware, in a folder of its own.
// The tests and the processes that they start find it through the environment.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const script = fileURLToPath(new URL('./virtual-audio.sh', import.meta.url))
const run = promisify(execFile)

/** The run's start and, returned, its end; called by vitest (globalSetup). */
export function setup(): () => void {
  const given = process.env['VA_DIR']
  // A socket's path may have no more than 107 characters.
  const folder = given ?? mkdtempSync(join(tmpdir(), 'parley-sound-'))
  process.env['VA_DIR'] = folder
  try {
    execFileSync('bash', [script, 'start'], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 })
  } catch (error) {
    const said = (error as { stderr?: Buffer }).stderr?.toString().trim() ?? String(error)
    throw new Error(`The virtual sound card of the tests does not start. ${said}`, { cause: error })
  }
  const exported = execFileSync('bash', [script, 'env'], { encoding: 'utf8' })
  for (const [, name, value] of exported.matchAll(/(\w+)=(\S+)/g)) if (name) process.env[name] = value
  return () => {
    // A card that was given stays: somebody else may be listening.
    if (given !== undefined) return
    execFileSync('bash', [script, 'stop'], { stdio: 'ignore' })
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One of the script's other verbs, e.g. `soundCard('stop')`. */
export async function soundCard(...verb: string[]): Promise<void> {
  await run('bash', [script, ...verb])
}
