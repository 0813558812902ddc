import { describe, expect, it } from 'vitest'
import { parseTalk, UsageError, type TalkOptions } from '../../../src/main/talk/options.ts'

function parsed(args: string[], env: NodeJS.ProcessEnv = {}): TalkOptions {
  const options = parseTalk(args, env)
  if (options === 'help') throw new Error('help')
  return options
}

describe('what talk is asked for', () => {
  it('[K20] files and typed words keep the order in which they were given', () => {
    expect(parsed(['one.wav', '--text', 'two', 'three.wav', '--text=four']).inputs).toEqual([
      { type: 'file', path: 'one.wav' },
      { type: 'text', text: 'two' },
      { type: 'file', path: 'three.wav' },
      { type: 'text', text: 'four' },
    ])
  })

  it('[K21] each service gets its own key and no other', () => {
    const env = { OPENAI_API_KEY: 'for-openai', PARLEY_KEY: 'for-others' }
    expect(parsed(['--endpoint', 'openai'], env).endpoint).toMatchObject({
      key: 'for-openai',
      baseUrl: 'wss://api.openai.com/v1',
    })
    expect(parsed(['--endpoint', 'wss://host/v1'], env).endpoint).toMatchObject({ key: 'for-others' })
    expect(parsed(['--endpoint', 'wss://host/v1'], { OPENAI_API_KEY: 'for-openai' }).endpoint).toMatchObject({
      key: null,
    })
  })

  it.each([
    [['--endpoint', 'openai'], 'OPENAI_API_KEY'],
    [['--mode', 'psychic'], 'semantic, server or manual'],
    [['--keep', '../../etc'], 'letters, digits'],
    [['--voise', 'x'], '--help'],
  ])('[K22] %j is refused with a sentence that names the way out', (args, hint) => {
    expect(() => parseTalk(args, {})).toThrow(UsageError)
    expect(() => parseTalk(args, {})).toThrow(hint)
  })
})
