import { describe, expect, it } from 'vitest'
import { isContextFull, viewContext } from '../../../src/core/conversation/budget.ts'
import type { Change } from '../../../src/core/conversation/change.ts'
import { acceptSummary, isOverBudget, keptBudget, planCompaction } from '../../../src/core/conversation/compact.ts'
import { emptyConversation, reduce, type Conversation } from '../../../src/core/conversation/reduce.ts'
import type { HeldItem } from '../../../src/core/conversation/holds.ts'
import { planRestore, voiceRestoreBudget } from '../../../src/core/conversation/rehydrate.ts'
import { noUsage } from '../../../src/core/conversation/usage.ts'
import { inputCeiling } from '../../../src/core/models.ts'

const fold = (changes: readonly Change[], from: Conversation = emptyConversation): Conversation =>
  changes.reduce((whole, change) => reduce(whole, { seq: whole.seq + 1, atMs: whole.seq, change }), from)

const talk = (from: number, count: number): Change[] =>
  Array.from({ length: count }, (_, n) => from + n).flatMap((at): Change[] => [
    { type: 'turn-started', turn: `t${at}`, role: 'user', via: 'voice', after: at === 0 ? null : `t${at - 1}` },
    { type: 'words-heard', turn: `t${at}`, text: `${at} ${'words '.repeat(50)}` },
  ])

describe('compacting', () => {
  const long = fold(talk(0, 120))

  it('[H6] is due when a fresh session could not be given everything, and then everything is stood for', () => {
    expect(isOverBudget(fold(talk(0, 70)))).toBe(false)
    expect(isOverBudget(long)).toBe(true)
    expect(planRestore(long, voiceRestoreBudget).missing).toBeGreaterThan(0)
    const { through } = planCompaction(long, 'here')!
    const compacted = fold([{ type: 'compacted', summary: 'Many words.', through }], long)
    expect(isOverBudget(compacted)).toBe(false)
    expect(compacted.turns).toEqual(long.turns)
    const { missing, items } = planRestore(compacted, voiceRestoreBudget)
    expect(missing).toBe(0)
    expect(JSON.stringify(items[0])).toContain('Many words.')
  })

  it('[H6] leaves the newest in words, takes the earlier summary along, and no turn whose words are still to come', () => {
    const { wish, through } = planCompaction(long, 'here')!
    const kept = long.turns.slice(long.turns.findIndex(({ id }) => id === through) + 1)
    const characters = kept.reduce((sum, { text }) => sum + text.trim().length, 0)
    expect(characters).toBeLessThanOrEqual(keptBudget.characters)
    expect(kept.length).toBeGreaterThan(10)
    expect(wish.input).toHaveLength(long.turns.length - kept.length)
    const further = fold([{ type: 'compacted', summary: 'The first part.', through }, ...talk(120, 60)], long)
    const next = planCompaction(further, 'here')!
    expect(JSON.stringify(next.wish.input[0])).toContain('The first part.')
    expect(JSON.stringify(next.wish.input[1])).toContain(kept[0]!.text.trim())
    const open: Change = { type: 'turn-started', turn: 'x', role: 'user', via: 'voice', after: 't2' }
    const behind = talk(3, 120).map((change) =>
      change.type === 'turn-started' && change.turn === 't3' ? { ...change, after: 'x' } : change,
    )
    expect(planCompaction(fold([...talk(0, 3), open, ...behind]), 'here')).toBeNull()
  })

  it('[H5] a summary that is empty or no shorter than what it replaces may not stand', () => {
    const plan = planCompaction(long, 'here')!
    expect(acceptSummary('  Many words. ', plan)).toBe('Many words.')
    expect(acceptSummary(' \n ', plan)).toBeNull()
    expect(acceptSummary('x'.repeat(plan.replacedCharacters), plan)).toBeNull()
    expect(acceptSummary('x'.repeat(6_000), plan)).toBeNull()
    expect(planCompaction(fold(talk(0, 20)), 'here')).toBeNull()
  })
})

describe('how full the model’s memory is', () => {
  const item = (kind: HeldItem['kind'], from: HeldItem['from'], text: string): HeldItem => ({
    id: text,
    kind,
    from,
    call: null,
    acknowledgedMs: 0,
    text,
  })
  const look = { model: 'gpt-realtime', instructions: 'x'.repeat(400), items: [], compactedMs: null }

  it('[H10] is what the service counted; without a count it is estimated, sound dearer than text', () => {
    const counted = {
      ...noUsage,
      inputTextTokens: 900,
      inputAudioTokens: 100,
      cachedTokens: 800,
      outputTextTokens: 20,
      outputAudioTokens: 80,
    }
    expect(viewContext({ ...look, counted })).toMatchObject({
      usedTokens: 1_100,
      source: 'counted',
      windowTokens: 28_224,
    })
    const estimate = (...items: HeldItem[]): number => viewContext({ ...look, items, counted: null }).usedTokens
    const words = 'y'.repeat(400)
    expect(estimate()).toBe(100)
    expect(estimate(item('voice', 'restored', words))).toBe(200)
    expect(estimate(item('person', 'live', words))).toBeGreaterThan(200)
    expect(estimate(item('voice', 'live', words))).toBeGreaterThan(estimate(item('person', 'live', words)))
  })

  it('[H10] knows the windows of the models, and when the next compaction is due', () => {
    expect(['gpt-realtime', 'gpt-realtime-mini', 'parley-embedded'].map(inputCeiling)).toEqual([28_224, 28_224, 28_224])
    expect(['gpt-realtime-2', 'gpt-realtime-2.1'].map(inputCeiling)).toEqual([96_000, 96_000])
    const counted = {
      ...noUsage,
      inputTextTokens: 22_579,
      inputAudioTokens: 0,
      cachedTokens: 0,
      outputTextTokens: 0,
      outputAudioTokens: 0,
    }
    const view = viewContext({ ...look, counted })
    expect([view.headroomTokens, view.compactAtTokens, isContextFull(view)]).toEqual([5_645, 22_579, true])
    expect(isContextFull(viewContext({ ...look, counted: { ...counted, inputTextTokens: 22_578 } }))).toBe(false)
  })
})
