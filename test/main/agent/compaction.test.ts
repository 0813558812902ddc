// A chain near its budget: compacted, and told on from what the service made of it.
import { describe, expect, it } from 'vitest'
import type { Item } from '../../../src/core/agent/item.ts'
import { startAgentLine } from '../../support/agent-line.ts'
import { call, say } from '../../support/scripted-mind-of-tasks.ts'

const config = () => ({ model: 'test', instructions: 'Do what is asked.', compactAtTokens: 50 })

/** Goes on counting behind a compaction, which tells how far it was. */
function mind(context: readonly Item[]): Item[] {
  const at = context.findLastIndex(({ type }) => type === 'compaction')
  const before = Number(context[at]?.['encrypted_content'] ?? 0)
  const done = before + context.slice(at + 1).filter(({ type }) => type === 'function_call_output').length
  return done < 4 ? [call(`call_${done + 1}`, 'append', { line: `line ${done + 1}` })] : [say(`${done} done`)]
}

function compact(input: readonly Item[]): { status: number; output: Item[] } {
  const before = input.find(({ type }) => type === 'compaction')
  const done =
    Number(before?.['encrypted_content'] ?? 0) + input.filter(({ type }) => type === 'function_call_output').length
  const users = input.filter((item) => item['role'] === 'user')
  return { status: 200, output: [...users, { type: 'compaction', id: 'cmp', encrypted_content: String(done) }] }
}

describe('a chain near its budget', () => {
  it('[G11] is compacted; the output goes as it is into the next chain, the newest calls beside it', async () => {
    const line = await startAgentLine({ mind, compact, refusesContextManagement: true }, { config })
    expect(await line.run('Append four lines.')).toMatchObject({ state: 'done', result: '4 done' })
    expect(line.effects()).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    expect(line.server.compactions.length).toBeGreaterThan(1)
    const anew = line.server.requests.find(({ body }) => body.input.some(({ type }) => type === 'compaction'))!.body
    expect(anew.previous_response_id).toBeNull()
    expect(anew.input.map(({ type }) => type)).toEqual([
      'message',
      'compaction',
      'function_call',
      'function_call_output',
    ])
    expect(anew.input[1]).toEqual({ type: 'compaction', id: 'cmp', encrypted_content: '0' })
  })

  it('[G11] whose compaction fails keeps its full history', async () => {
    const line = await startAgentLine({ mind, refusesContextManagement: true }, { config })
    expect(await line.run('Append four lines.')).toMatchObject({ state: 'done', result: '4 done' })
    // Not at every turn anew.
    expect(line.server.compactions).toHaveLength(1)
  })

  it('[G11] is compacted by the server where that is offered; after a loss it is told from the compaction on', async () => {
    const line = await startAgentLine({
      fate: ({ number }) => (number === 4 ? { type: 'cut', afterEvents: 1 } : { type: 'answer' }),
      mind(context, { number }) {
        const compacted = number === 3 ? [{ type: 'compaction', id: 'cmp', encrypted_content: '2' }] : []
        return [...compacted, ...mind([...context, ...compacted])]
      },
    })
    const task = await line.run('Append four lines.')
    expect(line.server.requests[0]!.body.context_management).toEqual([
      { type: 'compaction', compact_threshold: 100_000 },
    ])
    expect(task).toMatchObject({ state: 'done', result: '4 done' })
    const again = line.server.requests[4]!.body.input
    expect(again[0]).toEqual({ type: 'compaction', id: 'cmp', encrypted_content: '2' })
    expect(line.effects()).toHaveLength(4)
  })
})
