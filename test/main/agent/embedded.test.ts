// The agent on the embedded engine: a real server with the service's own rules, whose mind says what the test wants.
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Ask, Thought } from '../../../src/engine/ports.ts'
import { createMovableClock, systemClock as engineClock } from '../../../src/engine/clock.ts'
import type { AgentConfig } from '../../../src/core/agent/request.ts'
import { openTaskLog } from '../../../src/main/agent/task-log.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { agentRequest } from '../../../src/main/net/endpoint.ts'
import { joinAgent, linesOf, whenEnded, type AgentParts } from '../../support/agent-line.ts'
import type { RunningAgent } from '../../../src/main/agent/agent.ts'
import { createMemoryRecord } from '../../support/memory-record.ts'
import { tokenForTests } from '../../support/realtime-client.ts'
import { startScriptedEngine } from '../../support/scripted-engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { join } from 'node:path'

/** Counts to the number in the request, one call after the other. */
function* count({ memos }: Ask): Iterable<Thought> {
  const asked = memos.find((memo) => memo.type === 'message' && memo.role === 'user')
  const [, name = '', wanted = '0'] = /(\w+): (\d+)/.exec(asked?.type === 'message' ? asked.text : '') ?? []
  const done = memos.filter(({ type }) => type === 'result').length
  if (name === 'refuse') yield { type: 'refusal', text: 'I count, and nothing else.' }
  else if (done < Number(wanted))
    yield { type: 'call', name: 'append', arguments: JSON.stringify({ line: `${name} ${done + 1}` }) }
  else yield { type: 'text', text: `${name} has ${done}` }
}

async function start(parts: AgentParts = {}): Promise<{
  agent: RunningAgent
  clock: ReturnType<typeof createMovableClock>
  effects: () => string[]
  folder: string
  run: (request: string) => Promise<{ state: string; result: string }>
}> {
  const clock = createMovableClock(engineClock)
  const engine = await startScriptedEngine({ answer: count, clock })
  const folder = temporaryFolder()
  const agent = joinAgent('', folder, createMemoryRecord(), {
    request: () => Promise.resolve(agentRequest({ baseUrl: engine.url, key: tokenForTests })),
    config: (): AgentConfig => ({ model: 'parley-embedded', instructions: 'Count.', compactAtTokens: 100_000 }),
    ...parts,
  })
  onTestFinished(() => agent.stop())
  return {
    agent,
    clock,
    folder,
    effects: () => linesOf(join(folder, 'effects')),
    run: (request) => whenEnded(agent, agent.begin({ request, context: '' })),
  }
}

describe('on the embedded engine', () => {
  it('[G1] a loop of 20 calls is done over one socket, warmed before', async () => {
    const line = await start()
    line.agent.warm()
    expect(await line.run('one: 20')).toMatchObject({ state: 'done', result: 'one has 20' })
    expect(line.effects()).toEqual(Array.from({ length: 20 }, (_, at) => `one ${at + 1}`))
    expect(line.agent.connections.counts()).toMatchObject({ connections: 1, route: 'sockets', stray: 0, broken: 0 })
  })

  it('[N36] what it refuses has failed, in its own words', async () => {
    const line = await start()
    expect(await line.run('refuse: 1')).toMatchObject({ state: 'failed', result: 'I count, and nothing else.' })
    expect(line.effects()).toEqual([])
  })

  it('[G8] its lanes are found by trying, and six tasks share one connection', async () => {
    const line = await start()
    await line.run('first: 1')
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const ended = await Promise.all(names.map((name) => line.run(`${name}: 4`)))
    expect(ended.map(({ result }) => result)).toEqual(names.map((name) => `${name} has 4`))
    expect(line.effects()).toHaveLength(25)
    expect(line.agent.connections.counts()).toMatchObject({ connections: 1, stray: 0, broken: 0 })
  })

  it('[G9] its hour between two tasks is nobody’s loss', async () => {
    const line = await start()
    await line.run('one: 2')
    line.clock.move(61 * 60_000)
    expect(await line.run('two: 2')).toMatchObject({ state: 'done', result: 'two has 2' })
  })

  it('[G10] over HTTP the same is done', async () => {
    const line = await start({
      openSocket(_, events) {
        queueMicrotask(() => events.closed({ code: 1006, reason: '', status: 426 }))
        return {
          send: () => false,
          bufferedBytes: () => 0,
          ping: () => undefined,
          close: () => undefined,
          terminate: () => undefined,
        }
      },
    })
    expect(await line.run('one: 5')).toMatchObject({ state: 'done', result: 'one has 5' })
    expect(line.agent.connections.counts().route).toBe('http')
  })

  it('[G11] it compacts, by itself and when it is asked to, and the count goes on', async () => {
    const config = (): AgentConfig => ({ model: 'parley-embedded', instructions: 'Count.', compactAtTokens: 150 })
    const line = await start({ config })
    const id = line.agent.begin({ request: 'one: 12', context: '' })
    expect(await whenEnded(line.agent, id)).toMatchObject({ state: 'done' })
    expect(line.effects()).toEqual(Array.from({ length: 12 }, (_, at) => `one ${at + 1}`))
    const log = await openTaskLog(diskFiles, join(line.folder, 'tasks'), id)
    const kinds = log.entries().flatMap((entry) => ('items' in entry ? entry.items.map(({ type }) => type) : []))
    expect(kinds).toContain('compaction')
    await log.close()
  })
})
