// What a person sees of a task, from its beginning to its end.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { TaskView } from '../../../src/core/agent/task.ts'
import { defineTool } from '../../../src/main/agent/tool.ts'
import { joinAgent, linesOf, startAgentLine, whenEnded, whenTask } from '../../support/agent-line.ts'
import { damageSecondAnswer } from '../../support/damaged-task-log.ts'
import { createMemoryRecord } from '../../support/memory-record.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'
import { createScriptedResponses } from '../../support/scripted-responses.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { wording } from '../../../src/core/language/wording.ts'

describe('a task', () => {
  it('[G15] is told step by step, with what it has cost', async () => {
    const line = await startAgentLine({ mind: countTo(2) })
    const seen: TaskView[] = []
    line.agent.onTask((task) => seen.push(task))
    const task = await line.run('Append two lines.')
    const steps = seen.map(({ steps: all }) => all.map(({ state }) => state).join(' '))
    for (const moment of ['', 'asked', 'running', 'ended', 'ended asked', 'ended running', 'ended ended'])
      expect(steps).toContain(moment)
    expect(task.steps.map(({ text }) => text)).toEqual(['Using line 1', 'Using line 2'])
    expect(task.tokens).toBe(3 * 110)
    const { tasks, usage } = line.record.conversation()
    expect(tasks).toMatchObject([{ state: 'done', result: '2 done', tokens: 330 }])
    expect(usage).toMatchObject({ inputTextTokens: 300, cachedTokens: 120, outputTextTokens: 30 })
    const spent = line.record.changes.filter((change) => change.type === 'tokens-used')
    expect(spent.map(({ model, task: of }) => [model, of])).toEqual(Array(3).fill(['test', task.id]))
  })

  it('[G15] that waits for the person is shown as asking, and goes on with the answer', async () => {
    const asking = defineTool({
      name: 'append',
      description: '',
      risk: 'changes',
      asks: 'always',
      schema: z.object({ line: z.string() }),
      describe: ({ line }) => wording('step.using', { name: line }),
      run: () => Promise.resolve({ text: 'ok', untrusted: null }),
    })
    const line = await startAgentLine({ mind: countTo(1) }, { tools: [asking] })
    const task = line.agent.begin({ request: 'Append a line.', context: '' })
    await whenTask(line.agent, task, ({ state }) => state === 'asking')
    line.agent.cancel(task)
    expect(await line.ended(task)).toMatchObject({ state: 'cancelled', steps: [{ state: 'cancelled' }] })
  })

  it('[G15] is a draft when Parley is closed, and is gone on with after a restart', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const folder = temporaryFolder()
    const server = await createScriptedResponses({
      async mind(context, { number }) {
        if (number === 3) await held
        return countTo(4)(context)
      },
    })
    const record = createMemoryRecord()
    const first = joinAgent(server.url, folder, record)
    const task = first.begin({ request: 'Append four lines.', context: 'They said hello.' })
    await server.request(3)
    await first.stop()
    release()
    expect(record.conversation().tasks).toMatchObject([{ state: 'draft' }])
    const second = joinAgent(server.url, folder, record)
    await second.settled
    expect(second.tasks()).toMatchObject([
      { id: task, state: 'draft', request: 'Append four lines.', steps: [{ state: 'ended' }, { state: 'ended' }] },
    ])
    second.retry(task)
    expect(await whenEnded(second, task)).toMatchObject({ state: 'done', result: '4 done' })
    expect(linesOf(join(folder, 'effects'))).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    expect(server.requests[3]!.context[0]).toEqual(server.requests[0]!.context[0])
    await second.stop()
    await server.close()
  })

  it('[G2] whose log was damaged in its middle goes on from the last whole step', async () => {
    let failing = true
    const folder = temporaryFolder()
    const server = await createScriptedResponses({
      mind: countTo(3),
      fate: ({ number }) =>
        failing && number >= 3 ? { type: 'error', shape: 'flat', status: 500, code: 'x' } : { type: 'answer' },
    })
    const record = createMemoryRecord()
    const first = joinAgent(server.url, folder, record)
    const task = first.begin({ request: 'Append three lines.', context: '' })
    await whenEnded(first, task)
    await first.stop()
    await damageSecondAnswer(join(folder, 'tasks', task))
    failing = false
    const second = joinAgent(server.url, folder, record)
    second.retry(task)
    // The second call had run; the model, told only of the first, asks for it anew, and is given what came of it.
    expect(await whenEnded(second, task)).toMatchObject({ state: 'done', result: '3 done' })
    expect(linesOf(join(folder, 'effects'))).toEqual(['line 1', 'line 2', 'line 3'])
    await second.stop()
    await server.close()
  })
})
