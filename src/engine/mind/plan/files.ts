// Finding, counting and reading files with whatever tools there are for it.
import type { MindTool } from '../../ports.ts'
import { choiceOf, deepOf, pathOf, toolFor } from './kit.ts'
import { bare, failureIn, readListing, readRoots, type Entry } from './output.ts'
import { use, type Script } from './script.ts'

/** A step that can't be done: the reason goes to whoever asked. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo'
}

/** Only as far as this is looked into folders that a tool lists one by one. */
const mostFolders = 40
const deepest = 4
const together = 8

export function* did(name: string, args: Record<string, unknown>): Script<string> {
  const output = yield* use(name, args)
  const failure = failureIn(output)
  if (failure !== null) throw new CannotDo(failure)
  return output
}

/** @param named a folder in the asker's words; null for all that may be used */
export function* listFiles(
  tools: readonly MindTool[],
  named: string | null,
  order: RegExp | null = null,
): Script<Entry[]> {
  const tool = toolFor('list', tools)
  if (tool === null) throw new CannotDo('I have no tool that lists files.')
  const folders = yield* foldersToLook(tool, tools, named)
  const sorted = order === null ? null : choiceOf(tool, order)
  const more = {
    ...(deepOf(tool) === null ? {} : { [deepOf(tool)?.name ?? 'deep']: true }),
    ...(sorted === null ? {} : { [sorted.name]: sorted.value }),
  }
  const found: Entry[] = []
  let next: (string | null)[] = folders
  let looked = 0
  for (let depth = 0; depth < deepest && next.length > 0 && looked < mostFolders; depth += 1) {
    const inside: string[] = []
    for (let at = 0; at < next.length && looked < mostFolders; at += together) {
      const batch = next.slice(at, at + together)
      looked += batch.length
      const outputs = yield batch.map((folder) => ({
        name: tool.name,
        arguments: { ...placed(tool, folder), ...more },
      }))
      for (const [index, output] of outputs.entries()) {
        const failure = failureIn(output)
        if (failure !== null && depth === 0) throw new CannotDo(failure)
        const entries = failure === null ? readListing(output, batch[index] ?? null) : []
        found.push(...entries)
        inside.push(...entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path))
      }
    }
    next = deepOf(tool) === null ? inside : []
  }
  return yield* withSizes(found, tools, order)
}

const placed = (tool: MindTool, folder: string | null): Record<string, unknown> => {
  const path = pathOf(tool)
  return path === null || folder === null ? {} : { [path.name]: folder }
}

/** Where to begin: the named folder, else every folder that was granted, else where the tool itself begins. */
function* foldersToLook(tool: MindTool, tools: readonly MindTool[], named: string | null): Script<(string | null)[]> {
  if (named !== null && /[\\/]/.test(named)) return [named]
  const path = pathOf(tool)
  const teller = toolFor('roots', tools)
  const isOptional = path !== null && !path.required
  if (path === null) return [null]
  if (teller === null && !isOptional) return [named ?? '.']
  const output = yield* did(teller?.name ?? tool.name, {})
  const roots = readRoots(output)
  if (roots === null) return named === null ? [null] : [folderIn(readListing(output, null), named)]
  if (roots.length === 0) throw new CannotDo('No folder has been granted yet.')
  if (named === null) return roots
  const own = roots.filter((root) => alike(root.split(/[\\/]/).at(-1) ?? root, named))
  // A folder inside one that was granted.
  return own.length > 0 ? own : roots.map((root) => `${root.replace(/\/$/, '')}/${named}`)
}

const alike = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
const folderIn = (entries: readonly Entry[], named: string): string =>
  entries.find(({ name, kind }) => kind === 'folder' && alike(name, named))?.path ?? named

/** Listings without sizes are completed where there is a tool for it. */
function* withSizes(found: Entry[], tools: readonly MindTool[], order: RegExp | null): Script<Entry[]> {
  const info = toolFor('info', tools)
  const path = info === null ? null : pathOf(info)
  const incomplete = found.filter(({ kind, bytes }) => kind === 'file' && bytes === null)
  if (order === null || info === null || path === null || incomplete.length === 0) return found
  const known = new Map<string, number | null>()
  for (let at = 0; at < Math.min(incomplete.length, mostFolders); at += together) {
    const batch = incomplete.slice(at, at + together)
    const outputs = yield batch.map((file) => ({ name: info.name, arguments: { [path.name]: file.path } }))
    for (const [index, output] of outputs.entries()) {
      const digits = /"?(?:size|bytes)"?\s*[:=]\s*(\d+)/i.exec(bare(output))?.[1]
      known.set(batch[index]?.path ?? '', digits === undefined ? null : Number(digits))
    }
  }
  return found.map((entry) => (known.has(entry.path) ? { ...entry, bytes: known.get(entry.path) ?? null } : entry))
}

export interface FileText {
  path: string
  text: string
  /** False when the tool gave a part only. */
  isWhole: boolean
}

/** @param named a path, or a name that is looked for in what may be read */
export function* readFile(tools: readonly MindTool[], named: string): Script<FileText> {
  const tool = toolFor('read', tools)
  const path = tool === null ? null : pathOf(tool)
  if (tool === null || path === null) throw new CannotDo('I have no tool that reads files.')
  const at = /[\\/]/.test(named) ? named : yield* findFile(tools, named)
  const text = bare(yield* did(tool.name, { [path.name]: at }))
  const whole = text.replace(/\n\[Cut here: [^\n]*\]$/, '')
  return { path: at, text: whole, isWhole: whole === text }
}

function* findFile(tools: readonly MindTool[], named: string): Script<string> {
  if (toolFor('list', tools) === null) return named
  const entries = yield* listFiles(tools, null)
  const files = entries.filter(({ kind }) => kind === 'file')
  const wanted = named.toLowerCase()
  const found =
    files.find(({ name }) => name.toLowerCase() === wanted) ??
    files.find(({ name }) => name.toLowerCase().replace(/\.[^.]+$/, '') === wanted) ??
    files.find(({ name }) => name.toLowerCase().includes(wanted))
  if (found === undefined) throw new CannotDo(`There is no file ${named} in what I may read.`)
  return found.path
}
