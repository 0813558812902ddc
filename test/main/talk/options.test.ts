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

  it.each(['a\nb', '“key”', 'key\u200b', 'a key'])(
    '[C226] the key %j of the environment is refused by the variable’s name',
    (key) => {
      for (const [endpoint, name] of [
        ['openai', 'OPENAI_API_KEY'],
        ['wss://host/v1', 'PARLEY_KEY'],
      ] as const)
        expect(() => parsed(['--endpoint', endpoint], { [name]: key })).toThrow(`${name}: This key can’t be sent`)
    },
  )

  it('[C226] a key of the environment is trimmed, and one of nothing but space is none', () => {
    expect(parsed(['--endpoint', 'openai'], { OPENAI_API_KEY: ' x\n' }).endpoint).toMatchObject({ key: 'x' })
    expect(() => parsed(['--endpoint', 'openai'], { OPENAI_API_KEY: ' \n' })).toThrow('There is no OpenAI key')
    expect(parsed(['--endpoint', 'wss://host/v1'], { PARLEY_KEY: ' ' }).endpoint).toMatchObject({ key: null })
  })

  it('[C225] in which header a key goes can be said; an address that holds a key is refused', () => {
    const address = 'wss://host/base/v1?api-version=1'
    expect(parsed(['--endpoint', address, '--key-header', 'api-key'], { PARLEY_KEY: 'x' }).endpoint).toMatchObject({
      baseUrl: address,
      keyHeader: 'api-key',
    })
    expect(() => parsed(['--endpoint', address, '--key-header', 'cookie'])).toThrow(UsageError)
    expect(() => parsed(['--endpoint', 'wss://host/v1?key=abc'])).toThrow('Leave the key out of the address')
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
