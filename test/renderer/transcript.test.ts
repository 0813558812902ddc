import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/conversation/change.ts'
import { emptyConversation, reduce } from '../../src/core/conversation/reduce.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { readable, toolWords } from '../../src/renderer/call-words.ts'
import { transcriptOf } from '../../src/renderer/transcript.ts'

const { say } = languageFor('en', [])

function entriesOf(...changes: Change[]): string[] {
  const conversation = changes.reduce(
    (folded, change, at) => reduce(folded, { seq: at + 1, atMs: at, change }),
    emptyConversation,
  )
  return transcriptOf(conversation)
    .filter(({ type }) => type !== 'day')
    .map(({ type, id }) => `${type === 'turn' ? 'line' : type} ${id}`)
}

const turn = (id: string, role: 'user' | 'assistant', after: string | null): Change[] => [
  { type: 'turn-started', turn: id, role, via: 'text', after },
  role === 'user'
    ? { type: 'words-heard', turn: id, text: `Words of ${id}` }
    : { type: 'words-spoken', turn: id, text: `Words of ${id}`, audioMs: 0 },
]
const call = (id: string, after: string | null, name = 'read_file', task?: string): Change[] => [
  { type: 'tool-asked', call: id, after, name, arguments: '{}', ...(task === undefined ? {} : { task }) },
  { type: 'tool-ended', call: id, outcome: 'ended', output: '' },
]
const talk = [...turn('u1', 'user', null), ...turn('a1', 'assistant', 'u1'), ...turn('u2', 'user', 'a1')]

describe('the transcript', () => {
  it('[W37] what was done and the tasks that ended stand behind their turn, each once, also when that turn is gone', () => {
    expect(
      entriesOf(
        ...talk,
        ...call('k0', null),
        ...call('k1', 'u1'),
        ...call('k2', 'u1'),
        ...call('k3', 'nowhere'),
        { type: 'task-started', task: 't1', request: 'Tidy up', after: 'a1' },
        { type: 'task-ended', task: 't1', outcome: 'done', result: 'Done.' },
        { type: 'task-started', task: 't2', request: 'Look on', after: 'a1' },
      ),
    ).toEqual(['call k0', 'line u1', 'call k1', 'call k2', 'line a1', 'task t1', 'line u2', 'call k3'])
  })

  it('[W37] a call stands in its place behind a turn without words', () => {
    const silent: Change[] = [
      { type: 'turn-started', turn: 'a1', role: 'assistant', via: 'text', after: 'u1' },
      { type: 'words-spoken', turn: 'a1', text: '', audioMs: 0 },
    ]
    expect(entriesOf(...turn('u1', 'user', null), ...silent, ...turn('u2', 'user', 'a1'), ...call('k1', 'a1'))).toEqual(
      ['line u1', 'call k1', 'line u2'],
    )
  })

  it('[W37] what a task’s card tells is not told twice, unless it went wrong', () => {
    const failed: Change = { type: 'tool-ended', call: 'k2', outcome: 'failed', output: 'No.' }
    expect(
      entriesOf(
        ...talk,
        ...call('k1', 'u1', 'ask_agent'),
        ...call('k2', 'u1', 'ask_agent'),
        failed,
        ...call('k3', 'u1', 'read_file', 't1'),
      ),
    ).toEqual(['line u1', 'call k2', 'line a1', 'line u2'])
  })
})

describe('a call in words', () => {
  it('[W38] any tool has a name in words, and a call whose outcome nobody knows says so', () => {
    expect(toolWords('write_file', say)).toBe('Write a file')
    expect(toolWords('everything__send_long-message', say)).toBe('Send long message (everything)')
    expect(toolWords('__', say)).not.toBe('')
    expect(say('call.unknown')).toContain('not known')
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(readable('no JSON')).toBe('no JSON')
  })
})
