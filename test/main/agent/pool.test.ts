// Several tasks at once: which connections and lanes they get, and that none gets another's answer.
import { describe, expect, it } from 'vitest'
import { poolFigures } from '../../../src/core/agent/policy.ts'
import type { Item } from '../../../src/core/agent/item.ts'
import { startAgentLine, whenTask } from '../../support/agent-line.ts'
import { until } from '../../support/watched-sockets.ts'
import { call, outputsIn, say } from '../../support/scripted-mind-of-tasks.ts'

/** Three calls that name the task, then an answer that does. */
function mindOf(context: readonly Item[]): Item[] {
  const task = /task \d+/.exec(JSON.stringify(context[0]))?.[0] ?? ''
  const done = outputsIn(context)
  if (done.length < 3) return [call(`call_${done.length}`, 'append', { line: `${task}, ${done.length}` })]
  return [say(`${task}: ${done.every((output) => output.includes(task)) ? 'all mine' : done.join()}`)]
}

function checkAll(results: readonly { result: string; state: string }[]): void {
  expect(results.map(({ result }) => result)).toEqual(results.map((_, at) => `task ${at + 1}: all mine`))
}

describe('several tasks', () => {
  it.each([
    ['one connection', 'offered', 1],
    ['four connections and no more', 'ignored', 4],
    ['four connections and no more', 'refused', 4],
  ] as const)('[G8] run over %s where lanes are %s', async (_, lanes, most) => {
    let open = 0
    const line = await startAgentLine({
      lanes,
      mind(context) {
        open = Math.max(open, line.server.open())
        return mindOf(context)
      },
    })
    // The first task finds out whether there are lanes.
    await line.run('task 0')
    const tasks = [1, 2, 3, 4, 5, 6].map((n) => line.agent.begin({ request: `task ${n}`, context: '' }))
    checkAll(await Promise.all(tasks.map((task) => line.ended(task))))
    expect(line.effects()).toHaveLength(21)
    expect(new Set(line.effects()).size).toBe(21)
    expect(open).toBe(most)
  })

  it('[G8] a lane is taken for granted by no one: before the first answer each task has its own connection', async () => {
    const line = await startAgentLine({ lanes: 'offered', mind: mindOf })
    const tasks = [1, 2, 3, 4, 5, 6].map((n) => line.agent.begin({ request: `task ${n}`, context: '' }))
    checkAll(await Promise.all(tasks.map((task) => line.ended(task))))
    expect(line.server.attempts()).toBeLessThanOrEqual(poolFigures.mostConnections)
  })

  it('[G3] one is cancelled at once while another goes on; its tail is nobody’s', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const line = await startAgentLine({
      lanes: 'offered',
      async mind(context, { number }) {
        if (number === 5) await held
        return mindOf(context)
      },
    })
    await line.run('task 0')
    const first = line.agent.begin({ request: 'task 1', context: '' })
    await line.server.request(5)
    const second = line.agent.begin({ request: 'task 2', context: '' })
    await line.server.request(6)
    line.agent.cancel(first)
    expect(await line.ended(first)).toMatchObject({ state: 'cancelled' })
    expect(await line.ended(second)).toMatchObject({ state: 'done', result: 'task 2: all mine' })
    // The lane of the first is taken until its tail has passed.
    expect(await line.run('task 3')).toMatchObject({ result: 'task 3: all mine' })
    release()
    expect(await line.run('task 4')).toMatchObject({ result: 'task 4: all mine' })
    expect(line.effects().filter((effect) => effect.startsWith('task 1'))).toEqual([])
  })

  it('[G3] a cancelled task goes on from where it stands when it is tried again', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const line = await startAgentLine({
      async mind(context, { number }) {
        if (number === 3) await held
        return mindOf(context)
      },
    })
    const task = line.agent.begin({ request: 'task 1', context: '' })
    await line.server.request(3)
    line.agent.cancel(task)
    await line.ended(task)
    release()
    line.agent.retry(task)
    await whenTask(line.agent, task, ({ state }) => state === 'done')
    expect(line.effects()).toEqual(['task 1, 0', 'task 1, 1', 'task 1, 2'])
  })
})

describe('a connection', () => {
  it('[G9] whose warm-up is under way is waited for, not passed by', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const line = await startAgentLine({ mind: mindOf, warm: () => held })
    line.agent.warm()
    await until(() => line.server.warmUps.length === 1)
    const task = line.agent.begin({ request: 'task 1', context: '' })
    await until(() => line.agent.connections.counts().seats === 1)
    release()
    await line.ended(task)
    expect(line.server.attempts()).toBe(1)
    expect(line.server.requests[0]!.body.previous_response_id).not.toBeNull()
  })

  it('[G9] is warmed with instructions and tools ahead of the first request, which goes on from there', async () => {
    const line = await startAgentLine({ lanes: 'offered', mind: mindOf })
    line.agent.warm()
    expect(await line.run('task 1')).toMatchObject({ result: 'task 1: all mine' })
    expect(line.server.warmUps).toHaveLength(1)
    expect(line.server.warmUps[0]).toMatchObject({ generate: false, instructions: 'Do what is asked.', input: [] })
    expect(line.server.requests[0]!.body.previous_response_id).not.toBeNull()
    expect(line.server.attempts()).toBe(1)
    // The next chain starts anew: the connection holds another's state.
    await line.run('task 2')
    expect(line.server.requests[4]!.body.previous_response_id).toBeNull()
  })
})
