// Bytes onto the disk, in order, in one file after another: what `write` resolved for is durable, what it rejected for
// leaves no half record between good ones. What the bytes are, and whether to try again, is journal.ts's business.
import { dirname, join } from 'node:path'
import { fileName } from './conversation-files.ts'
import { writeAll, type Files, type OpenFile } from './files.ts'

export interface JournalFileOptions {
  files: Files
  /** Made when the first bytes come. */
  folder: string
  /** Stands at the beginning of every file. */
  header: Uint8Array
  takeNumber: () => number
}

export interface JournalFile {
  /** Never called while an earlier call is under way. Rejects with the system's error. */
  write(bytes: Uint8Array): Promise<void>
  /** The next bytes go into a new file. Not while a write is under way. */
  turnOver(): void
  close(): Promise<void>
}

interface Held {
  file: OpenFile
  path: string
  /** Everything before this is durable; 0 while not even the header is. */
  goodBytes: number
}

export function createJournalFile({ files, folder, header, takeNumber }: JournalFileOptions): JournalFile {
  let held: Held | null = null
  let closing = Promise.resolve()

  async function begin(): Promise<Held> {
    await files.makeFolder(folder)
    await files.syncFolder(dirname(folder))
    const path = join(folder, fileName('journal', takeNumber()))
    return { file: await files.create(path), path, goodBytes: 0 }
  }

  async function giveUp({ file, path, goodBytes }: Held): Promise<void> {
    held = null
    await file.close().catch(() => undefined)
    if (goodBytes === 0) await files.remove(path).catch(() => undefined)
  }

  async function write(bytes: Uint8Array): Promise<void> {
    const into = (held ??= await begin())
    const piece = into.goodBytes === 0 ? Buffer.concat([header, bytes]) : bytes
    try {
      await writeAll(into.file, piece, into.goodBytes)
    } catch (error) {
      await into.file.truncate(into.goodBytes).catch(() => giveUp(into))
      throw error
    }
    try {
      await into.file.sync()
      if (into.goodBytes === 0) await files.syncFolder(folder)
    } catch (error) {
      // The kernel reports a failed flush once and then calls the pages clean: nothing on this descriptor can be trusted.
      await giveUp(into)
      throw error
    }
    into.goodBytes += piece.length
  }

  function turnOver(): void {
    if (held === null) return
    const { file } = held
    held = null
    closing = closing.then(() => file.close()).catch(() => undefined)
  }

  return {
    write,
    turnOver,
    close() {
      turnOver()
      return closing
    },
  }
}
