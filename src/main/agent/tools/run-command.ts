// Runs one program in a granted folder: no shell, a clean environment, bounded output, and an end for all that it started. Which
// file the program is was looked up and shown; if it is another by then, nothing runs.
import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { commandLimits } from '../../../core/agent/limits.ts'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import { childEnvironment } from '../../child-environment.ts'
import type { Clock } from '../../ports.ts'
import { faultOf } from '../../store/store-error.ts'
import { createEnclosure, type Enclosure } from '../enclosure.ts'
import { isInside, type Grants, type Place } from '../grants.ts'
import { findProgram, searchPath, type Program } from '../program.ts'
import { defineTool, OutcomeUnknown, ownFact, ToolError, type Tool, type ToolOutput } from '../tool.ts'

export interface RunCommandOpts {
  grants: Grants
  clock: Clock
  env: NodeJS.ProcessEnv
  /** In place of the system's best way to end all that a program started. */
  enclose?: () => Enclosure
}

interface Settled {
  place: Place
  folder: { dev: number; ino: number }
  program: Program
  /** It lies where tools can write. */
  isGranted: boolean
}

export function createRunCommand(opts: RunCommandOpts): Tool {
  const { grants, env } = opts
  const find = (program: string, place: Place): Promise<Program> =>
    findProgram(program, { folder: place.path, path: env['PATH'] })

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
    describe: ({ program }) => wording('step.runCommand', { name: plainWords(program, 60) }),
    async settle({ folder: named, program: name }): Promise<Settled> {
      const place = await grants.find(named)
      if (place.kind !== 'folder') throw new ToolError(`${plainWords(place.shown)} is not a folder.`)
      const folder = await grants.hold(place)
      try {
        const program = await find(name, place)
        const isGranted = (await grants.list()).some(({ path }) => isInside(path, program.path))
        return { place, folder: { dev: folder.dev, ino: folder.ino }, program, isGranted }
      } finally {
        await folder.close()
      }
    },
    question: ({ program, arguments: given = [] }, { place }) =>
      wording('ask.runCommand', {
        words: plainWords([program, ...given].join(' '), 400),
        place: plainWords(place.shown, 80),
      }),
    facts: ({ place, program, isGranted }) => [
      { name: 'Program', value: program.path },
      { name: 'Folder', value: place.path },
      ...(isGranted ? [ownFact('Take care', wording('fact.is.writable'))] : []),
    ],
    identity: ({ folder, program }) => ({ folder, program }),
    async run({ program: name, arguments: given = [] }, { settled, signal }) {
      const { place, program } = settled
      const folder = await grants.hold(place)
      try {
        if (folder.dev !== settled.folder.dev || folder.ino !== settled.folder.ino)
          throw new ToolError(`${plainWords(place.shown)} was moved meanwhile. Nothing was run.`)
        if (!isDeepStrictEqual(await find(name, place), program))
          throw new ToolError(`“${plainWords(name)}” is another program by now. Nothing was run.`)
        return await runProgram({ ...opts, program, given, name, cwd: folder.self() }, signal)
      } finally {
        await folder.close()
      }
    },
  })
}

function cleaned(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return childEnvironment(env, 'program', { PATH: searchPath(env['PATH']).join(delimiter), TERM: 'dumb' })
}

interface Run {
  program: Program
  /** As it was asked for. */
  name: string
  given: readonly string[]
  cwd: string
  env: NodeJS.ProcessEnv
  clock: Clock
  enclose?: () => Enclosure
}

function runProgram(
  { program, name, given, cwd, env, clock, enclose = createEnclosure }: Run,
  signal: AbortSignal,
): Promise<ToolOutput> {
  return new Promise((resolve, reject) => {
    const enclosure = enclose()
    // A session of its own: no terminal, and a group that ends with it.
    const child = spawn(program.path, given, {
      cwd,
      env: { ...cleaned(env), ...enclosure.env },
      argv0: program.found,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    })
    if (child.pid !== undefined) enclosure.enter(child.pid)
    const printed: Buffer[] = []
    let bytes = 0
    const take = (chunk: Buffer): void => {
      if (bytes < commandLimits.keptBytes) printed.push(chunk)
      bytes += chunk.length
      if (bytes > commandLimits.printedBytes) stop()
    }
    let ending: Promise<void> = Promise.resolve()
    const stop = (): void => {
      ending = enclosure.end()
      closePipes()
    }
    const closePipes = (): void => {
      child.stdout.destroy()
      child.stderr.destroy()
    }
    let undoDrain = (): void => undefined
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', (error) => {
      signal.removeEventListener('abort', stop)
      void enclosure.end()
      reject(new ToolError(`“${plainWords(name)}” can’t be started (${faultOf(error)}).`))
    })
    child.once('exit', () => {
      ending = enclosure.end()
      // Who has escaped all the same must not keep the call open through its pipes.
      undoDrain = clock.after(commandLimits.drainMs, closePipes)
    })
    child.once('close', (code, killedBy) => {
      undoDrain()
      signal.removeEventListener('abort', stop)
      void ending.then(() => {
        if (signal.aborted)
          return reject(new OutcomeUnknown('The program was stopped; what it had done by then is done.'))
        const text = Buffer.concat(printed).subarray(0, commandLimits.keptBytes).toString('utf8')
        return resolve({ text: `${howOf(bytes, code, killedBy)}\n${text}`, untrusted: `the program ${name}` })
      })
    })
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
}

function howOf(bytes: number, code: number | null, killedBy: string | null): string {
  if (bytes > commandLimits.printedBytes) return `ended, since it printed more than ${commandLimits.printedBytes} bytes`
  return code === null ? `ended by ${killedBy ?? 'a signal'}` : `exit code ${code}`
}
