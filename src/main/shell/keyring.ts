// The services' keys between two starts: encrypted by the system where it has a keyring, unencrypted only where the person
// said so, in memory otherwise. Keys that the environment brings are used and never written.
import { join } from 'node:path'
import { z } from 'zod'
import type { Random, Secrets } from '../ports.ts'
import { diskFiles, type Files } from '../store/files.ts'
import { replaceFile } from '../store/replace-file.ts'

/** The system's keyring. */
export interface Cipher {
  /** False where its password is known to everybody, or where there is none. */
  isSecret(): Promise<boolean>
  encrypt(text: string): Promise<Uint8Array>
  decrypt(bytes: Uint8Array): Promise<string>
}

const storedKey = z.discriminatedUnion('kept', [
  z.object({ kept: z.literal('encrypted'), base64: z.string() }),
  z.object({ kept: z.literal('plain'), key: z.string() }),
])
const storedKeys = z.record(z.string(), storedKey)
type StoredKeys = z.infer<typeof storedKeys>

export function createKeyring(opts: {
  folder: string
  cipher: Cipher
  random: Random
  env: NodeJS.ProcessEnv
  files?: Files
}): Secrets {
  const { folder, cipher, random, files = diskFiles } = opts
  const path = join(folder, 'keys.json')
  const inMemory = new Map<string, string>()
  const given = opts.env['OPENAI_API_KEY']?.trim() ?? ''
  if (given !== '') inMemory.set('openai', given)
  let last: Promise<unknown> = Promise.resolve()

  async function read(): Promise<StoredKeys> {
    const bytes = await files.read(path)
    if (bytes === null) return {}
    try {
      return storedKeys.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    } catch {
      // A key can be typed again; a file that nobody understands helps nobody.
      return {}
    }
  }

  /** One after the other, each on what the one before left. */
  function change(how: (stored: StoredKeys) => StoredKeys): Promise<void> {
    const changed = last.then(async () => {
      await files.makeFolder(folder)
      await replaceFile(files, random, path, Buffer.from(JSON.stringify(how(await read()))))
    })
    last = changed.catch(() => undefined)
    return changed
  }

  async function open(stored: z.infer<typeof storedKey>): Promise<string | null> {
    if (stored.kept === 'plain') return stored.key
    // The keyring of another user or machine can't open it: as good as no key.
    return cipher.decrypt(Buffer.from(stored.base64, 'base64')).catch(() => null)
  }

  return {
    async keeping() {
      return (await cipher.isSecret()) ? 'encrypted' : 'plain'
    },
    async get(name) {
      const given = inMemory.get(name)
      if (given !== undefined) return given
      await last
      const stored = (await read())[name]
      return stored ? open(stored) : null
    },
    async set(name, key, plain) {
      inMemory.delete(name)
      if (await cipher.isSecret()) {
        const base64 = Buffer.from(await cipher.encrypt(key)).toString('base64')
        return change((stored) => ({ ...stored, [name]: { kept: 'encrypted', base64 } }))
      }
      if (plain) return change((stored) => ({ ...stored, [name]: { kept: 'plain', key } }))
      inMemory.set(name, key)
    },
    async remove(name) {
      inMemory.delete(name)
      await change(({ [name]: _removed, ...rest }) => rest)
    },
  }
}
