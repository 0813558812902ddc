// kill -9 between a call's intent, its execution and its result.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Item } from '../../../src/core/agent/item.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { joinAgent, linesOf, whenEnded } from '../../support/agent-line.ts'
import { bundle } from '../../support/bundled.ts'
import { call, outputsIn, say } from '../../support/scripted-mind-of-tasks.ts'
import { createScriptedResponses, type ScriptedResponses } from '../../support/scripted-responses.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const points = ['asked', 'intent', 'executed', 'ended'] as const
const kills = Number(process.env['PARLEY_RUNS'] ?? 12)

let worker: { path: string; folder: string }
beforeAll(async () => {
  worker = await bundle(fileURLToPath(new URL('../../support/task-process.ts', import.meta.url)))
})
afterAll(() => rmSync(worker.folder, { recursive: true, force: true }))

/** One call, then three at once, then one. */
function mind(context: readonly Item[]): Item[] {
  const done = outputsIn(context).length
  const next = done === 0 ? [1] : done === 1 ? [2, 3, 4] : done === 4 ? [5] : []
  return next.length > 0 ? next.map((n) => call(`call_${n}`, 'append', { line: `line ${n}` })) : [say(`${done} done`)]
}

async function killOnce(server: ScriptedResponses, point: (typeof points)[number], at: number): Promise<void> {
  const folder = temporaryFolder()
  const child = spawn(process.execPath, [worker.path, folder, server.url, point, `call_${at}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  const before = linesOf(join(folder, 'effects'))

  const store = await openConversations({ folder, clock: systemClock, random: Math.random })
  const record = await store.open('one')
  const left = record.conversation().tools.filter(({ state }) => state === 'running')
  const agent = joinAgent(server.url, folder, record)
  await agent.settled
  const where = `${point} of call ${at}`
  const [task] = agent.tasks()
  expect(task, where).toMatchObject({ state: 'draft' })
  // What may have happened is told as such, and nothing ran by itself.
  const shown = task!.steps.filter(({ state }) => state === 'unknown').map((step) => step.call)
  expect(shown, where).toEqual(left.map((tool) => tool.call))
  expect(
    shown.some((name) => name.endsWith(`.call_${at}`)),
    where,
  ).toBe(point === 'intent' || point === 'executed')
  expect(linesOf(join(folder, 'effects')), where).toEqual(before)

  agent.retry(task!.id)
  expect(await whenEnded(agent, task!.id), where).toMatchObject({ state: 'done' })
  const lines = linesOf(join(folder, 'effects'))
  expect(new Set(lines).size, where).toBe(lines.length)
  const settled = record
    .conversation()
    .tools.filter(({ state }) => state === 'unknown')
    .map((tool) => tool.call)
  expect(settled, where).toEqual(shown)
  await agent.stop()
  await store.close()
  rmSync(folder, { recursive: true })
}

describe('kill -9', () => {
  it(
    `[G14] between intent, execution and result has no effect twice and shows what is unknown`,
    { timeout: 1_200_000 },
    async () => {
      const server = await createScriptedResponses({ mind })
      onTestFinished(() => server.close())
      // Every point of a lone call and of one of three at once comes within twelve.
      for (let kill = 0; kill < kills; kill++)
        await killOnce(server, points[kill % 4]!, [1, 3, 5, 2, 4][Math.floor(kill / 4) % 5]!)
    },
  )
})
