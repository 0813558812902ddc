// Writing a file in a granted folder, whole or not at all, and taking it back. What was there before is kept first. The place is
// settled before the person is asked: what is written is what was shown, or nothing is.
import { z } from 'zod'
import { hasHidden } from '../../../core/agent/script.ts'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import type { Fact } from '../../../core/agent/task.ts'
import type { Random } from '../../ports.ts'
import { faultOf } from '../../store/store-error.ts'
import type { Grants, Place } from '../grants.ts'
import { obeyedBy } from '../obeyed-files.ts'
import { isAsSeen, NotAsSeen, putFile, seenOf, takeFile, type Seen } from '../put-file.ts'
import { defineTool, ownFact, ToolError, type Tool } from '../tool.ts'
import { createTurns } from '../../store/turns.ts'
import type { Versions } from '../versions.ts'

const maxBytes = 2 * 1024 * 1024
const path = z.string().min(1).max(4_096).describe('From the granted folder on, such as Notes/today.md')

/** Of a new file, like those that editors make. */
const newMode = 0o644

export interface FileWriterOpts {
  grants: Grants
  versions: Versions
  random: Random
}

interface Target {
  place: Place
  /** The folder that it lies in. */
  folder: { dev: number; ino: number }
  /** Null for a new file. */
  seen: Seen | null
  /** For taking back: the version that comes back. */
  version: { id: string; bytes: number | null } | null
}

type Mode = 'create' | 'replace' | 'append'

export function createFileWriters(opts: FileWriterOpts): Tool[] {
  const { versions } = opts
  return [
    defineTool({
      name: 'write_file',
      description: 'Writes a text file in a granted folder. create refuses when it is there, append adds to its end.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ path, text: z.string(), mode: z.enum(['create', 'replace', 'append']).optional() }),
      describe: ({ path: of }) => wording('step.writeFile', { place: plainWords(of, 60) }),
      settle: ({ path: of, mode = 'create' }) => settle(opts, of, mode),
      question({ text, mode = 'create' }, { place, seen }) {
        const how = seen === null ? 'ask.writeNew' : mode === 'append' ? 'ask.writeEnd' : 'ask.writeAll'
        return wording(how, { place: plainWords(place.shown), count: Array.from(text).length })
      },
      facts: factsOf,
      identity: ({ folder, seen }) => ({ folder, seen }),
      async run({ text, mode = 'create' }, { settled }) {
        const { place } = settled
        const written = await replacing(opts, settled, (before) => {
          const bytes = Buffer.concat([mode === 'append' && before ? before : Buffer.alloc(0), Buffer.from(text)])
          if (bytes.length > maxBytes) throw new ToolError(`The file would have more than ${maxBytes} bytes.`)
          return { bytes, mode: settled.seen?.mode ?? newMode }
        })
        return { text: `Written: ${place.shown}, ${written} bytes. undo_write takes it back.`, untrusted: null }
      },
    }),
    defineTool({
      name: 'undo_write',
      description: 'Gives a file that write_file wrote the content that it had before.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ path }),
      describe: ({ path: of }) => wording('step.undoWrite', { place: plainWords(of, 60) }),
      async settle({ path: of }) {
        const target = await settle(opts, of, 'replace')
        const version = await versions.newest(target.place.path)
        if (version === null) throw new ToolError(`Nothing older is kept of ${plainWords(target.place.shown)}.`)
        return { ...target, version: { id: version.id, bytes: version.bytes?.length ?? null } }
      },
      question(_, { place, version }) {
        const shown = plainWords(place.shown)
        const count = version?.bytes ?? null
        return count === null
          ? wording('ask.undoNew', { place: shown })
          : wording('ask.undoWrite', { place: shown, count })
      },
      facts: factsOf,
      identity: ({ folder, seen, version }) => ({ folder, seen, version }),
      async run(_, { settled }) {
        const { place } = settled
        const version = await versions.newest(place.path)
        if (version === null || version.id !== settled.version?.id)
          throw new ToolError(`${place.shown} was written meanwhile. Nothing was taken back.`)
        // What is there now is kept in turn: it may hold what the person wrote since.
        const { bytes, mode } = version
        await replacing(opts, settled, () =>
          bytes === null ? null : { bytes: Buffer.from(bytes), mode: mode ?? newMode },
        )
        await version.forget()
        return { text: `${place.shown} is as it was before.`, untrusted: null }
      },
    }),
  ]
}

async function settle({ grants }: FileWriterOpts, path: string, mode: Mode): Promise<Target> {
  const place = await grants.find(path)
  const shown = plainWords(place.shown)
  if (place.kind === 'folder') throw new ToolError(`${shown} is a folder.`)
  if (place.kind === 'file' && mode === 'create')
    throw new ToolError(`${shown} is there already. Append to it or replace it.`)
  if (place.kind === 'missing' && hasHidden(place.names.at(-1) ?? ''))
    throw new ToolError('The name of a new file holds characters that can’t be seen.')
  const folder = await grants.holdFolderOf(place)
  try {
    const { dev, ino } = folder
    return {
      place,
      folder: { dev, ino },
      seen: place.kind === 'file' ? await look(grants, place) : null,
      version: null,
    }
  } finally {
    await folder.close()
  }
}

async function look(grants: Grants, place: Place): Promise<Seen> {
  const { handle, status } = await grants.open(place)
  await handle.close()
  if (status.size > maxBytes) throw new ToolError(`${plainWords(place.shown)} is too large to be written safely.`)
  return seenOf(status)
}

function factsOf({ place, seen }: Target): Fact[] {
  const care = obeyedBy(place.names)
  return [
    { name: 'File', value: place.path },
    ownFact(
      'Now',
      seen === null
        ? wording('fact.is.missing')
        : wording('fact.is.file', { count: seen.bytes, time: { atMs: seen.changedMs } }),
    ),
    ...(care === null ? [] : [ownFact('Take care', care)]),
  ]
}

/**
 * Keeps what is there and puts something else in its place, if all is as it was shown.
 * @param make from what is there now to what shall be, null for nothing
 * @returns how many bytes were written
 */
async function replacing(
  { grants, versions, random }: FileWriterOpts,
  { place, folder: shownFolder, seen }: Target,
  make: (before: Buffer | null) => { bytes: Buffer; mode: number } | null,
): Promise<number> {
  const shown = plainWords(place.shown)
  // Two at once: the second finds another file than the one that was shown, and says so.
  return writes.inTurn(place.path, async () => {
    const folder = await grants.holdFolderOf(place)
    try {
      if (folder.dev !== shownFolder.dev || folder.ino !== shownFolder.ino) throw new NotAsSeen('Another folder.')
      const before = seen === null ? null : await readAsSeen(grants, place, seen)
      const after = make(before)
      await versions.keep(place.path, before, seen?.mode ?? null)
      const name = place.names.at(-1) ?? ''
      if (after !== null) await putFile(folder, name, after.bytes, { over: seen, mode: after.mode, random })
      else if (seen !== null) await takeFile(folder, name, seen)
      return after?.bytes.length ?? 0
    } catch (error) {
      if (error instanceof ToolError) throw error
      if (error instanceof NotAsSeen)
        throw new ToolError(`${shown} was changed or moved meanwhile. Nothing was written.`)
      throw new ToolError(`${shown} could not be written (${faultOf(error)}).`)
    } finally {
      await folder.close()
    }
  })
}

const writes = createTurns()

async function readAsSeen(grants: Grants, place: Place, seen: Seen): Promise<Buffer> {
  const { handle, status } = await grants.open(place)
  try {
    if (!isAsSeen(seenOf(status), seen)) throw new NotAsSeen('It is another by now.')
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}
