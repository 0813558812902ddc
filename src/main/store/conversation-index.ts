// What the list of conversations shows, kept in one file so that it need not read them all. It is a convenience: an
// entry counts only while it names the conversation's newest file, so it may be old, damaged or missing.
import { join } from 'node:path'
import { z } from 'zod'
import { seal, unseal } from '../../core/store/snapshot.ts'
import type { ConversationSummary, Random } from '../ports.ts'
import type { Files } from './files.ts'
import { replaceFile } from './replace-file.ts'
import { openDocument } from './snapshot.ts'

const indexSchema = z.record(
  z.string(),
  z.object({
    /** Number of the newest file when the summary was taken. */
    newest: z.number().int().positive(),
    title: z.string(),
    startedMs: z.number(),
    changedMs: z.number(),
    turns: z.number().int().nonnegative(),
  }),
)

export interface ConversationIndex {
  get(id: string, newest: number): ConversationSummary | null
  put(summary: ConversationSummary, newest: number): void
  drop(id: string): void
  /** Writes what was put since the last time, with the entries of `ids` alone. Rejects with the system's error. */
  save(ids: readonly string[]): Promise<void>
}

export async function openIndex(opts: { files: Files; folder: string; random: Random }): Promise<ConversationIndex> {
  const path = join(opts.folder, 'index.json')
  const document = await openDocument<z.infer<typeof indexSchema>>(
    {
      async read() {
        const bytes = await opts.files.read(path)
        return bytes === null ? null : (indexSchema.safeParse(unseal(bytes)).data ?? null)
      },
      write: (entries) => replaceFile(opts.files, opts.random, path, seal(JSON.stringify(entries))),
    },
    {},
  )
  const entries = new Map(Object.entries(document.value()))
  let altered = false
  return {
    get(id, newest) {
      const entry = entries.get(id)
      if (entry?.newest !== newest) return null
      const { title, startedMs, changedMs, turns } = entry
      return { id, title, startedMs, changedMs, turns }
    },
    put({ id, ...summary }, newest) {
      entries.set(id, { newest, ...summary })
      altered = true
    },
    drop(id) {
      if (entries.delete(id)) altered = true
    },
    async save(ids) {
      const known = new Set(ids)
      for (const id of entries.keys()) if (!known.has(id)) altered = entries.delete(id) || altered
      if (!altered) return
      altered = false
      document.set(Object.fromEntries(entries))
      await document.save()
    },
  }
}
