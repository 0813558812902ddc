// The log of one task on disk, complete and in order: what was appended and resolved is there after any end. Its meaning is
// core/agent/task-entry.ts's.
import { join } from 'node:path'
import { taskEntrySchema, type TaskEntry } from '../../core/agent/task-entry.ts'
import { decodeFrames, encodeFrame } from '../../core/store/record.ts'
import { fileName, parseFileNames } from '../store/conversation-files.ts'
import type { Files } from '../store/files.ts'
import { createJournalFile } from '../store/journal-file.ts'
import { faultOf, StoreError } from '../store/store-error.ts'

export interface TaskLog {
  /** Everything that is on disk, oldest first. */
  entries(): readonly TaskEntry[]
  /** Resolves when durable. Rejects with StoreError. */
  append(entry: TaskEntry): Promise<void>
  close(): Promise<void>
}

/** More than any task needs; a model that goes round in circles must not fill the disk. */
const largestLogBytes = 32 * 1024 * 1024
const idPattern = /^[A-Za-z0-9_-]{1,64}$/

/** Rejects with StoreError when what is there can't be read. @param folder of all tasks */
export async function openTaskLog(
  files: Files,
  folder: string,
  task: string,
  mostBytes = largestLogBytes,
): Promise<TaskLog> {
  if (!idPattern.test(task)) throw new StoreError('invalid', 'This task’s name is no name of Parley’s.')
  const home = join(folder, task)
  const found = await readAll(files, home).catch((error: unknown) => {
    throw new StoreError('refused', `The disk does not give this task’s log (${faultOf(error)}).`, error)
  })
  const { entries } = found
  let { bytes, highest } = found
  let writing: Promise<void> = Promise.resolve()
  const file = createJournalFile({
    files,
    folder: home,
    header: encodeFrame(0, { format: 'parley-task', version: 1, task }),
    takeNumber: () => (highest += 1),
  })

  async function write(entry: TaskEntry): Promise<void> {
    const frame = encodeFrame(entries.length + 1, entry)
    if (bytes + frame.length > mostBytes) throw new StoreError('too-large', 'This task has become too long to be kept.')
    try {
      await file.write(frame)
    } catch (error) {
      throw new StoreError('refused', `The task’s steps could not be saved (${faultOf(error)}).`, error)
    }
    bytes += frame.length
    entries.push(entry)
  }

  return {
    entries: () => entries,
    append(entry) {
      const done = writing.then(() => write(entry))
      writing = done.catch(() => undefined)
      return done
    },
    async close() {
      await writing
      await file.close()
    },
  }
}

async function readAll(files: Files, home: string): Promise<{ entries: TaskEntry[]; bytes: number; highest: number }> {
  const names = parseFileNames((await files.list(home)).files)
  /** A file that was given up may end in an entry that was never acknowledged: the next one goes on in its place. */
  const values: unknown[] = []
  let bytes = 0
  for (const { kind, number } of names) {
    const content = await files.read(join(home, fileName(kind, number)))
    if (content === null) continue
    bytes += content.length
    const { records } = decodeFrames(content)
    const from = records[0]?.seq ?? Infinity
    if (from <= values.length) values.length = from - 1
    for (const { seq, value } of records) if (seq === values.length + 1) values.push(value)
  }
  const entries: TaskEntry[] = []
  for (const value of values) {
    const entry = taskEntrySchema.safeParse(value)
    // An earlier checkpoint is whole; one with a hole in its middle is not.
    if (!entry.success) break
    entries.push(entry.data)
  }
  return { entries, bytes, highest: names.at(-1)?.number ?? 0 }
}

/** Removes the logs of all but the tasks named. Failures are left for the next start. */
export async function pruneTaskLogs(files: Files, folder: string, keep: readonly string[]): Promise<void> {
  const { folders } = await files.list(folder)
  for (const name of folders)
    if (idPattern.test(name) && !keep.includes(name)) await files.remove(join(folder, name)).catch(() => undefined)
}
