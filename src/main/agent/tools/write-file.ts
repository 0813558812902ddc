// Writing a file in a granted folder, whole or not at all, and taking it back. What was there before is kept first.
import { chmod, stat } from 'node:fs/promises'
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import type { Random } from '../../ports.ts'
import { diskFiles } from '../../store/files.ts'
import { replaceFile } from '../../store/replace-file.ts'
import { faultOf } from '../../store/store-error.ts'
import type { Grants, Place } from '../grants.ts'
import { defineTool, ToolError, type Tool } from '../tool.ts'
import type { Versions } from '../versions.ts'

const maxBytes = 2 * 1024 * 1024
const path = z.string().min(1).max(4_096).describe('From the granted folder on, such as Notes/today.md')

export interface FileWriterOpts {
  grants: Grants
  versions: Versions
  random: Random
}

export function createFileWriters(opts: FileWriterOpts): Tool[] {
  const { grants, versions } = opts
  return [
    defineTool({
      name: 'write_file',
      description: 'Writes a text file in a granted folder. create refuses when it is there, append adds to its end.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ path, text: z.string(), mode: z.enum(['create', 'replace', 'append']).optional() }),
      describe: ({ path: of }) => `Writing ${plainWords(of, 60)}`,
      async question({ path: of, text, mode = 'create' }) {
        const place = await writable(grants, of, mode)
        const shown = `“${plainWords(place.shown)}”`
        const size = `${Array.from(text).length} characters`
        if (place.kind === 'missing') return `Write ${size} to the new file ${shown}?`
        return mode === 'append' ? `Add ${size} to the end of ${shown}?` : `Replace all of ${shown} with ${size}?`
      },
      async run({ path: of, text, mode = 'create' }) {
        const place = await writable(grants, of, mode)
        const before = place.kind === 'file' ? await readWhole(grants, place) : null
        const bytes = Buffer.concat([mode === 'append' && before ? before : Buffer.alloc(0), Buffer.from(text)])
        if (bytes.length > maxBytes) throw new ToolError(`The file would have more than ${maxBytes} bytes.`)
        await put(opts, place, before, bytes)
        return { text: `Written: ${place.shown}, ${bytes.length} bytes. undo_write takes it back.`, untrusted: null }
      },
    }),
    defineTool({
      name: 'undo_write',
      description: 'Gives a file that write_file wrote the content that it had before.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ path }),
      describe: ({ path: of }) => `Undoing the writing of ${plainWords(of, 60)}`,
      question: async ({ path: of }) =>
        `Give “${plainWords((await writable(grants, of, 'replace')).shown)}” the content that it had before?`,
      async run({ path: of }) {
        const place = await writable(grants, of, 'replace')
        const version = await versions.newest(place.path)
        if (version === null) throw new ToolError(`Nothing older is kept of ${place.shown}.`)
        // What is there now is kept in turn: it may hold what the person wrote since.
        const now = place.kind === 'file' ? await readWhole(grants, place) : null
        if (version.bytes !== null) await put(opts, place, now, version.bytes)
        else await takeAway(opts, place, now)
        await version.forget()
        return { text: `${place.shown} is as it was before.`, untrusted: null }
      },
    }),
  ]
}

async function writable(grants: Grants, path: string, mode: 'create' | 'replace' | 'append'): Promise<Place> {
  const place = await grants.find(path)
  if (place.kind === 'folder') throw new ToolError(`${plainWords(place.shown)} is a folder.`)
  if (place.kind === 'file' && mode === 'create')
    throw new ToolError(`${plainWords(place.shown)} is there already. Append to it or replace it.`)
  return place
}

async function readWhole(grants: Grants, place: Place): Promise<Buffer> {
  const file = await grants.open(place)
  try {
    if ((await file.stat()).size > maxBytes) throw new ToolError(`${place.shown} is too large to be written safely.`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/** @param before what the file holds now, null when it is not there */
async function put(opts: FileWriterOpts, place: Place, before: Buffer | null, bytes: Uint8Array): Promise<void> {
  await replacing(opts, place, before, async () => {
    const mode = place.kind === 'file' ? (await stat(place.path)).mode & 0o777 : 0o644
    await replaceFile(diskFiles, opts.random, place.path, bytes)
    await chmod(place.path, mode)
  })
}

async function takeAway(opts: FileWriterOpts, place: Place, before: Buffer | null): Promise<void> {
  await replacing(opts, place, before, () => diskFiles.remove(place.path))
}

async function replacing(
  { grants, versions }: FileWriterOpts,
  place: Place,
  before: Buffer | null,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await versions.keep(place.path, before)
    // The last moment: a folder on the way may have become a link since it was looked at.
    if ((await grants.find(place.path)).path !== place.path) throw new ToolError(`${place.shown} was moved meanwhile.`)
    await act()
  } catch (error) {
    if (error instanceof ToolError) throw error
    throw new ToolError(`${place.shown} could not be written (${faultOf(error)}).`)
  }
}
