// The fate of calls over a record: once begun, never again; what was left is settled first.
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { createCallLedger } from '../../../src/main/agent/ledger.ts'
import type { AskedCall } from '../../../src/main/agent/ports.ts'
import { StoreError } from '../../../src/main/store/store-error.ts'
import { createMemoryRecord, type MemoryRecord } from '../../support/memory-record.ts'

const asked: AskedCall = { call: 'call_1', task: 'task_1', name: 'append', arguments: '{}' }
const done = { outcome: 'ended', output: 'ok' } as const

function types(record: MemoryRecord): string[] {
  return record.changes.map(({ type }) => type)
}

describe('the ledger of calls', () => {
  it('[G13] a call begins once, also when two want it at the same moment', async () => {
    const record = createMemoryRecord()
    const ledger = createCallLedger(record)
    expect(ledger.fate('call_1')).toBeNull()
    await ledger.asked(asked)
    const both = await Promise.allSettled([ledger.started('call_1'), ledger.started('call_1')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await ledger.ended('call_1', done)
    await expect(ledger.started('call_1')).rejects.toBeInstanceOf(StoreError)
    await ledger.asked(asked)
    await ledger.ended('call_1', { outcome: 'failed', output: 'no' })
    expect(ledger.fate('call_1')).toEqual(done)
    expect(types(record)).toEqual(['tool-asked', 'tool-started', 'tool-ended'])
    expect(record.conversation().tools).toMatchObject([
      { call: 'call_1', task: 'task_1', state: 'ended', output: 'ok' },
    ])
  })

  it('[G13] a call that was not asked for does not begin', async () => {
    await expect(createCallLedger(createMemoryRecord()).started('call_1')).rejects.toBeInstanceOf(StoreError)
  })

  it('[G13] nothing begins whose intent the disk refuses', async () => {
    const record = createMemoryRecord()
    const refusing = {
      ...record,
      append: (changes: readonly Change[]) =>
        changes.some(({ type }) => type === 'tool-started')
          ? Promise.reject(new StoreError('refused', 'full'))
          : record.append(changes),
    }
    const ledger = createCallLedger(refusing)
    await ledger.asked(asked)
    await expect(ledger.started('call_1')).rejects.toBeInstanceOf(StoreError)
    await expect(ledger.started('call_1')).rejects.toBeInstanceOf(StoreError)
    expect(ledger.fate('call_1')).toMatchObject({ outcome: 'failed' })
  })

  it('[G14] what an earlier run left is settled before anything else: begun is unknown, only asked never was', async () => {
    const ask = (call: string): Change => ({ type: 'tool-asked', call, after: null, name: 'append', arguments: '{}' })
    const record = createMemoryRecord([
      ...['begun', 'asked', 'done'].map(ask),
      { type: 'tool-started', call: 'begun' },
      { type: 'tool-started', call: 'done' },
      { type: 'tool-ended', call: 'done', outcome: 'ended', output: 'ok' },
    ])
    const ledger = createCallLedger(record)
    // At once, before the disk has confirmed it.
    expect(ledger.fate('begun')).toMatchObject({ outcome: 'unknown' })
    expect(ledger.fate('asked')).toMatchObject({ outcome: 'cancelled' })
    expect(ledger.fate('done')).toEqual(done)
    await ledger.asked(asked)
    expect(types(record).slice(-3)).toEqual(['tool-ended', 'tool-ended', 'tool-asked'])
    expect(record.conversation().tools.map(({ state }) => state)).toEqual(['unknown', 'cancelled', 'ended', 'asked'])
  })
})
