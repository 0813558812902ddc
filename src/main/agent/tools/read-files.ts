// Listing, reading and searching the granted folders. Names and contents are other people's words; links are never followed
// on a walk.
import { readdir, lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import type { Grants, Place } from '../grants.ts'
import { defineTool, ToolError, type Tool } from '../tool.ts'

const limits = { walked: 5_000, listed: 400, hits: 100, readBytes: 2 * 1024 * 1024 } as const

interface Entry {
  /** From the granted folder on: `Notes/today.md`. */
  path: string
  kind: 'file' | 'folder' | 'link' | 'other'
  bytes: number
  changed: string
}

const path = z.string().max(4_096).describe('From the granted folder on, such as Notes/today.md')

export function createFileReaders(grants: Grants): Tool[] {
  return [
    defineTool({
      name: 'list_files',
      description:
        'Lists a granted folder as JSON with sizes in bytes. Without a path it lists the folders that were granted. deep includes the folders inside.',
      risk: 'reads',
      asks: 'never',
      schema: z.strictObject({
        path: path.optional(),
        deep: z.boolean().optional(),
        sort: z.enum(['name', 'largest', 'newest']).optional(),
      }),
      describe: ({ path: of }) =>
        of === undefined ? 'Looking which folders are granted' : `Looking into ${plainWords(of, 60)}`,
      async run({ path: of, deep = false, sort = 'name' }, signal) {
        if (of === undefined) {
          const folders = (await grants.list()).map(({ name }) => name)
          return { text: JSON.stringify({ granted: folders }), untrusted: 'the names of folders' }
        }
        const place = await grants.find(of)
        if (place.kind !== 'folder') throw new ToolError(`${plainWords(place.shown)} is not a folder.`)
        const { entries, isWhole } = await walk(place, deep, signal)
        const sorted = entries.sort(orders[sort])
        return {
          text: JSON.stringify({
            folder: place.shown,
            entries: sorted.slice(0, limits.listed),
            more: Math.max(0, sorted.length - limits.listed),
            ...(isWhole ? {} : { note: `Only the first ${limits.walked} were looked at.` }),
          }),
          untrusted: `the names of files in ${place.shown}`,
        }
      },
    }),
    defineTool({
      name: 'read_file',
      description: 'Reads a text file in a granted folder, from a line on.',
      risk: 'reads',
      asks: 'never',
      schema: z.strictObject({
        path,
        from_line: z.int().min(1).optional(),
        lines: z.int().min(1).max(10_000).optional(),
      }),
      describe: ({ path: of }) => `Reading ${plainWords(of, 60)}`,
      async run({ path: of, from_line: from = 1, lines }) {
        const place = await grants.find(of)
        const all = (await readText(grants, place)).split('\n')
        const part = all.slice(from - 1, lines === undefined ? undefined : from - 1 + lines)
        return { text: part.join('\n'), untrusted: `the file ${place.shown} (${all.length} lines)` }
      },
    }),
    defineTool({
      name: 'search_files',
      description: 'Finds the files of a granted folder whose name or lines hold these words, as JSON.',
      risk: 'reads',
      asks: 'never',
      schema: z.strictObject({ path, words: z.string().trim().min(1).max(200) }),
      describe: ({ path: of, words }) => `Searching ${plainWords(of, 60)} for “${plainWords(words, 40)}”`,
      async run({ path: of, words }, signal) {
        const place = await grants.find(of)
        const found = await search(grants, place, words.toLowerCase(), signal)
        return { text: JSON.stringify({ found }), untrusted: `the files in ${place.shown}` }
      },
    }),
  ]
}

const orders: Record<'name' | 'largest' | 'newest', (one: Entry, other: Entry) => number> = {
  name: (one, other) => (one.path < other.path ? -1 : 1),
  largest: (one, other) => other.bytes - one.bytes,
  newest: (one, other) => (one.changed < other.changed ? 1 : -1),
}

async function walk(place: Place, deep: boolean, signal: AbortSignal): Promise<{ entries: Entry[]; isWhole: boolean }> {
  const entries: Entry[] = []
  const folders = [{ path: place.path, shown: place.shown }]
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    for (const item of await readdir(folder.path, { withFileTypes: true }).catch(() => [])) {
      signal.throwIfAborted()
      if (entries.length >= limits.walked) return { entries, isWhole: false }
      const inside = { path: join(folder.path, item.name), shown: `${folder.shown}/${item.name}` }
      const status = await lstat(inside.path).catch(() => null)
      if (status === null) continue
      const kind = item.isFile() ? 'file' : item.isDirectory() ? 'folder' : item.isSymbolicLink() ? 'link' : 'other'
      if (kind === 'folder' && deep) folders.push(inside)
      const bytes = kind === 'file' ? status.size : 0
      entries.push({ path: inside.shown, kind, bytes, changed: status.mtime.toISOString() })
    }
  }
  return { entries, isWhole: true }
}

async function readText(grants: Grants, place: Place): Promise<string> {
  const bytes = await readBytes(grants, place)
  // No text holds a zero byte, and what is no text starts with one soon.
  if (bytes.subarray(0, 8_192).includes(0)) throw new ToolError(`${plainWords(place.shown)} is not a text file.`)
  return bytes.toString('utf8')
}

async function readBytes(grants: Grants, place: Place): Promise<Buffer> {
  const file = await grants.open(place)
  try {
    const { size } = await file.stat()
    if (size > limits.readBytes)
      throw new ToolError(`${plainWords(place.shown)} has ${size} bytes; up to ${limits.readBytes} are read.`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

async function search(grants: Grants, place: Place, words: string, signal: AbortSignal): Promise<object[]> {
  const found: object[] = []
  if (place.kind === 'missing') throw new ToolError(`There is no ${plainWords(place.shown)}.`)
  const files = place.kind === 'folder' ? (await walk(place, true, signal)).entries : [fileEntry(place)]
  for (const { path: of, kind } of files) {
    signal.throwIfAborted()
    if (found.length >= limits.hits) break
    if (of.toLowerCase().includes(words)) found.push({ path: of })
    if (kind !== 'file') continue
    const text = await grants
      .find(of)
      .then((inside) => readText(grants, inside))
      .catch(() => '')
    for (const [at, line] of text.split('\n').entries())
      if (line.toLowerCase().includes(words) && found.length < limits.hits)
        found.push({ path: of, line: at + 1, text: line.slice(0, 300) })
  }
  return found
}

function fileEntry(place: Place): Pick<Entry, 'path' | 'kind'> {
  return { path: place.shown, kind: 'file' }
}
