// The sound process, the engine and the key listener as Electron's utility processes: with the fuse runAsNode off there is no
// child_process.fork. They have the faces that the code above knows from plain Node.
import { utilityProcess, type UtilityProcess } from 'electron'
import { hostEnvironment, type HostProcess } from '../../audio/host-process.ts'
import { workFlags, type WorkProcess } from '../../agent/work/process.ts'
import type { AnsweredJob, AskedJob } from '../../agent/work/jobs.ts'
import type { HearingProcess } from '../../audio/hearing.ts'
import type { FromHost } from '../../audio/messages.ts'
import { entryEnvironment, entryPath, type ChildEntry, type ChildFace } from '../../child.ts'
import type { EngineProcess } from '../../net/embedded.ts'
import type { FromTalkKeyHost, TalkKeyProcess, ToTalkKeyHost } from '../talk-key-messages.ts'

/** What is printed by libraries is for nobody; the engine tells of its troubles on stderr. */
function fork(entry: ChildEntry, env: Record<string, string>, serviceName: string): UtilityProcess {
  const stdio = ['ignore', 'ignore', entry === 'engine' ? 'inherit' : 'ignore'] as ('ignore' | 'inherit')[]
  return utilityProcess.fork(entryPath(entry), [], { env: entryEnvironment(entry, env), serviceName, stdio })
}

/** `UtilityProcess.kill` asks politely; a process that hangs does not listen. */
function killNow(child: UtilityProcess): void {
  if (child.pid === undefined) return void child.once('spawn', () => killNow(child))
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

function faceOf<To, From>(child: UtilityProcess): ChildFace<To, From> {
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listen) => void child.on('message', listen),
    onExit: (listen) => void child.once('exit', listen),
    kill: () => killNow(child),
  }
}

export function startHostProcess(): HostProcess {
  const child = fork('audio-host', hostEnvironment, 'Parley sound')
  const exited = new Promise<string>((resolve) => child.once('exit', (code) => resolve(`code ${code}`)))
  return {
    get pid() {
      return child.pid
    },
    post: (message) => child.postMessage(message),
    onMessage(listen) {
      const hear = (message: unknown): void => listen(message as FromHost)
      child.on('message', hear)
      return () => void child.off('message', hear)
    },
    onExit(listen) {
      let isListening = true
      void exited.then((how) => isListening && listen(how))
      return () => {
        isListening = false
      }
    },
    kill: () => killNow(child),
  }
}

export function startEngineProcess(env: Record<string, string>): EngineProcess {
  const child = fork('engine', env, 'Parley voice engine')
  return {
    on(event: 'message' | 'exit', listen: (message: unknown) => void) {
      if (event === 'message') child.on('message', listen)
      else child.once('exit', listen)
    },
    kill(signal) {
      if (signal === 'SIGKILL') killNow(child)
      else child.kill()
      return true
    },
  }
}

export function startHearingProcess(): HearingProcess {
  return faceOf(fork('hearing', {}, 'Parley hearing'))
}

export function startTalkKeyProcess(): TalkKeyProcess {
  const { kill, ...face } = faceOf<ToTalkKeyHost, FromTalkKeyHost>(fork('talk-key-host', {}, 'Parley talk key'))
  return { ...face, stop: kill }
}

export function startWorkProcess(): WorkProcess {
  const options = { env: {}, execArgv: workFlags, serviceName: 'Parley worker', stdio: 'ignore' as const }
  const child = utilityProcess.fork(entryPath('worker'), [], options)
  return {
    get pid() {
      return child.pid
    },
    ...faceOf<AskedJob, AnsweredJob>(child),
  }
}
