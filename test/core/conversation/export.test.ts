import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { exportConversation } from '../../../src/core/conversation/export.ts'
import { languageFor } from '../../../src/core/language/language.ts'
import { emptyConversation, reduce } from '../../../src/core/conversation/reduce.ts'
import { titleOf } from '../../../src/core/views.ts'

const changes: Change[] = [
  { type: 'conversation-started', conversation: 'c_1', title: '' },
  { type: 'turn-started', turn: 'u', role: 'user', via: 'text', after: null },
  { type: 'words-heard', turn: 'u', text: '# not a heading\n- not a list <b>[x](y)</b>' },
  { type: 'turn-started', turn: 'a', role: 'assistant', via: 'voice', after: 'u' },
  { type: 'words-spoken', turn: 'a', text: 'One two three four.', audioMs: 2_000 },
  { type: 'played', turn: 'a', playedMs: 900, heard: 'One two', cut: true },
]
const english = languageFor('en', [])
const atMs = Date.UTC(2026, 10, 22, 12)
const conversation = changes.reduce(
  (before, change, at) => reduce(before, { seq: at + 1, atMs, change }),
  emptyConversation,
)

describe('a conversation as a file', () => {
  it('[W42] Markdown holds what was said and heard, and no word of it becomes markup', () => {
    const { name, text } = exportConversation({ ...conversation, title: 'Talk: Über alles/..' }, 'markdown', english)
    expect(name).toBe('talk-uber-alles-2026-11-22.md')
    expect(text).toContain('**You:** \\# not a heading\n\\- not a list \\<b\\>\\[x\\](y)\\</b\\>')
    expect(text).toContain('**Parley:** One two —')
    expect(text).not.toContain('three')
  })

  it('[W242] what stands around the words is in the language of the window', () => {
    const failed = reduce(conversation, {
      seq: 9,
      atMs,
      change: { type: 'turn-failed', turn: 'u', reason: 'The words could not be understood.' },
    })
    const { name, text } = exportConversation(failed, 'markdown', languageFor('de', []))
    expect(name).toBe('ohne-titel-2026-11-22.md')
    expect(text).toMatch(/^# Ohne Titel\n\n22\.11\.2026/)
    expect(text).toContain('(Die Worte waren nicht zu verstehen.)')
    expect(text).toContain('**Du:** ')
  })

  it('[W42] JSON holds everything, said and heard apart', () => {
    const { text } = exportConversation({ ...conversation, title: 'Talk' }, 'json', english)
    expect(JSON.parse(text)).toMatchObject({
      title: 'Talk',
      turns: [
        { role: 'user', via: 'text' },
        { text: 'One two three four.', heard: 'One two', cutAfterMs: 900 },
      ],
    })
  })

  it('[W4] a title is the first words, cut between words, without the full stop', () => {
    expect(titleOf('  What time\nis it? ')).toBe('What time is it')
    expect(titleOf('one two three four five six seven eight nine ten eleven twelve').length).toBeLessThanOrEqual(49)
    expect(titleOf('x'.repeat(200))).toBe(`${'x'.repeat(48)}…`)
  })
})
