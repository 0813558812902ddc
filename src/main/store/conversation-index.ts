// What the list of conversations shows, kept in one file so that it need not read them all. It is a convenience: an entry
// counts only while it names the conversation's newest file, so it may be old, damaged or missing. A change adds a line; the
// file is written anew only when most of it is outdated. Conversations are ordered by use, whatever the clock said.
import { join } from 'node:path'
import { z } from 'zod'
import { decodeFrames, encodeFrame } from '../../core/store/record.ts'
import { unseal } from '../../core/store/snapshot.ts'
import type { ConversationSummary, Random } from '../ports.ts'
import { writeAll, type Files, type OpenFile } from './files.ts'
import { replaceFile } from './replace-file.ts'
import { faultOf } from './store-error.ts'

const entrySchema = z.object({
  /** Number of the newest file when the summary was taken. */
  newest: z.number().int().positive(),
  title: z.string(),
  startedMs: z.number(),
  changedMs: z.number(),
  turns: z.number().int().nonnegative(),
  /** Rises with every use of any conversation. */
  order: z.number().int().nonnegative().default(0),
})
type Entry = z.infer<typeof entrySchema>

const lineSchema = z.union([entrySchema.extend({ id: z.string() }), z.object({ gone: z.string() })])
/** The file of the version before, written as a whole. */
const olderSchema = z.record(z.string(), entrySchema)

export interface ConversationIndex {
  get(id: string, newest: number): ConversationSummary | null
  /** As it was when it was closed last, whatever lies there now. */
  last(id: string): { newest: number; turns: number } | null
  /** How recently it was used, beside others; 0 for one that is not known. */
  orderOf(id: string): number
  /** It is the one that was used last, unless nothing of it is new. */
  put(summary: ConversationSummary, newest: number): void
  drop(id: string): void
  /** Writes what is new, with the entries of `ids` alone. Rejects with the system's error. */
  save(ids: readonly string[]): Promise<void>
  /** The same, and nothing that was dropped is left in the file. */
  purge(): Promise<void>
  close(): Promise<void>
}

const header = encodeFrame(0, { format: 'parley-index', version: 1 })
/** Below it nothing is worth writing anew. */
const leastBytes = 64 * 1024
/** About one entry's. */
const lineBytes = 200

export async function openIndex(opts: {
  files: Files
  folder: string
  random: Random
  warn: (message: string) => void
}): Promise<ConversationIndex> {
  const { files } = opts
  const path = join(opts.folder, 'index.log')
  const older = join(opts.folder, 'index.json')
  const entries = new Map<string, Entry>()
  let goodBytes = 0
  /** What a file of today's entries alone would take, about. */
  let liveBytes = 0
  let order = 0
  let seq = 0
  let fresh: Uint8Array[] = []
  let held: OpenFile | null = null
  let last: Promise<void> = Promise.resolve()

  function take(id: string, entry: Entry): void {
    entries.set(id, entry)
    order = Math.max(order, entry.order)
  }

  async function read(): Promise<void> {
    const bytes = await files.read(path)
    if (bytes !== null) {
      const found = decodeFrames(bytes)
      goodBytes = found.goodBytes
      for (const record of found.records) {
        seq = Math.max(seq, record.seq)
        const line = lineSchema.safeParse(record.value)
        if (!line.success) continue
        if ('gone' in line.data) entries.delete(line.data.gone)
        else take(line.data.id, line.data)
      }
    } else {
      const was = await files.read(older)
      const all = was === null ? {} : (olderSchema.safeParse(unseal(was)).data ?? {})
      const byTime = Object.entries(all).sort(([, one], [, other]) => one.changedMs - other.changedMs)
      for (const [id, entry] of byTime) write(id, { ...entry, order: (order += 1) })
    }
    liveBytes = entries.size * lineBytes
  }

  const lineOf = (id: string, entry: Entry): Uint8Array => encodeFrame((seq += 1), { id, ...entry })

  function write(id: string, entry: Entry): void {
    take(id, entry)
    fresh.push(lineOf(id, entry))
    liveBytes = entries.size * lineBytes
  }

  function drop(id: string): void {
    if (entries.delete(id)) fresh.push(encodeFrame((seq += 1), { gone: id }))
  }

  async function append(): Promise<void> {
    if (fresh.length === 0) return
    const lines = fresh
    fresh = []
    held ??= (await files.append(path)).file
    const bytes = Buffer.concat(goodBytes === 0 ? [header, ...lines] : lines)
    // What a write half-way left behind would stand between good lines.
    await held.truncate(goodBytes)
    await writeAll(held, bytes, goodBytes)
    goodBytes += bytes.length
  }

  async function writeAnew(): Promise<void> {
    await letGo()
    fresh = []
    seq = 0
    const bytes = Buffer.concat([header, ...[...entries].map(([id, entry]) => lineOf(id, entry))])
    await replaceFile(files, opts.random, path, bytes)
    await files.remove(older)
    goodBytes = bytes.length
  }

  async function letGo(): Promise<void> {
    const file = held
    held = null
    await file?.close()
  }

  /** One after another. What failed is worked out again from the conversations. */
  function inTurn(act: () => Promise<void>): Promise<void> {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }

  await read().catch((error: unknown) => opts.warn(`The index could not be read: ${faultOf(error)}.`))
  return {
    get(id, newest) {
      const entry = entries.get(id)
      if (entry?.newest !== newest) return null
      const { title, startedMs, changedMs, turns } = entry
      return { id, title, startedMs, changedMs, turns }
    },
    last: (id) => entries.get(id) ?? null,
    orderOf: (id) => entries.get(id)?.order ?? 0,
    put({ id, title, startedMs, changedMs, turns }, newest) {
      const was = entries.get(id)
      const isSame = was?.title === title && was.changedMs === changedMs && was.turns === turns
      if (isSame && was.newest === newest) return
      write(id, { newest, title, startedMs, changedMs, turns, order: isSame ? was.order : order + 1 })
    },
    drop,
    save: (ids) =>
      inTurn(async () => {
        const known = new Set(ids)
        for (const id of entries.keys()) if (!known.has(id)) drop(id)
        await (goodBytes > Math.max(leastBytes, 3 * liveBytes) ? writeAnew() : append())
      }),
    purge: () => inTurn(writeAnew),
    close: () =>
      inTurn(async () => {
        try {
          await append()
        } finally {
          await letGo()
        }
      }),
  }
}
