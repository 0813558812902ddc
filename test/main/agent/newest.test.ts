// What the newest services can do for a task: its thinking, its cache, its own search of the web, and what is added on the way.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Item } from '../../../src/core/agent/item.ts'
import { createToolbox } from '../../../src/main/agent/toolbox.ts'
import { createCallLedger } from '../../../src/main/agent/ledger.ts'
import { defineTool } from '../../../src/main/agent/tool.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { joinAgent, newTestId, startAgentLine, whenEnded, whenTask } from '../../support/agent-line.ts'
import { createMemoryRecord } from '../../support/memory-record.ts'
import { call, outputsIn, say } from '../../support/scripted-mind-of-tasks.ts'
import { createScriptedResponses } from '../../support/scripted-responses.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { wording } from '../../../src/core/language/wording.ts'

const config = { model: 'test', instructions: 'Do it.', compactAtTokens: 100_000 }
const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'x' } }

/** What people said in the context, the task itself first. */
const saidIn = (context: readonly Item[]): string[] =>
  context.flatMap(({ role, content }) => (role === 'user' ? [(content as [{ text: string }])[0].text] : []))

describe('a request for a task', () => {
  it('[G210] asks for what was chosen and for nothing else', async () => {
    const chosen = { ...config, effort: 'high', cacheKey: 'cache_1', webSearch: true } as const
    const line = await startAgentLine({ mind: () => [say('Done.')] }, { config: () => chosen })
    await line.run('Look it up')
    const body = line.server.requests[0]!.body
    expect(body).toMatchObject({
      reasoning: { effort: 'high' },
      prompt_cache_key: 'cache_1',
      parallel_tool_calls: true,
    })
    expect(body.tools.at(-1)).toEqual({ type: 'web_search' })

    const plain = await startAgentLine({ mind: () => [say('Done.')] }, { config: () => config })
    await plain.run('Look it up')
    for (const field of ['reasoning', 'prompt_cache_key', 'include'])
      expect(plain.server.requests[0]!.body).not.toHaveProperty(field)
    expect(plain.server.requests[0]!.body.tools).toEqual([expect.objectContaining({ name: 'append' })])
  })

  it('[G201] after the service searched the web every effect asks, and each search is counted', async () => {
    const record = createMemoryRecord()
    const ledger = createCallLedger(record)
    let sent = 0
    const send = defineTool({
      name: 'send',
      description: '',
      risk: 'changes',
      asks: 'after-untrusted',
      schema: z.object({}),
      describe: () => wording('step.using', { name: 'send' }),
      run: () => Promise.resolve({ text: `sent ${++sent}`, untrusted: null }),
    })
    const toolbox = createToolbox({
      clock: systemClock,
      ledger,
      newId: newTestId,
      tools: () => [send],
      hasReadUntrusted: false,
    })
    const mind = (context: readonly Item[]): Item[] =>
      [[call('c1', 'send', {})], [search, call('c2', 'send', {})]][outputsIn(context).length] ?? [say('Done.')]
    const line = await startAgentLine({ mind }, { record, ledger, toolbox })
    const task = line.agent.begin({ request: 'Send what you find', context: '' })
    const asking = await whenTask(line.agent, task, ({ state }) => state === 'asking')
    expect(sent).toBe(1)
    expect(toolbox.approvals()).toMatchObject([{ tool: 'send', afterUntrusted: true }])
    expect(asking.steps.map(({ text }) => text)).toEqual(['Using send', 'Searching the web', 'Using send'])
    line.agent.cancel(task)
    await line.ended(task)
    expect(record.conversation().usage.searches).toBe(1)
  })
})

describe('what was told ahead', () => {
  it('[G203] is counted as the server counts it, and not sent once nothing more may be spent', async () => {
    const line = await startAgentLine({ mind: () => [say('Done.')] })
    line.agent.warm()
    await line.run('Do it')
    expect(line.server.warmUps).toHaveLength(1)
    expect(line.record.conversation().usage).toMatchObject({ inputTextTokens: 200, outputTextTokens: 20 })

    let refusal: string | null = 'Nothing more may be spent.'
    const spent = await startAgentLine({ mind: () => [say('Done.')] }, { admit: () => refusal })
    spent.agent.warm()
    refusal = null
    // Had it been told ahead, this would have waited for that.
    await spent.run('Do it')
    expect(spent.server.warmUps).toEqual([])
  })
})

describe('what is added to a task', () => {
  it('[G202] joins its next request; a task that was about to end goes on, one that has ended takes nothing', async () => {
    let add: (text: string) => boolean = () => false
    const line = await startAgentLine({
      mind(context) {
        const said = saidIn(context)
        if (said.length === 1 && outputsIn(context).length === 0) {
          expect(add('also count to two')).toBe(true)
          return [call('c1', 'append', { line: 'one' })]
        }
        // It has answered when this arrives.
        if (said.length === 2) expect(add('and say goodbye')).toBe(true)
        return [say(`Heard ${said.length}`)]
      },
    })
    const task = line.agent.begin({ request: 'Count to one', context: '' })
    add = (text) => line.agent.add(task, text)
    const done = await line.ended(task)
    expect(done).toMatchObject({ state: 'done', result: 'Heard 3' })
    expect(done.steps.map(({ text }) => text)).toEqual([
      'Also: also count to two',
      'Using one',
      'Also: and say goodbye',
    ])
    expect(saidIn(line.server.requests.at(-1)!.context).slice(1)).toEqual([
      'The person adds to the task: also count to two',
      'The person adds to the task: and say goodbye',
    ])
    expect(line.agent.add(task, 'too late')).toBe(false)
    expect(line.agent.add('task_none', 'nobody')).toBe(false)
  })

  it('[G202] a draft that is tried again by the next Parley knows it, once', async () => {
    const folder = temporaryFolder()
    const record = createMemoryRecord()
    let spent = false
    const server = await createScriptedResponses({
      mind: (context) => (outputsIn(context).length === 0 ? [call('c1', 'append', { line: 'one' })] : [say('Done.')]),
    })
    const first = joinAgent(server.url, folder, record, { admit: () => (spent ? 'Nothing more may be spent.' : null) })
    const task = first.begin({ request: 'Count', context: '' })
    await server.request(1)
    expect(first.add(task, 'in French')).toBe(true)
    spent = true
    expect((await whenEnded(first, task)).state).toBe('draft')
    await first.stop()

    const second = joinAgent(server.url, folder, record)
    await second.settled
    second.retry(task)
    expect((await whenEnded(second, task)).state).toBe('done')
    expect(saidIn(server.requests.at(-1)!.context).filter((text) => text.includes('French'))).toEqual([
      'The person adds to the task: in French',
    ])
    await second.stop()
    await server.close()
  })
})
