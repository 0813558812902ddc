import { describe, expect, it } from 'vitest'
import type { ApprovalView, TaskState, TaskView } from '../../../src/core/agent/task.ts'
import type { Notice } from '../../../src/core/ipc.ts'
import { languageFor } from '../../../src/core/language/language.ts'
import { wording } from '../../../src/core/language/wording.ts'
import { createNews } from '../../../src/main/shell/news.ts'

const task = (id: string, state: TaskState, request = `do ${id}`): TaskView => ({
  id,
  request,
  state,
  steps: [],
  startedMs: 0,
  endedMs: null,
  tokens: 0,
  result: 'canary result',
})
const approval = (id: string, name: string): ApprovalView =>
  ({ id, wording: wording('ask.openApp', { name }) }) as ApprovalView
const open = (tasks: TaskView[] = [], approvals: ApprovalView[] = []) =>
  createNews(() => languageFor('en', []), { tasks, approvals })

describe('what is told while the window is hidden', () => {
  it('[X66] a task that ended, once, by its name; not one that ended before, was cancelled, or goes on', () => {
    const news = open([task('old', 'done'), task('a', 'working')])
    const tell = (...tasks: TaskView[]) => news({ type: 'tasks', tasks })
    expect(tell(task('old', 'done'), task('a', 'asking'), task('b', 'working'))).toBeNull()
    expect(tell(task('a', 'done'), task('b', 'working'))).toEqual({ title: 'A task is done', body: 'do a' })
    expect(tell(task('a', 'done'), task('b', 'cancelled'))).toBeNull()
    expect(tell(task('c', 'working'))).toBeNull()
    expect(tell(task('c', 'failed'))).toEqual({ title: 'A task failed', body: 'do c' })
    expect(tell(task('c', 'failed'))).toBeNull()
  })

  it('[X66] a question, once and by its first line; a reminder and what is wrong; nothing of what passes', () => {
    const news = open([], [approval('a', 'old?')])
    expect(news({ type: 'approvals', approvals: [approval('a', 'old?')] })).toBeNull()
    const both = [approval('a', 'old?'), approval('b', 'mail”?\n/secret/path')]
    expect(news({ type: 'approvals', approvals: both })).toMatchObject({ body: 'Open the app “mail”?' })
    expect(news({ type: 'approvals', approvals: both })).toBeNull()
    expect(news({ type: 'notice', level: 'note', message: 'Reminder: tea', spoken: true })).toMatchObject({
      body: 'Reminder: tea',
    })
    expect(news({ type: 'notice', level: 'error', message: 'The microphone is gone.' })).toMatchObject({
      title: 'Parley',
    })
    const passing: Notice[] = [
      { type: 'notice', level: 'note', message: 'Saved.' },
      { type: 'level', microphone: -30, speaker: -30 },
      { type: 'caption', role: 'assistant', item: 'i', text: 'words' },
    ]
    expect(passing.map(news)).toEqual([null, null, null])
  })

  it('[X66] is one short line without markup, whatever a task or a tool is called', () => {
    const hostile = `<a href="http://evil.example">x</a> & \u202e\u001b[31m\n${'long '.repeat(100)}`
    const news = open([task('a', 'working', hostile)])
    const { body } = news({ type: 'tasks', tasks: [task('a', 'done', hostile)] })!
    expect(body).not.toMatch(/[<>&\n\u202e\u001b]/)
    expect(body.length).toBeLessThanOrEqual(200)
  })
})
