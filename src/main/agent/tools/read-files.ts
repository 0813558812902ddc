// Listing, reading and searching the granted folders. Names and contents are other people's words; links are never followed
// on a walk.
import { z } from 'zod'
import { workLimits } from '../../../core/agent/limits.ts'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import type { Grants, Place } from '../grants.ts'
import { defineTool, ToolError, type Tool } from '../tool.ts'
import type { WalkedPlace } from '../work/jobs.ts'
import type { Workbench } from './workbench.ts'

const path = z.string().max(4_096).describe('From the granted folder on, such as Notes/today.md')

export function createFileReaders(grants: Grants, workbench: Pick<Workbench, 'list' | 'search'>): Tool[] {
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
        of === undefined ? wording('step.listFolders') : wording('step.listFiles', { place: plainWords(of, 60) }),
      async run({ path: of, deep = false, sort = 'name' }, { signal }) {
        if (of === undefined) {
          const folders = (await grants.list()).map(({ name }) => name)
          return { text: JSON.stringify({ granted: folders }), untrusted: 'the names of folders' }
        }
        const place = await grants.find(of)
        if (place.kind !== 'folder') throw new ToolError(`${plainWords(place.shown)} is not a folder.`)
        const { entries, more, isWhole } = await workbench.list(walked(place), { deep, sort }, signal)
        return {
          text: JSON.stringify({
            folder: place.shown,
            entries,
            more,
            ...(isWhole ? {} : { note: `Only the first ${workLimits.walked} were looked at.` }),
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
      describe: ({ path: of }) => wording('step.reading', { place: plainWords(of, 60) }),
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
      describe: ({ path: of, words }) =>
        wording('step.searchFiles', { place: plainWords(of, 60), words: plainWords(words, 40) }),
      async run({ path: of, words }, { signal }) {
        const place = await grants.find(of)
        if (place.kind === 'missing') throw new ToolError(`There is no ${plainWords(place.shown)}.`)
        const found = await workbench.search(walked(place), words.toLowerCase(), signal)
        return { text: JSON.stringify({ found }), untrusted: `the files in ${place.shown}` }
      },
    }),
  ]
}

function walked({ grant, names, shown, kind }: Place): WalkedPlace {
  return { root: grant.path, names, shown, kind: kind === 'folder' ? 'folder' : 'file' }
}

async function readText(grants: Grants, place: Place): Promise<string> {
  const bytes = await readBytes(grants, place)
  // No text holds a zero byte, and what is no text starts with one soon.
  if (bytes.subarray(0, 8_192).includes(0)) throw new ToolError(`${plainWords(place.shown)} is not a text file.`)
  return bytes.toString('utf8')
}

async function readBytes(grants: Grants, place: Place): Promise<Buffer> {
  const { handle, status } = await grants.open(place)
  try {
    if (status.size > workLimits.readBytes)
      throw new ToolError(
        `${plainWords(place.shown)} has ${status.size} bytes; up to ${workLimits.readBytes} are read.`,
      )
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}
