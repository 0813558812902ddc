// What an acknowledged append costs, beside a plain lowdb write of the same words, which acknowledges without a flush.
// In pairs, one after the other, so that a busy machine is busy for both.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import type { Change } from '../src/core/conversation/change.ts'
import { systemClock } from '../src/main/clock.ts'
import { openConversations } from '../src/main/store/conversations.ts'
import { percentile, printTable } from './statistics.ts'

interface AppendCost {
  turns: number
  recordMs: { p50: number; p99: number }
  lowdbMs: { p50: number; p99: number }
}

/** One append is a turn and its words. @param turns how many are there already when the measuring begins. */
async function measureAppends(turns: number, pairs = 500): Promise<AppendCost> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const store = await openConversations({ folder, clock: systemClock, random: Math.random })
  const record = await store.open('bench')
  const low = new Low<Change[]>(new JSONFile(join(folder, 'plain.json')), [])
  for (let at = 0; at < turns; at += 500) {
    const group = Array.from({ length: Math.min(500, turns - at) }, (_, index) => turn(at + index)).flat()
    await record.append(group)
    low.data.push(...group)
  }
  const recordMs: number[] = []
  const lowdbMs: number[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    const changes = turn(turns + pair)
    recordMs.push(await timed(() => record.append(changes)))
    lowdbMs.push(await timed(() => low.update((stored) => stored.push(...changes))))
  }
  await store.close()
  await rm(folder, { recursive: true })
  return { turns, recordMs: percentiles(recordMs), lowdbMs: percentiles(lowdbMs) }
}

function turn(at: number): Change[] {
  return [
    { type: 'turn-started', turn: `turn-${at}`, role: 'user', via: 'voice', after: null },
    { type: 'words-heard', turn: `turn-${at}`, text: 'About as many words as one says in a sentence to a companion.' },
  ]
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

function percentiles(values: number[]): { p50: number; p99: number } {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99) }
}

export async function run(): Promise<void> {
  const figures = ({ p50, p99 }: { p50: number; p99: number }): string =>
    `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`
  for (const [turns, pairs] of [
    [0, 500],
    [1_000, 500],
    [10_000, 200],
  ] as const) {
    const cost = await measureAppends(turns, pairs)
    printTable([
      [`a turn appended to ${turns} others, on disk when acknowledged`, figures(cost.recordMs), ''],
      ['the same in plain lowdb, acknowledged without a flush', figures(cost.lowdbMs), ''],
    ])
  }
}
