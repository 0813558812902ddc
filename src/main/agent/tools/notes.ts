// Notes and what is to be remembered: one Markdown file that the person may open and edit. Each note is a line of a list.
import { realpath, stat } from 'node:fs/promises'
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import type { Clock, Random } from '../../ports.ts'
import { diskFiles } from '../../store/files.ts'
import { appendBytes, writeBytes } from '../../store/own-file.ts'
import { createTurns } from '../../store/turns.ts'
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
      describe: () => wording('step.readNotes'),
      run: async () => ({
        text: (await read(opts.file()))?.toString('utf8') ?? 'There are no notes yet.',
        untrusted: 'the notes',
      }),
    }),
    defineTool({
      name: 'add_note',
      description: 'Adds a line to the person’s notes.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ text: z.string().trim().min(1).max(4_000) }),
      describe: ({ text }) => wording('step.addNote', { words: plainWords(text, 60) }),
      question: ({ text }) => wording('ask.addNote', { words: plainWords(text, 300) }),
      run: ({ text }) =>
        inTurn(opts, async (path) => {
          const before = await read(path)
          const line = Buffer.from(`- ${text.replace(/\s+/g, ' ')}\n`)
          const start = before === null ? Buffer.from(heading) : endsLine(before) ? [] : Buffer.from('\n')
          await opts.versions.keep(path, before, null)
          await appendBytes(path, Buffer.concat([Buffer.from(start), line]))
          return { text: 'It is noted.', untrusted: null }
        }),
    }),
    defineTool({
      name: 'remove_note',
      description: 'Removes the one line of the notes that holds these words.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ words: z.string().trim().min(1).max(400) }),
      describe: ({ words }) => wording('step.removeNote', { words: plainWords(words, 60) }),
      settle: ({ words }) => findLine(opts, words),
      question: (_, { line }) => wording('ask.removeNote', { words: plainWords(line, 300) }),
      identity: ({ line, at }) => [line, at],
      run: ({ words }, { settled }) =>
        inTurn(opts, async (path) => {
          const { bytes, lines, at, line } = await findLine(opts, words)
          if (line !== settled.line) throw new ToolError('The notes were changed meanwhile. Nothing was removed.')
          await opts.versions.keep(path, bytes, null)
          await writeBytes(path, joined(lines.filter((_, other) => other !== at)), opts.random)
          return { text: 'The note is removed.', untrusted: null }
        }),
    }),
  ]
}

/** Null when there is no file. */
async function read(file: string): Promise<Buffer | null> {
  const status = await stat(file).catch(() => null)
  if (status === null) return null
  if (!status.isFile() || status.size > maxBytes)
    throw new ToolError('The notes can’t be read: they are no file of ordinary size.')
  const bytes = await diskFiles.read(file)
  return bytes === null ? null : Buffer.from(bytes)
}

const endsLine = (bytes: Buffer): boolean => bytes.length === 0 || bytes.at(-1) === 0x0a

interface FoundLine {
  bytes: Buffer
  /** As bytes: what is no text of ours stays as it is. */
  lines: Buffer[]
  at: number
  line: string
}

async function findLine(opts: NotesOpts, words: string): Promise<FoundLine> {
  const bytes = (await read(opts.file())) ?? Buffer.alloc(0)
  const lines = linesOf(bytes)
  const found = [...lines.entries()].filter(([, line]) =>
    line.toString('utf8').toLowerCase().includes(words.toLowerCase()),
  )
  const [first] = found
  if (!first) throw new ToolError('No note holds these words.')
  if (found.length > 1) throw new ToolError(`${found.length} notes hold these words. Which one is meant?`)
  return { bytes, lines, at: first[0], line: first[1].toString('utf8') }
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let from = 0
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, from)) {
    lines.push(bytes.subarray(from, end))
    from = end + 1
  }
  return [...lines, bytes.subarray(from)]
}

function joined(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line, at) => (at === 0 ? [line] : [Buffer.from('\n'), line])))
}

/** Two at once would read the same and the later would undo the earlier. */
const changes = createTurns()

/** @param act is given the file itself, where its name is a link */
async function inTurn<Result>({ file }: NotesOpts, act: (path: string) => Promise<Result>): Promise<Result> {
  const path = await realpath(file()).catch(() => file())
  return changes.inTurn(path, async () => {
    try {
      return await act(path)
    } catch (error) {
      if (error instanceof ToolError) throw error
      throw new ToolError(`The notes could not be written (${faultOf(error)}).`)
    }
  })
}
