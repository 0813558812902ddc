// Starts the sound process (host.ts) as a child of plain Node. Whoever runs inside Electron starts it as a
// utilityProcess behind the same interface.
import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Undo } from '../../core/emitter.ts'
import type { FromHost, ToHost } from './messages.ts'

export interface HostProcess {
  post(message: ToHost): void
  onMessage(listen: (message: FromHost) => void): Undo
  /** Once, whether it never started, crashed or was killed. `how` is for the log. */
  onExit(listen: (how: string) => void): Undo
  /** At once and for certain, also when it hangs. */
  kill(): void
  readonly pid: number | undefined
}

export type StartHost = () => HostProcess

/** Every pending read and write blocks a thread of libuv's pool, which has four by default. */
const hostEnvironment = { UV_THREADPOOL_SIZE: '8' }

/** @param file the entry as it lies on disk: the source, or what it was built to */
export function forkHost(file: URL = new URL('./host.ts', import.meta.url)): HostProcess {
  const child = fork(fileURLToPath(file), [], {
    serialization: 'advanced',
    env: { ...process.env, ...hostEnvironment },
    // A debugger or a test runner's own flags are not for the child.
    execArgv: file.pathname.endsWith('.ts') ? ['--import', typescriptLoader()] : [],
    // The addon prints to stdout, ALSA to stderr; neither is for a person.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ignore = (): void => undefined
  const exited = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ?? `code ${code ?? 'unknown'}`))
  })
  return {
    pid: child.pid,
    post(message) {
      // Without the callback a message to a child that has just died is thrown; its exit is heard anyway.
      if (child.connected) child.send(message, ignore)
    },
    onMessage(listen) {
      const hear = (message: unknown): void => listen(message as FromHost)
      child.on('message', hear)
      return () => child.off('message', hear)
    },
    onExit(listen) {
      let isListening = true
      void exited.then((how) => isListening && listen(how))
      return () => {
        isListening = false
      }
    },
    kill() {
      child.kill('SIGKILL')
    },
  }
}

/** By its own address: `--import tsx` would be looked for from the working folder. */
function typescriptLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
}
