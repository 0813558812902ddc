// Keys as they are given in the window or by the environment, and what a conversation under them is recorded as.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSessionSecrets } from '../../../src/main/app/session-secrets.ts'
import { createKeyring } from '../../../src/main/shell/keyring.ts'
import { openApp } from '../../support/opened-app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('a key that is given in the window', () => {
  it('[C226] is trimmed and taken, or refused in a sentence; a refused one is kept nowhere', async () => {
    const { ask, server } = await openApp()
    for (const [given, sent] of [
      [' test\n', 'test'],
      ['none', 'none'],
      ['x', 'x'],
    ] as const) {
      await ask('set-key', { service: 'compatible', key: given, plain: false })
      let seen: string | undefined
      // The app may have knocked with the key before.
      while (seen !== `Bearer ${sent}`) seen = (await server.connection()).request.headers.authorization
    }
    const attempts = server.attempts()
    for (const [given, why] of [
      ['sk\none', 'line break'],
      ['sk one', 'space'],
      ['sk\u200bone', 'can’t be seen'],
      ['“sk”', 'curly quotes'],
      [' \n', 'There is no key in this'],
    ] as const)
      await expect(ask('set-key', { service: 'compatible', key: given, plain: false })).rejects.toThrow(why)
    expect(server.attempts()).toBe(attempts)
  })

  it.each(['sk\none', '“sk”'])('[C226] %j of the environment is told where the line is refused', async (given) => {
    const { ask, state } = await openApp({ key: given })
    await state(({ line }) => line.type === 'refused')
    expect((await ask('look', null)).state.line).toMatchObject({
      remedy: 'key',
      message: expect.stringContaining('This key can’t be sent') as string,
    })
    expect(await ask('try-service', null)).toMatchObject({
      ok: false,
      message: expect.stringContaining('can’t be sent') as string,
    })
  })

  it('[C226] one of the environment is trimmed, wherever keys are kept', async () => {
    const cipher = { isSecret: async () => false, encrypt: async () => randomBytes(1), decrypt: async () => '' }
    for (const [given, key] of [
      [' x\n', 'x'],
      [' \n', null],
    ] as const) {
      const env = { OPENAI_API_KEY: given }
      expect(await createSessionSecrets(env).get('openai')).toBe(key)
      const keyring = createKeyring({ folder: temporaryFolder(), cipher, random: Math.random, env })
      expect(await keyring.get('openai')).toBe(key)
    }
  })
})

describe('a conversation', () => {
  it.each(['test', 'none', 'x', 'testing one', 'the user will'.replaceAll(' ', '_')])(
    '[C227] under the key %j is recorded letter for letter, with the key’s own letters in it',
    async (key) => {
      const words = `the user will test one x; none of it is Bearer ${key}, ${key}${key} or [key]`
      const given = key.replaceAll(' ', '-')
      const { live, ask, notice } = await openApp({ key: given })
      const service = await live()
      expect(service.request.headers.authorization).toBe(`Bearer ${given}`)
      service.hearTurn('u1', null, words)
      const answer = { response: 'r1', item: 'a1' }
      service.beginAnswer({ ...answer, previous: 'u1' })
      service.speak(answer, words, 100)
      service.endAnswer(answer, words)
      await notice('change', ({ stored: { change } }) => change.type === 'played' && !change.cut)
      await ask('say', { text: words })
      expect(JSON.stringify((await service.next('conversation.item.create')).item)).toContain(
        JSON.stringify(words).slice(1, -1),
      )
      const { turns } = await ask('snapshot', null)
      expect(turns.map(({ text }) => text)).toEqual([words, words, words])
    },
  )
})
