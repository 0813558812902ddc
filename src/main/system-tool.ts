// Asks a small program of the system, as those of the sound server, about sound: in English, within a time, and with the
// environment that it needs to find the person's session.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { childEnvironment } from './child-environment.ts'

const run = promisify(execFile)

/** @returns what it printed. Rejects when it is not there, fails or takes longer. */
export async function askSystemTool(program: string, args: readonly string[], withinMs: number): Promise<string> {
  const env = childEnvironment(process.env, 'sound', { LC_ALL: 'C' })
  return (await run(program, args, { env, timeout: withinMs })).stdout
}
