import { describe, expect, it } from 'vitest'
import type { ToolServerState } from '../../src/core/agent/tool-server.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { serverStateWords } from '../../src/renderer/server-words.ts'

const english = languageFor('en', [])

describe('how a server of tools stands, in words', () => {
  it('[S206] each state is a sentence that says what comes next', () => {
    const words = (state: ToolServerState): string => serverStateWords(state, 'stdio', english)
    expect(words({ type: 'starting', sinceMs: 0, line: null })).toMatch(/waited for two minutes\.$/)
    expect(words({ type: 'starting', sinceMs: 0, line: 'Downloading 5 %' })).toMatch(/It says: Downloading 5 %$/)
    expect(serverStateWords({ type: 'starting', sinceMs: 0, line: null }, 'http', english)).toBe('Asking its address…')
    expect(words({ type: 'ready', tools: 0 })).toBe('Ready. It lists no tools.')
    expect([1, 2].map((tools) => words({ type: 'ready', tools }))).toEqual([
      'Ready, with 1 tool.',
      'Ready, with 2 tools.',
    ])
    expect(words({ type: 'waiting', why: 'It stopped.' })).toBe('It stopped. It is started again in a moment.')
    expect(words({ type: 'failed', why: 'It stopped.' })).toBe('It stopped. It is not started again by itself.')
    expect(words({ type: 'sign-in', why: 'Who are you?', address: null })).toBe('Who are you?')
  })
})
