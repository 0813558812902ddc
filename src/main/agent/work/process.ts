// The worker process as main sees it, here as a child of plain Node. Whoever runs inside Electron starts it as a utilityProcess
// behind the same face. It inherits nothing of main's environment.
import { fork } from 'node:child_process'
import { workLimits } from '../../../core/agent/limits.ts'
import { entryPath, faceOf, typescriptLoader, type ChildFace } from '../../child.ts'
import type { AnsweredJob, AskedJob } from './jobs.ts'

export interface WorkProcess extends ChildFace<AskedJob, AnsweredJob> {
  readonly pid: number | undefined
}

export type StartWork = () => WorkProcess

export const workFlags = [`--max-old-space-size=${workLimits.heapMb}`]

export function forkWork(): WorkProcess {
  const path = entryPath('worker')
  const child = fork(path, [], {
    env: {},
    execArgv: path.endsWith('.ts') ? [...workFlags, '--import', typescriptLoader()] : workFlags,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // Nobody waits for it at the end.
  child.unref()
  child.channel?.unref()
  return { pid: child.pid, ...faceOf<AskedJob, AnsweredJob>(child) }
}
