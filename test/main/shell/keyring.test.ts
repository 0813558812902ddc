import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyring, type Cipher } from '../../../src/main/shell/keyring.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const key = 'sk-canary-0123456789abcdef'

/** Turns every bit over: nothing of the text is left to be found. */
const secret: Cipher = {
  isSecret: () => Promise.resolve(true),
  encrypt: (text) => Promise.resolve(Buffer.from(text).map((byte) => ~byte)),
  decrypt: (bytes) => Promise.resolve(Buffer.from(bytes.map((byte) => ~byte)).toString()),
}
const open: Cipher = { ...secret, isSecret: () => Promise.resolve(false) }

const keyring = (folder: string, cipher: Cipher, env: NodeJS.ProcessEnv = {}) =>
  createKeyring({ folder, cipher, random: Math.random, env })

describe('the keyring', () => {
  it('[X8] keeps a key encrypted where the system can, over a restart, for its owner alone', async () => {
    const folder = temporaryFolder()
    const first = keyring(folder, secret)
    expect(await first.keeping()).toBe('encrypted')
    await first.set('openai', key, false)
    expect(await keyring(folder, secret).get('openai')).toBe(key)
    const path = join(folder, 'keys.json')
    expect(await readFile(path, 'utf8')).not.toContain('canary')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('[X8] without a keyring writes nothing unless the person agreed', async () => {
    const folder = temporaryFolder()
    const first = keyring(folder, open)
    expect(await first.keeping()).toBe('plain')
    await first.set('openai', key, false)
    expect(await first.get('openai')).toBe(key)
    expect(await keyring(folder, open).get('openai')).toBeNull()
    await expect(readFile(join(folder, 'keys.json'))).rejects.toMatchObject({ code: 'ENOENT' })

    await first.set('openai', key, true)
    expect(await keyring(folder, open).get('openai')).toBe(key)
  })

  it('[X8] removes one key and leaves the others, also when both happen at once', async () => {
    const folder = temporaryFolder()
    const keys = keyring(folder, secret)
    await Promise.all([keys.set('openai', key, false), keys.set('compatible host', 'other-key-000', false)])
    await keys.remove('openai')
    expect(await keys.get('openai')).toBeNull()
    expect(await keyring(folder, secret).get('compatible host')).toBe('other-key-000')
    expect(await readFile(join(folder, 'keys.json'), 'utf8')).not.toContain('openai')
  })

  it('[X8] a key of the environment is used and never written', async () => {
    const folder = temporaryFolder()
    const keys = keyring(folder, secret, { OPENAI_API_KEY: key })
    expect(await keys.get('openai')).toBe(key)
    await expect(readFile(join(folder, 'keys.json'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('[X8] what can’t be opened any more counts as no key', async () => {
    const folder = temporaryFolder()
    await keyring(folder, secret).set('openai', key, false)
    const foreign: Cipher = { ...secret, decrypt: () => Promise.reject(new Error('not yours')) }
    expect(await keyring(folder, foreign).get('openai')).toBeNull()
    await writeFile(join(folder, 'keys.json'), '{"openai":')
    expect(await keyring(folder, secret).get('openai')).toBe(key)
    await writeFile(join(folder, 'keys.json.before'), '{"openai":')
    expect(await keyring(folder, secret).get('openai')).toBeNull()
  })

  it('[D200] a key that was taken out is in no copy of the file', async () => {
    const folder = temporaryFolder()
    const plain: Cipher = { ...secret, isSecret: () => Promise.resolve(false) }
    await keyring(folder, plain).set('openai', key, true)
    await keyring(folder, plain).remove('openai')
    for (const name of await readdir(folder)) expect(await readFile(join(folder, name), 'utf8')).not.toContain(key)
  })
})
