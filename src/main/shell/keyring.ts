// The services' keys between two starts: encrypted by the system where it has a keyring, unencrypted only where the person
// said so, in memory otherwise. Keys that the environment brings are used and never written.
import { join } from 'node:path'
import { z } from 'zod'
import type { KeptShape } from '../../core/store/kept.ts'
import type { Random, Secrets } from '../ports.ts'
import { diskFiles, type Files } from '../store/files.ts'
import { openKeptFile } from '../store/kept-file.ts'

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
type StoredKeys = Record<string, z.infer<typeof storedKey>>

/** One that nobody understands costs itself alone: it can be typed again. */
export const keysShape: KeptShape<StoredKeys> = {
  version: 1,
  read(stored) {
    const given = z.record(z.string(), z.unknown()).safeParse(stored)
    if (!given.success) return null
    const read = Object.entries(given.data).map(([name, key]) => [name, storedKey.safeParse(key).data] as const)
    const good = read.flatMap(([name, key]) => (key ? [[name, key] as const] : []))
    const refused = good.length < read.length ? ['one of them can’t be read'] : []
    return { value: Object.fromEntries(good), refused }
  },
  write: (keys) => keys,
}

export function createKeyring(opts: {
  folder: string
  cipher: Cipher
  random: Random
  env: NodeJS.ProcessEnv
  files?: Files
  /** Hears once that the file was damaged. */
  tell?: (message: string) => void
}): Secrets {
  const { folder, cipher, random, files = diskFiles } = opts
  const inMemory = new Map<string, string>()
  const given = opts.env['OPENAI_API_KEY']?.trim() ?? ''
  if (given !== '') inMemory.set('openai', given)
  const opening = openKeptFile<StoredKeys>({
    files,
    random,
    path: join(folder, 'keys.json'),
    name: 'The keys',
    shape: keysShape,
    first: {},
    isSecret: true,
    ...(opts.tell ? { tell: opts.tell } : {}),
  })

  async function change(how: (stored: StoredKeys) => StoredKeys): Promise<void> {
    await (await opening).change(how)
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
      const file = await opening
      await file.settled()
      const stored = file.value()[name]
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
