// Notes and what is to be remembered: one Markdown file that the person may open and edit. Each note is a line of a list.
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import type { Clock, Random } from '../../ports.ts'
import { diskFiles } from '../../store/files.ts'
import { replaceFile } from '../../store/replace-file.ts'
import { faultOf } from '../../store/store-error.ts'
import { defineTool, ToolError, type Tool } from '../tool.ts'
import type { Versions } from '../versions.ts'

export interface NotesOpts {
  /** Absolute path of the file, which may be missing. */
  file: () => string
  versions: Versions
  clock: Clock
  random: Random
}

const maxBytes = 1024 * 1024
const heading = '# Notes\n'

export function createNoteTools(opts: NotesOpts): Tool[] {
  return [
    defineTool({
      name: 'read_notes',
      description: 'Reads the person’s notes, which also hold what Parley was asked to remember.',
      risk: 'reads',
      asks: 'never',
      schema: z.strictObject({}),
      describe: () => 'Reading your notes',
      run: async () => ({ text: (await read(opts.file())) ?? 'There are no notes yet.', untrusted: 'the notes' }),
    }),
    defineTool({
      name: 'add_note',
      description: 'Adds a line to the person’s notes.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ text: z.string().trim().min(1).max(4_000) }),
      describe: ({ text }) => `Noting “${plainWords(text, 60)}”`,
      question: ({ text }) => `Add to your notes: “${plainWords(text, 300)}”?`,
      async run({ text }) {
        const before = (await read(opts.file())) ?? heading
        const line = `- ${text.replace(/\s+/g, ' ')}\n`
        await write(opts, before, before.endsWith('\n') ? before + line : `${before}\n${line}`)
        return { text: 'It is noted.', untrusted: null }
      },
    }),
    defineTool({
      name: 'remove_note',
      description: 'Removes the one line of the notes that holds these words.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ words: z.string().trim().min(1).max(400) }),
      describe: ({ words }) => `Removing the note about “${plainWords(words, 60)}”`,
      settle: ({ words }) => findLine(opts, words),
      question: (_, { line }) => `Remove the note “${plainWords(line, 300)}”?`,
      identity: ({ line, at }) => [line, at],
      async run({ words }, { settled }) {
        const { text, lines, at, line } = await findLine(opts, words)
        if (line !== settled.line) throw new ToolError('The notes were changed meanwhile. Nothing was removed.')
        await write(opts, text, lines.filter((_, other) => other !== at).join('\n'))
        return { text: 'The note is removed.', untrusted: null }
      },
    }),
  ]
}

/** Null when there is no file. */
async function read(file: string): Promise<string | null> {
  const status = await stat(file).catch(() => null)
  if (status === null) return null
  if (!status.isFile() || status.size > maxBytes)
    throw new ToolError('The notes can’t be read: they are no file of ordinary size.')
  const bytes = await diskFiles.read(file)
  return bytes === null ? null : Buffer.from(bytes).toString('utf8')
}

async function findLine(
  opts: NotesOpts,
  words: string,
): Promise<{ text: string; lines: string[]; at: number; line: string }> {
  const text = (await read(opts.file())) ?? ''
  const lines = text.split('\n')
  const found = [...lines.entries()].filter(([, line]) => line.toLowerCase().includes(words.toLowerCase()))
  const [first] = found
  if (!first) throw new ToolError('No note holds these words.')
  if (found.length > 1) throw new ToolError(`${found.length} notes hold these words. Which one is meant?`)
  return { text, lines, at: first[0], line: first[1] }
}

async function write({ file, versions, random }: NotesOpts, before: string, text: string): Promise<void> {
  const path = file()
  try {
    await versions.keep(path, Buffer.from(before), null)
    await diskFiles.makeFolder(dirname(path))
    await replaceFile(diskFiles, random, path, Buffer.from(text))
  } catch (error) {
    throw new ToolError(`The notes could not be written (${faultOf(error)}).`)
  }
}
