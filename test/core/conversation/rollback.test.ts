import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { languageFor } from '../../../src/core/language/language.ts'
import { exportConversation } from '../../../src/core/conversation/export.ts'
import { isKnownCall } from '../../../src/core/conversation/conversation.ts'
import { emptyConversation, reduce, type Conversation } from '../../../src/core/conversation/reduce.ts'
import { planRecovery, planTakeBack } from '../../../src/core/conversation/rollback.ts'

const fold = (changes: readonly Change[], from: Conversation = emptyConversation): Conversation =>
  changes.reduce((whole, change) => reduce(whole, { seq: whole.seq + 1, atMs: whole.seq, change }), from)

function asked(turn: string, after: string | null, text: string): Change[] {
  return [
    { type: 'turn-started', turn, role: 'user', via: 'voice', after },
    { type: 'words-heard', turn, text },
  ]
}

function answered(turn: string, after: string, text: string): Change[] {
  return [
    { type: 'turn-started', turn, role: 'assistant', via: 'voice', after },
    { type: 'words-spoken', turn, text, audioMs: 900 },
    { type: 'played', turn, playedMs: 900, heard: text, cut: false },
  ]
}

const good = fold([...asked('u1', null, 'My dog is Bruno.'), ...answered('a1', 'u1', 'A fine name.')])
const spoiledIn = (from: Conversation): Conversation => fold(asked('u2', 'a1', 'How old is he?'), from)
const idsOf = ({ turns }: Conversation): string[] => turns.map(({ id }) => id)

describe('going back to a good state', () => {
  const spoiled = fold(
    [
      ...asked('u2', 'a1', 'How old is'),
      ...asked('u3', 'u2', 'he now?'),
      { type: 'turn-started', turn: 'a2', role: 'assistant', via: 'voice', after: 'u3' },
      { type: 'words-spoken', turn: 'a2', text: 'He is', audioMs: 200 },
      { type: 'turn-failed', turn: 'a2', reason: 'Broken.' },
    ],
    good,
  )

  it('[H7] an exchange that failed goes with all that was said in it, back to the last answer; its words are the draft', () => {
    const plan = planRecovery(spoiled, ['u2', 'u3', 'a2'])
    expect(plan).toEqual({
      type: 'rolled-back',
      to: good.seq,
      turns: ['u2', 'u3', 'a2'],
      calls: [],
      draft: 'How old is he now?',
      why: 'failed',
    })
    const back = fold([plan!], spoiled)
    expect(back.turns).toEqual(good.turns)
    expect(back.checkpoints.map(({ turn }) => turn)).toEqual(['a1'])
    expect(back.draft).toBe('How old is he now?')
    expect(exportConversation(back, 'markdown', languageFor('en', [])).text).not.toContain('How old')
  })

  it('[H7] what was begun since the error stays', () => {
    const goneOn = fold([{ type: 'turn-started', turn: 'u4', role: 'user', via: 'voice', after: 'a2' }], spoiled)
    const back = fold([planRecovery(goneOn, ['u2', 'u3', 'a2'])!], goneOn)
    expect(idsOf(back)).toEqual(['u1', 'a1', 'u4'])
  })

  it('[H7] what a tool has done stays known, and the words that asked for it', () => {
    const call = { type: 'tool-asked', call: 'c1', after: 'u2', name: 'send', arguments: '{}' } as const
    const acted = fold(
      [
        ...asked('u2', 'a1', 'Send it.'),
        call,
        { type: 'tool-ended', call: 'c1', outcome: 'ended', output: 'sent' },
        { type: 'turn-started', turn: 'a2', role: 'assistant', via: 'voice', after: 'u2' },
        { type: 'turn-failed', turn: 'a2', reason: 'Broken.' },
      ],
      good,
    )
    const plan = planRecovery(acted, ['u2', 'a2'])
    expect(plan).toMatchObject({ turns: ['a2'], calls: [], draft: null, to: good.seq })
    const back = fold([plan!], acted)
    expect(idsOf(back)).toEqual(['u1', 'a1', 'u2'])
    expect(back.tools).toHaveLength(1)
  })

  it('[H7] words that are understood after their turn came to nothing become the draft', () => {
    const unread = fold([{ type: 'turn-started', turn: 'u2', role: 'user', via: 'voice', after: 'a1' }], good)
    const back = fold([planRecovery(unread, ['u2'])!], unread)
    expect(back.draft).toBeNull()
    const read = fold([{ type: 'words-heard', turn: 'u2', text: 'How old is he?' }], back)
    expect(read.draft).toBe('How old is he?')
    expect(idsOf(read)).toEqual(['u1', 'a1'])
  })

  it('[H7] the draft stands until something else was said, or the person does without it', () => {
    const back = fold([planRecovery(spoiled, ['u2', 'u3', 'a2'])!], spoiled)
    expect(fold([{ type: 'draft-dropped' }], back).draft).toBeNull()
    const noise = fold([{ type: 'turn-started', turn: 'u9', role: 'user', via: 'voice', after: 'a1' }], back)
    expect(noise.draft).toBe('How old is he now?')
    expect(fold([{ type: 'words-heard', turn: 'u9', text: 'Never mind.' }], noise).draft).toBeNull()
  })

  it('[H8] the last exchange is taken back with its calls and put back as it was, once', () => {
    const whole = fold(
      [
        ...asked('u2', 'a1', 'Look it up.'),
        { type: 'tool-asked', call: 'c1', after: 'u2', name: 'look_up', arguments: '{}' },
        { type: 'tool-ended', call: 'c1', outcome: 'ended', output: '7' },
        ...answered('a2', 'u2', 'Seven.'),
      ],
      good,
    )
    const plan = planTakeBack(whole)
    expect(plan).toMatchObject({ turns: ['u2', 'a2'], calls: ['c1'], draft: 'Look it up.', why: 'taken-back' })
    const taken = fold([plan!], whole)
    expect(idsOf(taken)).toEqual(['u1', 'a1'])
    expect(taken.tools).toEqual([])
    const again = fold([{ type: 'put-back' }], taken)
    expect([again.turns, again.tools, again.draft]).toEqual([whole.turns, whole.tools, null])
    expect(fold([{ type: 'put-back' }], again).turns).toEqual(whole.turns)
    const later = fold([...asked('u3', 'a1', 'Something else.'), { type: 'put-back' }], taken)
    expect(idsOf(later)).toEqual(['u1', 'a1', 'u3'])
  })

  it('[H8] exchange after exchange can be taken back, until nothing is left', () => {
    let whole = fold([...asked('u2', 'a1', 'Two?'), ...answered('a2', 'u2', 'Two.')], good)
    for (const left of [['u1', 'a1'], []]) {
      whole = fold([planTakeBack(whole)!], whole)
      expect(idsOf(whole)).toEqual(left)
    }
    expect(planTakeBack(whole)).toBeNull()
  })

  it('[T50] a turn that is none any more leaves what was done behind it behind the turn before, also in front of all', () => {
    const acted = fold(
      [
        ...asked('u2', 'a1', 'Set a timer.'),
        { type: 'turn-started', turn: 'u3', role: 'user', via: 'voice', after: 'u2' },
        { type: 'tool-asked', call: 'c1', after: 'u3', name: 'set_timer', arguments: '{}' },
        { type: 'task-started', task: 't1', request: 'Look it up.', after: 'u3' },
      ],
      good,
    )
    const without = fold([{ type: 'turn-removed', turn: 'u3' }], acted)
    expect([without.tools[0]?.after, without.tasks[0]?.after]).toEqual(['u2', 'u2'])
    expect(isKnownCall(without, 'c1')).toBe(true)
    const none = fold(
      ['u2', 'a1', 'u1'].map((turn) => ({ type: 'turn-removed', turn })),
      without,
    )
    expect([none.turns, none.tools[0]?.after]).toEqual([[], null])
  })

  it('[T50] what was taken away goes back to its place, also when the turn before it is none any more', () => {
    const back = fold([planRecovery(spoiledIn(good), ['u2'])!], spoiledIn(good))
    const whole = fold([{ type: 'turn-removed', turn: 'a1' }, { type: 'put-back' }], back)
    expect(idsOf(whole)).toEqual(['u1', 'u2'])
  })

  it('[T51] a turn that is said again as another is not put back as well; what else was taken away can be', () => {
    const back = fold([planRecovery(spoiledIn(good), ['u2'])!], spoiledIn(good))
    const again = fold([{ type: 'turn-removed', turn: 'u2' }], back)
    expect([again.rolledBack, again.draft]).toEqual([null, null])
    expect(idsOf(fold([{ type: 'put-back' }], again))).toEqual(['u1', 'a1'])

    const two = fold(asked('u3', 'u2', 'And where?'), spoiledIn(good))
    const both = fold([planRecovery(two, ['u2', 'u3'])!, { type: 'turn-removed', turn: 'u2' }], two)
    expect(both.draft).toBe('And where?')
    expect(idsOf(fold([{ type: 'put-back' }], both))).toEqual(['u1', 'a1', 'u3'])
  })

  it('[T51] an answer is not put back without what it answered', () => {
    const half = fold(
      [{ type: 'turn-started', turn: 'a2', role: 'assistant', via: 'voice', after: 'u2' }],
      spoiledIn(good),
    )
    const back = fold([planRecovery(half, ['u2', 'a2'])!, { type: 'turn-removed', turn: 'u2' }], half)
    expect(idsOf(fold([{ type: 'put-back' }], back))).toEqual(['u1', 'a1'])
  })
})
