// Carries out errands with Parley's own tools, and a server's tool where one was named: as scripts that yield the calls they
// want and get the outputs back. What they say comes from what the tools really said.
import type { MindTool } from '../../ports.ts'
import type { Errand, Extreme, Unit } from './errand.ts'
import { bare, failureIn, readGranted, readHits, readListing, type Entry } from './output.ts'
import type { Script } from './script.ts'
import { fillNamed } from '../tools/named.ts'
import { count as counted, listed, sizeInWords } from '../../language/speakable.ts'

/** A step that can't be done: the reason goes to whoever asked. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo'
}

/** What a step has found, for the ones behind it and for the answer. */
interface Found {
  /** For the answer; may be empty. */
  says: string
  /** What a note of it would hold. */
  value: string | null
  /** The file it is about. */
  path: string | null
  /** The text that was read. */
  text: string | null
  /** It says better what the step before said. */
  instead?: boolean
}

export interface Ending {
  text: string
  /** Whether every part was done. */
  isDone: boolean
}

const found = (says: string, more: Partial<Found> = {}): Found => ({
  says,
  value: null,
  path: null,
  text: null,
  ...more,
})

export function* carryOut(errands: readonly Errand[], tools: readonly MindTool[]): Script<Ending> {
  const results: Found[] = []
  for (const errand of errands) {
    try {
      results.push(yield* step(errand, { tools, last: results.at(-1) ?? found('') }))
    } catch (failure) {
      if (!(failure instanceof CannotDo)) throw failure
      // What comes next would build on what is missing.
      results.push(found(`I couldn't ${nameOf(errand)}: ${failure.message.replace(/(?<![.!?])$/, '.')}`))
      return { text: said(results), isDone: false }
    }
  }
  return { text: said(results), isDone: true }
}

const said = (results: readonly Found[]): string =>
  results
    .filter(({ says }, at) => says !== '' && results[at + 1]?.instead !== true)
    .map(({ says }) => says)
    .join(' ')

const deeds: Record<Errand['do'], string> = {
  extreme: 'find that file',
  'count-files': 'look into the folders',
  'list-files': 'look into the folders',
  'search-files': 'search the files',
  'read-file': 'read the file',
  'count-in-file': 'read the file',
  'read-page': 'read that page',
  tell: 'tell that',
  note: 'note it',
  'read-notes': 'read your notes',
  'use-tool': 'use that tool',
}

function nameOf(errand: Errand): string {
  if (errand.do === 'extreme') return `find the ${errand.which} file`
  return 'file' in errand && errand.file !== null ? `read ${errand.file}` : deeds[errand.do]
}

interface Known {
  tools: readonly MindTool[]
  last: Found
}

function step(errand: Errand, known: Known): Script<Found> {
  switch (errand.do) {
    case 'extreme':
      return findExtreme(errand.which, errand.folder, errand.picturesOnly, known)
    case 'count-files':
      return countFiles(errand.kind, errand.folder, known)
    case 'list-files':
      return listFiles(errand.folder, known)
    case 'search-files':
      return searchFiles(errand.words, errand.folder, known)
    case 'read-file':
      return sayFile(errand.file, known)
    case 'count-in-file':
      return countInFile(errand.unit, errand.file, known)
    case 'read-page':
      return readPage(errand.address, known)
    case 'tell':
      return tell(errand.titleOnly, known)
    case 'note':
      return note(errand.text, known)
    case 'read-notes':
      return readNotes(errand.words, known)
    case 'use-tool':
      return useTool(errand.words, known)
  }
}

/** The output of one of Parley's own tools, which may be switched off. */
function* run({ tools }: Known, name: string, given: Record<string, unknown>): Script<string> {
  if (!tools.some((tool) => tool.name === name)) throw new CannotDo('the tool for it is switched off.')
  const output = yield { name, arguments: given }
  const failure = failureIn(output)
  if (failure !== null) throw new CannotDo(failure)
  return output
}

/** The granted folders that the words mean, or one within them. */
function* foldersFor(folder: string | null, known: Known): Script<string[]> {
  if (folder !== null && /[\\/]/.test(folder)) return [folder]
  const granted = readGranted(yield* run(known, 'list_files', {}))?.granted ?? []
  if (granted.length === 0) throw new CannotDo('no folder has been granted yet.')
  if (folder === null) return granted
  const same = granted.filter((name) => name.toLowerCase() === folder.toLowerCase())
  return same.length > 0 ? same : granted.map((name) => `${name}/${folder}`)
}

function* entriesIn(folder: string | null, sort: string, known: Known): Script<{ entries: Entry[]; isAll: boolean }> {
  const entries: Entry[] = []
  let isAll = true
  for (const path of yield* foldersFor(folder, known)) {
    const listing = readListing(yield* run(known, 'list_files', { path, deep: true, sort }))
    entries.push(...(listing?.entries ?? []))
    isAll &&= (listing?.more ?? 0) === 0
  }
  return { entries, isAll }
}

const isFile = ({ kind }: Entry): boolean => kind === 'file'
const baseName = (path: string): string => path.split('/').at(-1) ?? path
const isPicture = /\.(?:png|jpe?g|gif|webp|heic|svg|bmp|tiff?)$/i

const better: Record<Extreme, (one: Entry, other: Entry) => number> = {
  largest: (one, other) => other.bytes - one.bytes,
  smallest: (one, other) => one.bytes - other.bytes,
  newest: (one, other) => other.changed.localeCompare(one.changed),
  oldest: (one, other) => one.changed.localeCompare(other.changed),
}

function* findExtreme(which: Extreme, folder: string | null, picturesOnly: boolean, known: Known): Script<Found> {
  const isSorted = which === 'largest' || which === 'newest'
  const { entries, isAll } = yield* entriesIn(folder, isSorted ? which : 'name', known)
  if (!isAll && !(isSorted && !picturesOnly)) throw new CannotDo('there are too many files to look at all of them.')
  const files = entries.filter((entry) => isFile(entry) && (!picturesOnly || isPicture.test(entry.path)))
  const [first] = files.sort(better[which])
  const what = picturesOnly ? 'picture' : 'file'
  if (first === undefined) return found(`There are no ${what}s there.`, { value: `no ${what}s` })
  const told = `${baseName(first.path)}, ${sizeInWords(first.bytes)}`
  return found(`The ${which} ${what} is ${told}.`, { value: `${which} ${what}: ${told}`, path: first.path })
}

function* countFiles(kind: 'file' | 'folder', folder: string | null, known: Known): Script<Found> {
  const { entries, isAll } = yield* entriesIn(folder, 'name', known)
  const count = entries.filter((entry) => entry.kind === kind).length
  const value = `${isAll ? '' : 'at least '}${counted(count, kind)}`
  return found(`There ${count === 1 ? 'is' : 'are'} ${value}.`, { value })
}

function* listFiles(folder: string | null, known: Known): Script<Found> {
  const { entries } = yield* entriesIn(folder, 'name', known)
  const files = entries.filter(isFile)
  const names = (files.length > 0 ? files : entries).map(({ path }) => baseName(path))
  if (names.length === 0) return found('There is nothing there.', { value: 'nothing' })
  return found(`There ${names.length === 1 ? 'is' : 'are'} ${listed(names)}.`, { value: listed(names, 60) })
}

function* searchFiles(words: string, folder: string | null, known: Known): Script<Found> {
  const hits: string[] = []
  for (const path of yield* foldersFor(folder, known))
    hits.push(...(readHits(yield* run(known, 'search_files', { path, words }))?.found ?? []).map((hit) => hit.path))
  const files = [...new Set(hits)]
  if (files.length === 0) return found(`I found nothing about ${words}.`, { value: 'nothing' })
  return found(`I found ${words} in ${listed(files, 6)}.`, { value: listed(files, 30), path: files[0] ?? null })
}

/** A bare name is looked for in everything that was granted. */
function* readText(file: string | null, known: Known): Script<{ path: string; text: string }> {
  const named = file ?? known.last.path
  if (named === null) throw new CannotDo('I found no file to read.')
  let path = named
  if (!named.includes('/')) {
    const { entries } = yield* entriesIn(null, 'name', known)
    const one = entries.find((entry) => isFile(entry) && baseName(entry.path).toLowerCase() === named.toLowerCase())
    if (one === undefined) throw new CannotDo(`there is no file ${named} in what I may read.`)
    path = one.path
  }
  return { path, text: bare(yield* run(known, 'read_file', { path })) }
}

function* sayFile(file: string | null, known: Known): Script<Found> {
  const { path, text } = yield* readText(file, known)
  return found(`${baseName(path)} says: ${excerpt(text)}`, { value: excerpt(text), path, text })
}

function* countInFile(unit: Unit, file: string | null, known: Known): Script<Found> {
  const isRead = file === null && known.last.text !== null && known.last.path !== null
  const { path, text } = isRead
    ? { path: known.last.path ?? '', text: known.last.text ?? '' }
    : yield* readText(file, known)
  const value = counted(countOf(unit, text), unit)
  return found(`${baseName(path)} has ${value}.`, { value, path, text, instead: isRead })
}

function countOf(unit: Unit, text: string): number {
  if (unit === 'line') return text === '' ? 0 : text.split('\n').length
  return unit === 'word' ? (text.match(/\S+/g) ?? []).length : Array.from(text).length
}

const titleIn = (text: string): string | null => /^Title: (.+)$/m.exec(text)?.[1]?.trim() ?? null

function* readPage(address: string, known: Known): Script<Found> {
  const full = /^https?:/i.test(address) ? address : `https://${address}`
  const text = bare(yield* run(known, 'read_page', { address: full }))
  const title = titleIn(text)
  const body = excerpt(text.replace(/^Title: .*\n+/, ''))
  return found(`The page says: ${title === null ? '' : `${title}. `}${body}`, { value: title ?? body, text })
}

function* tell(titleOnly: boolean, { last }: Known): Script<Found> {
  const title = titleOnly && last.text !== null ? titleIn(last.text) : null
  return title === null ? { ...last, says: '' } : found(`The title is ${title}.`, { value: title, instead: true })
}

function* note(text: string | null, known: Known): Script<Found> {
  const kept = text ?? known.last.value ?? known.last.says
  if (kept === '') throw new CannotDo('there is nothing to note.')
  yield* run(known, 'add_note', { text: kept })
  return found(`I noted: ${kept.replace(/[.\s]+$/, '')}.`, { value: kept })
}

function* readNotes(words: string | null, known: Known): Script<Found> {
  const lines = bare(yield* run(known, 'read_notes', {}))
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2).trim())
    .filter((line) => words === null || line.toLowerCase().includes(words.toLowerCase()))
  if (lines.length === 0) return found(words === null ? 'You have no notes.' : `Your notes say nothing about ${words}.`)
  const told = listed(lines.slice(-5), 5).replace(/[.\s]+$/, '')
  return found(`Your notes say: ${told}.`, { value: told, text: lines.join('\n') })
}

function* useTool(words: string, { tools }: Known): Script<Found> {
  const use = fillNamed(words, tools)
  if (use === null) throw new CannotDo('I have no tool of that name here.')
  if (use.missing !== null) throw new CannotDo(`it needs to be told its ${use.missing.name}.`)
  const output = yield { name: use.tool.name, arguments: use.values }
  const failure = failureIn(output)
  if (failure !== null) throw new CannotDo(failure)
  const text = excerpt(bare(output))
  return found(text, { value: text, text: bare(output) })
}

/** The beginning of a text, in whole sentences where it has some. */
function excerpt(text: string, mostChars = 500): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  if (flat === '') return 'nothing, it is empty.'
  if (flat.length <= mostChars) return /[.!?…]$/.test(flat) ? flat : `${flat}.`
  const cut = flat.slice(0, mostChars)
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('! '), cut.lastIndexOf('? '))
  return end > mostChars / 3 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' '))} …`
}
