// The life of the agent's connections: hand-over between turns, the end of the hour, idleness, no way through.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agentPolicy, answerSilentMs, poolFigures } from '../../../src/core/agent/policy.ts'
import { defineTool } from '../../../src/main/agent/tool.ts'
import { startAgentLine, whenTask } from '../../support/agent-line.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { createWatchedSockets, until } from '../../support/watched-sockets.ts'
import { wording } from '../../../src/core/language/wording.ts'

/** The hour in 20 s: due at 8 s, at the latest at 18 s. */
const policy = {
  ...agentPolicy,
  sessionMs: 20_000,
  handOverBeforeEndMs: 12_000,
  handOverLatestBeforeEndMs: 2_000,
  settledAfterMs: 0,
}

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

describe('a connection’s hour', () => {
  it('[G9] is handed over while a tool runs; the chain is told anew on the next socket', async () => {
    const clock = createStillClock()
    const sockets = createWatchedSockets()
    const tool = gate()
    const slow = defineTool({
      name: 'append',
      description: '',
      risk: 'reads',
      asks: 'never',
      schema: z.object({ line: z.string() }),
      describe: () => wording('step.using', { name: 'a wait' }),
      run: () => tool.opened.then(() => ({ text: 'done', untrusted: null })),
    })
    const parts = { clock, policy, openSocket: sockets.openSocket, tools: [slow] }
    const line = await startAgentLine({ mind: countTo(2) }, parts)
    const task = line.agent.begin({ request: 'Wait twice.', context: '' })
    await whenTask(line.agent, task, ({ steps }) => steps.some(({ state }) => state === 'running'))
    await sockets.pass(clock, 8_000)
    await until(() => line.server.attempts() === 2 && line.server.open() === 1)
    tool.open()
    expect(await line.ended(task)).toMatchObject({ state: 'done', result: '2 done' })
    expect(line.server.requests.map(({ connection }) => connection)).toEqual([1, 2, 2])
    expect(line.server.requests[1]!.body.previous_response_id).toBeNull()
    expect(line.server.requests[1]!.body.input).toHaveLength(3)
    expect(line.server.requests[2]!.body.input).toHaveLength(1)
  })

  it('[G9] that is handed over in the middle of a request, at the latest, answers it before it goes', async () => {
    const clock = createStillClock()
    const sockets = createWatchedSockets()
    const mind = gate()
    const line = await startAgentLine(
      {
        async mind(context, { number }) {
          if (number === 2) await mind.opened
          return countTo(3)(context)
        },
      },
      { clock, policy, openSocket: sockets.openSocket },
    )
    const task = line.agent.begin({ request: 'Append three lines.', context: '' })
    await line.server.request(2)
    await sockets.pass(clock, 18_000)
    // The next socket carries what is new; the old one still owes an answer.
    await until(() => line.agent.connections.phases().some((phase) => phase.type === 'live' && phase.socket === 2))
    expect(line.server.open()).toBe(2)
    mind.open()
    expect(await line.ended(task)).toMatchObject({ state: 'done', result: '3 done' })
    expect(line.server.requests.map(({ connection }) => connection)).toEqual([1, 1, 2, 2])
    expect(line.effects()).toEqual(['line 1', 'line 2', 'line 3'])
    await until(() => line.server.open() === 1)
  })

  it.each([1000, 1006] as const)('[G9] that the server ends (close %i) costs no try', async (closeCode) => {
    const line = await startAgentLine({
      mind: countTo(4),
      fate({ number }) {
        if (number === 3) return { type: 'limit', closeCode }
        // What would be the second failure if the first had counted.
        if (number === 4) return { type: 'error', shape: 'envelope', status: 500, code: 'server_error' }
        return { type: 'answer' }
      },
    })
    expect(await line.run('Append four lines.')).toMatchObject({ state: 'done', result: '4 done' })
    expect(line.effects()).toHaveLength(4)
    // Nothing was run, so nothing is said to be unknown.
    expect(JSON.stringify(line.server.requests[3]!.body.input)).not.toContain('connection was lost')
  })

  it('[G9] an unused connection is closed', async () => {
    const clock = createStillClock()
    const sockets = createWatchedSockets()
    const figures = { ...poolFigures, idleMs: 5_000 }
    const line = await startAgentLine({ mind: countTo(1) }, { clock, figures, openSocket: sockets.openSocket })
    await line.run('Append a line.')
    expect(line.server.open()).toBe(1)
    await sockets.pass(clock, 4_750)
    expect(line.agent.connections.counts().connections).toBe(1)
    await sockets.pass(clock, 250)
    await until(() => line.server.open() === 0)
    expect((await line.run('Append a line.')).state).toBe('done')
  })

  it('[G7] a server that falls silent in the middle of an answer is lost, though it still answers pings', async () => {
    const clock = createStillClock()
    const sockets = createWatchedSockets()
    const never = new Promise<never>(() => undefined)
    const line = await startAgentLine(
      { mind: (context, { number }) => (number === 2 ? never : countTo(2)(context)) },
      { clock, openSocket: sockets.openSocket },
    )
    const task = line.agent.begin({ request: 'Append two lines.', context: '' })
    await line.server.request(2)
    await sockets.pass(clock, answerSilentMs)
    expect(await line.ended(task)).toMatchObject({ state: 'done', result: '2 done' })
    expect(line.effects()).toEqual(['line 1', 'line 2'])
  })

  it('[G9] that is lost while nobody uses it is not sought again until somebody does', async () => {
    const line = await startAgentLine({ mind: countTo(1) })
    await line.run('Append a line.')
    line.server.cutAll()
    await until(() => line.agent.connections.counts().connections === 0)
    expect(line.server.attempts()).toBe(1)
    expect((await line.run('Append a line.')).state).toBe('done')
    expect(line.server.attempts()).toBe(2)
  })

  it('[G5] without a way through the task is a draft that says why, and is done once there is one', async () => {
    let refuses = true
    const clock = createStillClock()
    const line = await startAgentLine(
      { mind: countTo(1), refuse: () => (refuses ? 503 : null) },
      { clock, figures: { ...poolFigures, refusedUpgrades: 1_000 } },
    )
    const task = line.agent.begin({ request: 'Append a line.', context: '' })
    await until(() => line.agent.connections.phases().some(({ type }) => type === 'waiting'))
    clock.pass(poolFigures.connectWithinMs)
    expect(await line.ended(task)).toMatchObject({ state: 'draft', result: expect.stringContaining('503') as string })
    refuses = false
    line.agent.retry(task)
    let state = ''
    void line.ended(task).then((view) => (state = view.state))
    await until(() => {
      clock.pass(10)
      return state !== ''
    })
    expect(state).toBe('done')
  })
})
