import { describe, expect, it } from 'vitest'
import type { ApprovalView, TaskView } from '../../src/core/agent/task.ts'
import { emptyConversation } from '../../src/core/conversation/reduce.ts'
import { told, unknown, type Known } from '../../src/renderer/store.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { canRetry, currentStep, isActive, taskFigures } from '../../src/renderer/task-words.ts'
import { canTakeBack, isWaiting, waitingWords } from '../../src/renderer/waiting-words.ts'
import { approvalAsked, busyConversation } from '../support/window-scenes.ts'
import { wording } from '../../src/core/language/wording.ts'

const english = languageFor('en', [])
const task: TaskView = {
  id: 't1',
  request: 'Tidy up',
  state: 'working',
  steps: [
    { call: 'a', text: 'Looking into Notes', wording: wording('step.listFiles', { place: 'Notes' }), state: 'ended' },
    { call: 'b', text: 'Writing a.md', wording: wording('step.writeFile', { place: 'a.md' }), state: 'running' },
  ],
  startedMs: 10_000,
  endedMs: null,
  tokens: 1_204,
  result: '',
}
const tell = (known: Known, tasks: TaskView[]): Known => told(known, { type: 'tasks', tasks }) as Known
const ask = (known: Known, approvals: ApprovalView[]): Known => told(known, { type: 'approvals', approvals }) as Known

const textsOf = ({ announced }: Known): string[] => announced.map(({ text }) => text)

describe('tasks', () => {
  it('[W39] a task says what it is at, since when and at what cost; it can be stopped or tried again, never both', () => {
    expect(currentStep(task)?.text).toBe('Writing a.md')
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
    expect(textsOf(begun)).toEqual(['Task begun: Tidy up'])
    const stepped = tell(begun, [{ ...task, tokens: 2_000, steps: [] }])
    expect(textsOf(stepped)).toHaveLength(1)
    expect(textsOf(tell(stepped, [{ ...task, state: 'draft' }])).at(-1)).toContain('Tidy up')
  })

  it('[W58] a question is announced once, with where it is answered', () => {
    const one = approvalAsked(0)
    const asked = ask(unknown, [one])
    expect(textsOf(asked)[0]).toContain(one.question)
    expect(textsOf(asked)[0]).toContain('answer under Work')
    expect(textsOf(ask(asked, [{ ...one, expiresMs: one.expiresMs + 60_000 }]))).toHaveLength(1)
    expect(textsOf(ask(asked, []))).toEqual([])
  })

  it('[W221] nothing takes the place of a question that is open, and what one hears anyway is announced only if wanted', () => {
    let known = ask(unknown, [approvalAsked(0)])
    for (let at = 0; at < 40; at++) known = tell({ ...known, tasks: [] }, [{ ...task, request: `Task ${at}` }])
    expect(textsOf(known)[0]).toContain(approvalAsked(0).question)
    expect(textsOf(known).at(-1)).toBe('Task begun: Task 39')
    expect(known.announced.length).toBeLessThan(10)
    // The result is told by the voice.
    const live = { type: 'live', sinceMs: 0, endsMs: 1, handingOver: false } as const
    const heard = { ...known, tasks: [task], state: { ...known.state, line: live } }
    const done = [{ ...task, state: 'done' as const }]
    expect(tell(heard, done).announced).toBe(heard.announced)
    const deaf = {
      ...heard,
      state: { ...heard.state, speaker: { type: 'missing', message: 'There is none.' } as const },
    }
    const wanted = { ...heard, settings: { ...heard.settings, announcesWords: true } }
    const shown = { ...heard, settings: { ...heard.settings, results: 'show' as const } }
    for (const one of [deaf, wanted, shown, { ...heard, state: known.state }])
      expect(textsOf(tell(one, done)).at(-1)).toBe('Task, Done: Tidy up')
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
