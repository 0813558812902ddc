// Processes of our own beside main: where their entry is and how they are started. In development the entries are
// TypeScript sources run through tsx; in a build they are the bundled files beside this one.
import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { childEnvironment, type ChildKind } from './child-environment.ts'

export type ChildEntry = 'engine' | 'audio-host' | 'hearing' | 'talk-key-host' | 'worker'

const sources: Record<ChildEntry, string> = {
  engine: '../engine/index.ts',
  'audio-host': './audio/host.ts',
  hearing: './audio/hearing-host.ts',
  'talk-key-host': './shell/talk-key-host.ts',
  worker: './agent/work/worker.ts',
}

const kinds: Record<ChildEntry, ChildKind> = {
  engine: 'program',
  'audio-host': 'sound',
  hearing: 'nothing',
  'talk-key-host': 'desktop',
  worker: 'nothing',
}

/** @param besides what this one is told in particular */
export function entryEnvironment(entry: ChildEntry, besides: Record<string, string>): Record<string, string> {
  return childEnvironment(process.env, kinds[entry], besides)
}

/**
 * The file to start for an entry. Beside sources, `PARLEY_ENTRIES` may name a folder of bundled ones that are as new: a process
 * that is read through the loader takes three times as long to start, and a run of the tests starts hundreds.
 */
export function entryPath(entry: ChildEntry): string {
  const source = fileURLToPath(new URL(sources[entry], import.meta.url))
  if (!existsSync(source)) return fileURLToPath(new URL(`./${entry}.js`, import.meta.url))
  const { PARLEY_ENTRIES: bundled } = process.env
  return bundled ? join(bundled, `${entry}.js`) : source
}

/** Starts an entry with a message channel. Libraries print to stdout, and ALSA to stderr: neither is for a person. */
export function forkEntry(entry: ChildEntry, env: Record<string, string>): ChildProcess {
  const path = entryPath(entry)
  return fork(path, [], {
    env: entryEnvironment(entry, env),
    execArgv: path.endsWith('.ts') ? ['--import', typescriptLoader()] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', entry === 'audio-host' ? 'ignore' : 'inherit', 'ipc'],
  })
}

/** A process as those see it that talk to it, whether plain Node or Electron has started it. */
export interface ChildFace<To, From> {
  post(message: To): void
  onMessage(listen: (message: From) => void): void
  /** Once, whether it never started, crashed or was killed. */
  onExit(listen: () => void): void
  /** At once and for certain. */
  kill(): void
}

export function faceOf<To extends object, From>(child: ChildProcess): ChildFace<To, From> {
  return {
    post(message) {
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listen) => void child.on('message', (message) => listen(message as From)),
    onExit(listen) {
      child.once('error', listen)
      child.once('exit', listen)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** By its own address: `--import tsx` would be looked for from the working folder. */
export function typescriptLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
}
