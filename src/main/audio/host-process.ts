// The sound process (host.ts) as main sees it, here as a child of plain Node. Whoever runs inside Electron starts it as
// a utilityProcess behind the same interface.
import type { ChildProcess } from 'node:child_process'
import type { Undo } from '../../core/emitter.ts'
import { forkEntry } from '../child.ts'
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
export const hostEnvironment = { UV_THREADPOOL_SIZE: '8' }

export function forkHost(): HostProcess {
  return asHost(forkEntry('audio-host', hostEnvironment))
}

function asHost(child: ChildProcess): HostProcess {
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
