import { describe, expect, it } from 'vitest'
import type { ApprovalView, TaskView } from '../../src/core/agent/task.ts'
import { emptyConversation } from '../../src/core/conversation/reduce.ts'
import { told, unknown, type Known } from '../../src/renderer/store.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { canRetry, currentStep, isActive, taskFigures } from '../../src/renderer/task-words.ts'
import { canTakeBack, isWaiting, waitingWords } from '../../src/renderer/waiting-words.ts'
import { approvalAsked, busyConversation } from '../support/window-scenes.ts'

const english = languageFor('en', [])
const task: TaskView = {
  id: 't1',
  request: 'Tidy up',
  state: 'working',
  steps: [
    { call: 'a', text: 'Listing', state: 'ended' },
    { call: 'b', text: 'Moving', state: 'running' },
  ],
  startedMs: 10_000,
  endedMs: null,
  tokens: 1_204,
  result: '',
}
const tell = (known: Known, tasks: TaskView[]): Known => told(known, { type: 'tasks', tasks }) as Known
const ask = (known: Known, approvals: ApprovalView[]): Known => told(known, { type: 'approvals', approvals }) as Known

describe('tasks', () => {
  it('[W39] a task says what it is at, since when and at what cost; it can be stopped or tried again, never both', () => {
    expect(currentStep(task)?.text).toBe('Moving')
    expect(taskFigures(task, 52_000, english)).toBe('0:42 · 2 steps · 1,204 tokens')
    expect(taskFigures({ ...task, endedMs: 20_000 }, 99_000, english)).toContain('0:10')
    for (const state of ['working', 'asking', 'done', 'failed', 'cancelled', 'draft'] as const) {
      const one = { ...task, state }
      expect(isActive(one) && canRetry(one)).toBe(false)
      expect(isActive(one) || canRetry(one)).toBe(state !== 'done')
    }
  })

  it('[W39] a screen reader is told when a task begins and ends, not of every step', () => {
    const begun = tell(unknown, [task])
    expect(begun.announced).toBe('Task begun: Tidy up')
    const stepped = tell({ ...begun, announced: 'later' }, [{ ...task, tokens: 2_000, steps: [] }])
    expect(stepped.announced).toBe('later')
    expect(tell(stepped, [{ ...task, state: 'draft' }]).announced).toContain('Tidy up')
  })

  it('[W58] a question is announced once, with where it is answered', () => {
    const one = approvalAsked(0)
    const asked = ask(unknown, [one])
    expect(asked.announced).toContain(one.question)
    expect(asked.announced).toContain('answer under Work')
    expect(ask({ ...asked, announced: 'later' }, [one]).announced).toBe('later')
    expect(ask({ ...asked, announced: 'later' }, []).announced).toBe('later')
  })
})

describe('words that wait', () => {
  const known: Known = { ...unknown, reach: 'reached', conversation: busyConversation(0) }
  const state = { ...known.state, presence: 'idle' } as const

  it('[W60] an unanswered turn is asked again; words whose turn was taken away are said anew, or put back', () => {
    expect(waitingWords(known)).toBeNull()
    expect(waitingWords({ ...known, state: { ...state, unanswered: 'u4' } })).toMatchObject({
      by: 'retry',
      canPutBack: false,
      text: expect.stringContaining('largest file') as string,
    })
    expect(waitingWords({ ...known, state: { ...state, unanswered: 'only sound' } })?.text).toBe('')
    const rolledBack = { turns: [], tools: [], why: 'failed', standing: [] } as const
    const failed = { ...known.conversation, draft: 'Hello', rolledBack }
    expect(waitingWords({ ...known, conversation: failed })).toMatchObject({
      by: 'say',
      canPutBack: false,
      title: 'Not answered',
    })
    const back = { ...failed, rolledBack: { ...rolledBack, why: 'taken-back' } } as const
    expect(waitingWords({ ...known, conversation: back })).toMatchObject({
      by: 'say',
      canPutBack: true,
      title: 'Taken back',
    })
  })

  it('[W76] the last words of the person are marked as waiting while there is no line, and no others', () => {
    const turns = known.conversation.turns.slice(0, -1)
    const offline = {
      ...known,
      conversation: { ...known.conversation, turns },
      state: { ...state, presence: 'offline' },
    } as const
    const waiting = (now: Known): string[] => turns.filter(({ id }) => isWaiting(now, id)).map(({ id }) => id)
    expect(waiting(offline)).toEqual(['u4'])
    expect(waiting({ ...offline, state })).toEqual([])
    expect(waiting({ ...offline, state: { ...offline.state, unanswered: 'u4' } })).toEqual([])
    expect(waiting({ ...offline, conversation: known.conversation })).toEqual([])
  })

  it('[W60] nothing can be taken back while something is said, or where nothing was said', () => {
    expect(canTakeBack({ ...known, state })).toBe(true)
    expect(canTakeBack({ ...known, state: { ...state, presence: 'speaking' } })).toBe(false)
    expect(canTakeBack({ ...known, state, conversation: emptyConversation })).toBe(false)
  })
})
