// Every tool call's fate over the conversation's record: the intent is on disk before a tool acts, the outcome after. A call
// begins once; what an earlier run of Parley left behind is settled first.
import { settlingChanges } from '../../core/agent/ledger.ts'
import type { ConversationRecord } from '../ports.ts'
import { StoreError } from '../store/store-error.ts'
import type { CallLedger, CallOutcome } from './ports.ts'

export interface OpenLedger extends CallLedger {
  /** Resolves when the calls of an earlier run are settled. Every other promise here waits for it. */
  settled: Promise<void>
}

type Fate = CallOutcome | 'asked' | 'running'

export function createCallLedger(record: ConversationRecord): OpenLedger {
  /** Of this run, ahead of the record by what is on its way to the disk. */
  const fates = new Map<string, Fate>()
  const left = settlingChanges(record.conversation())
  for (const change of left)
    if (change.type === 'tool-ended') fates.set(change.call, { outcome: change.outcome, output: change.output })
  for (const { call, state, output } of record.conversation().tools)
    if (state !== 'asked' && state !== 'running') fates.set(call, { outcome: state, output })
  const settled = record.append(left).then(() => undefined)
  // Told by every call that waits for it.
  settled.catch(() => undefined)

  return {
    settled,
    fate: (call) => fates.get(call) ?? null,
    async asked({ call, task, name, arguments: text, after }) {
      await settled
      if (fates.has(call)) return
      fates.set(call, 'asked')
      const place = after === undefined ? (record.conversation().turns.at(-1)?.id ?? null) : after
      const of = task === null ? {} : { task }
      try {
        await record.append([{ type: 'tool-asked', call, after: place, name, arguments: text, ...of }])
      } catch (error) {
        fates.delete(call)
        throw error
      }
    },
    async started(call) {
      await settled
      const fate = fates.get(call)
      if (fate !== 'asked') throw new StoreError('exists', 'This call has begun before; it is not run twice.')
      fates.set(call, 'running')
      try {
        await record.append([{ type: 'tool-started', call }])
      } catch (error) {
        // Whether the intent reached the disk can't be known: it stays begun, so that nothing runs.
        fates.set(call, { outcome: 'failed', output: 'It could not be recorded, so it was not run.' })
        throw error
      }
    },
    async ended(call, outcome) {
      await settled
      const fate = fates.get(call)
      if (fate !== 'asked' && fate !== 'running') return
      fates.set(call, outcome)
      await record.append([{ type: 'tool-ended', call, ...outcome }])
    },
  }
}
