// Runs one program in a granted folder: no shell, a clean environment, bounded output, and an end for all that it started.
import { spawn, type ChildProcess } from 'node:child_process'
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import { childEnvironment } from '../../child-environment.ts'
import { faultOf } from '../../store/store-error.ts'
import type { Grants } from '../grants.ts'
import { defineTool, OutcomeUnknown, ToolError, type Tool, type ToolOutput } from '../tool.ts'

const maxOutputBytes = 64 * 1024

export function createRunCommand({ grants, env }: { grants: Grants; env: NodeJS.ProcessEnv }): Tool {
  return defineTool({
    name: 'run_command',
    description: 'Runs a program with arguments in a granted folder, without a shell, and gives what it printed.',
    risk: 'runs',
    asks: 'always',
    schema: z.strictObject({
      folder: z.string().max(4_096),
      program: z.string().trim().min(1).max(1_024),
      arguments: z.array(z.string().max(32_768)).max(256).optional(),
    }),
    describe: ({ program }) => `Running ${plainWords(program, 60)}`,
    async question({ folder, program, arguments: given = [] }) {
      const { shown } = await grants.find(folder)
      return `Run “${plainWords([program, ...given].join(' '), 400)}” in ${plainWords(shown, 80)}?`
    },
    async run({ folder, program, arguments: given = [] }, signal) {
      const place = await grants.find(folder)
      if (place.kind !== 'folder') throw new ToolError(`${place.shown} is not a folder.`)
      return runProgram(
        program,
        given,
        { cwd: place.path, env: childEnvironment(env, 'program', { TERM: 'dumb' }) },
        signal,
      )
    },
  })
}

function runProgram(
  program: string,
  given: readonly string[],
  where: { cwd: string; env: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Promise<ToolOutput> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it starts in turn ends with it.
    const child = spawn(program, given, {
      ...where,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    })
    const printed: Buffer[] = []
    let bytes = 0
    const take = (chunk: Buffer): void => {
      if (bytes < maxOutputBytes) printed.push(chunk)
      bytes += chunk.length
    }
    const stop = (): void => killGroup(child)
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', (error) => {
      signal.removeEventListener('abort', stop)
      reject(new ToolError(`“${program}” can’t be started (${faultOf(error)}).`))
    })
    // What it left running in its group would outlive the answer, and keep its output open.
    child.once('exit', () => killGroup(child))
    child.once('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted)
        return reject(new OutcomeUnknown('The program was stopped; what it had done by then is done.'))
      const text = Buffer.concat(printed).subarray(0, maxOutputBytes).toString('utf8')
      const how = code === null ? `ended by ${killedBy ?? 'a signal'}` : `exit code ${code}`
      resolve({ text: `${how}\n${text}`, untrusted: `the program ${program}` })
    })
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' })
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it is gone.
  }
}
