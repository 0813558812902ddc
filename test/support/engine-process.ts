// The real engine in a process of its own, as the app starts it: real hearing, real voice, real mind.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EngineReport } from '../../src/engine/index.ts'
import { entryPath } from '../../src/main/child.ts'
import { ensureModels } from '../../scripts/models.mjs'
import { tokenForTests } from './realtime-client.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface EngineProcess {
  url: string
  child: ChildProcess
  moveClock(byMs: number): void
  stop(): Promise<void>
}

export async function startEngineProcess(args: string[] = []): Promise<EngineProcess> {
  await ensureModels({ packagesDir: `${root}/node_modules`, targetDir: `${root}/resources/models` })
  const entry = entryPath('engine')
  const child = fork(entry, ['--test-clock', ...args], {
    execArgv: entry.endsWith('.ts') ? ['--import', 'tsx'] : [],
    env: { ...process.env, PARLEY_ENGINE_TOKEN: tokenForTests, PARLEY_ENGINE_DATA: '' },
  })
  const [report] = (await once(child, 'message')) as [EngineReport]
  if (report.type !== 'ready') throw new Error(report.type === 'failed' ? report.message : 'It told of a model first.')
  return {
    url: report.url,
    child,
    moveClock: (byMs) => child.send({ type: 'move-clock', byMs }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
