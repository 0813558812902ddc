// A chain as a value: what a turn sends, what a loss costs, and that its log tells the same.
import { describe, expect, it } from 'vitest'
import {
  answer,
  compactionDue,
  emptyChain,
  evict,
  give,
  openCalls,
  planTurn,
  type Chain,
} from '../../../src/core/agent/chain.ts'
import { callOutput, userMessage, type Item } from '../../../src/core/agent/item.ts'
import { rememberTask, type TaskEntry } from '../../../src/core/agent/task-entry.ts'
import { call, say } from '../../support/scripted-mind-of-tasks.ts'

const place = '1/1/lane_1'

function grow(turns: number): { chain: Chain; entries: TaskEntry[] } {
  let chain = emptyChain
  const entries: TaskEntry[] = [{ type: 'begun', request: 'r', context: '' }]
  for (let turn = 1; turn <= turns; turn++) {
    const items = turn === 1 ? [userMessage('r')] : [callOutput(`c${turn - 1}`, 'ok')]
    const output = [call(`c${turn}`, 'tool', { turn })]
    entries.push(
      { type: 'given', items },
      { type: 'answered', response: `resp_${turn}`, items: output, inputTokens: 9 },
    )
    chain = answer(give(chain, items), { id: `resp_${turn}`, output, inputTokens: 9 }, place)
  }
  return { chain, entries }
}

describe('a chain', () => {
  it('[G1] sends what is new where its newest response is held, and everything anywhere else', () => {
    const chain = give(grow(30).chain, [callOutput('c30', 'ok')])
    expect(planTurn(chain, place)).toEqual({ previous: 'resp_30', input: [callOutput('c30', 'ok')] })
    for (const plan of [planTurn(chain, '1/2/lane_1'), planTurn(chain, null), planTurn(evict(chain), place)]) {
      expect(plan.previous).toBeNull()
      expect(plan.input).toHaveLength(61)
    }
  })

  it('[G2] is the same when it is read from its log, without what was given and not answered', () => {
    const { chain, entries } = grow(5)
    const read = rememberTask([...entries, { type: 'given', items: [callOutput('c5', 'lost')] }])!
    expect(read.chain).toEqual(evict(chain))
    expect(openCalls(read.chain).map(({ callId }) => callId)).toEqual(['c5'])
  })

  it('[G2] asks for the calls of its newest response only, so that an id may come twice', () => {
    const items: Item[] = [call('c0', 'tool', { n: 1 })]
    const first = answer(give(emptyChain, [userMessage('r')]), { id: 'resp_1', output: items, inputTokens: 1 }, place)
    const second = answer(
      give(first, [callOutput('c0', 'one')]),
      { id: 'resp_2', output: items, inputTokens: 1 },
      place,
    )
    expect(openCalls(second)).toHaveLength(1)
    expect(openCalls(give(second, [callOutput('c0', 'two')]))).toEqual([])
  })

  it('[G4] is told anew without ids that mean nothing where nothing is stored', () => {
    const sealed = { type: 'reasoning', id: 'rs_2', encrypted_content: 'x', summary: [] }
    const output = [{ type: 'reasoning', id: 'rs_1', summary: [] }, sealed, call('c1', 'tool', {}), say('hm')]
    const chain = answer(give(emptyChain, [userMessage('r')]), { id: 'resp_1', output, inputTokens: 1 }, place)
    const { input } = planTurn(evict(chain), place)
    expect(input.map(({ type }) => type)).toEqual(['message', 'reasoning', 'function_call', 'message'])
    expect(input[1]).toBe(sealed)
    expect(input.slice(2).every((item) => !('id' in item))).toBe(true)
  })

  it('[G11] is compacted near its budget, and sooner when its connection was handed over', () => {
    const { chain } = grow(3)
    const at = (inputTokens: number, where: string, managed = false): string | null =>
      compactionDue({ ...chain, inputTokens }, where, 1000, managed)
    expect([at(999, place), at(1000, place), at(1000, place, true), at(1500, place, true)]).toEqual([
      null,
      'budget',
      null,
      'budget',
    ])
    expect([at(249, '1/2/lane_1'), at(250, '1/2/lane_1')]).toEqual([null, 'moved'])
    expect(compactionDue({ ...grow(1).chain, newestAt: 0, inputTokens: 5000 }, place, 1000, false)).toBeNull()
  })
})
