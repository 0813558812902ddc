// The limit of a day and a task that is at work when it is reached: one address for voice and agent, prices of one's own.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { askAgent, openAgentBehind } from '../../support/agent-behind.ts'
import { openApp, type OpenedApp } from '../../support/opened-app.ts'
import { call, outputsIn } from '../../support/scripted-mind-of-tasks.ts'
import type { ScriptedResponses } from '../../support/scripted-responses.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const limitReached = 'Today’s limit of $1.00 is used up. Raise it in the settings, or go on tomorrow.'
/** Forty cents for each of the agent's turns, which are of ten tokens; the third is above the limit of a dollar. */
const price = { inputText: 0, cachedText: 0, inputAudio: 0, cachedAudio: 0, outputText: 40_000, outputAudio: 0 }

async function startSpending(): Promise<OpenedApp & { agent: ScriptedResponses; service: ScriptedConnection }> {
  const steps = [
    call('call_1', 'calculate', { expression: '2 + 2' }),
    call('call_2', 'calculate', { expression: '4 * 3' }),
    call('call_3', 'add_note', { text: 'It is 12' }),
  ]
  const { agent, host, start } = await openAgentBehind(steps, 'Worked out and noted.', { dailyLimitUsd: 1 })
  const folder = temporaryFolder()
  const app = await openApp({
    folder,
    settings: start.settings ?? {},
    before: async (voiceHost) => {
      await start.before(voiceHost)
      const models = { [`${host}/scripted`]: price }
      await writeFile(join(folder, 'prices.json'), JSON.stringify({ dated: '2026-11-22', models }))
    },
  })
  return { ...app, agent, service: await app.live() }
}

it('[Y10] a task that meets the limit is a draft that says so; after a higher limit it goes on, and nothing is done twice', async () => {
  const { agent, service, ask, notice, folder, told } = await startSpending()
  askAgent(service, 'Work it out and note it')
  const { approvals } = await notice('approvals', (asked) => asked.approvals.length === 1)
  const { id: approval, digest } = approvals[0]!
  // An answer that comes too early begins the half second anew.
  await vi.waitFor(() => ask('approve', { approval, digest, approved: true }), { timeout: 5_000, interval: 700 })

  const { tasks } = await notice('tasks', (now) => now.tasks.some(({ endedMs }) => endedMs !== null))
  expect(tasks).toMatchObject([{ state: 'draft', result: limitReached }])
  expect(agent.requests).toHaveLength(3)
  const task = tasks[0]!.id
  const isTried = (from: number) => (now: { tasks: { endedMs: number | null }[] }) =>
    told.slice(from).some((one) => one === now) && now.tasks[0]?.endedMs !== null
  // Trying again changes nothing as long as nothing may be spent.
  let from = told.length
  await ask('retry-task', { task })
  await notice('tasks', isTried(from))
  expect((await ask('look', null)).tasks).toMatchObject([{ state: 'draft', result: limitReached }])
  expect(agent.requests).toHaveLength(3)

  await ask('settings', { dailyLimitUsd: 5 })
  from = told.length
  await ask('retry-task', { task })
  await notice('tasks', isTried(from))
  const { tasks: after, conversation } = await ask('look', null)
  expect(after).toMatchObject([{ state: 'done', result: 'Worked out and noted.' }])
  expect(agent.requests).toHaveLength(4)
  expect(outputsIn(agent.requests[3]!.context)).toEqual([
    expect.stringMatching(/4/),
    expect.stringMatching(/12/),
    expect.stringMatching(/^It is noted\./),
  ])
  expect(await readFile(join(folder, 'notes.md'), 'utf8')).toBe('# Notes\n- It is 12\n')
  expect(conversation.tasks).toMatchObject([{ id: task, state: 'done' }])
})
