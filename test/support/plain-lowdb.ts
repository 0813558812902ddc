// A record kept as lowdb's own JSONFile keeps it: the whole document into `.name.tmp`, close, rename, no flush. It is
// the other side of every durability test: what the record must survive, this must be seen not to.
import { basename, dirname, join } from 'node:path'
import { Low } from 'lowdb'
import type { Change, StoredChange } from '../../src/core/conversation/change.ts'
import { writeAll, type Files } from '../../src/main/store/files.ts'

export interface PlainRecord {
  append(changes: readonly Change[]): Promise<void>
  changes(): readonly StoredChange[]
}

/** Rejects with a bare SyntaxError when the file can't be parsed, as lowdb does. */
export async function openPlainLowdb(files: Files, path: string): Promise<PlainRecord> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`)
  const low = new Low<StoredChange[]>(
    {
      async read() {
        const bytes = await files.read(path)
        return bytes === null ? null : (JSON.parse(Buffer.from(bytes).toString('utf8')) as StoredChange[])
      },
      async write(stored) {
        await files.remove(temporary)
        const file = await files.create(temporary)
        await writeAll(file, Buffer.from(JSON.stringify(stored)), 0)
        await file.close()
        await files.rename(temporary, path)
      },
    },
    [],
  )
  await low.read()
  return {
    changes: () => low.data,
    async append(changes) {
      const from = low.data.length + 1
      await low.update((stored) => stored.push(...changes.map((change, at) => ({ seq: from + at, atMs: 0, change }))))
    },
  }
}
