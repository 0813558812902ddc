// Steps about files: the largest, how many, what is in one, how many lines it has.
import type { Entry } from './output.ts'
import { bare, parse } from './output.ts'
import { CannotDo, did, listFiles, readFile, type FileText } from './files.ts'
import { pathOf, queryOf, toolFor, contentOf, choiceOf } from './kit.ts'
import type { Script } from './script.ts'
import { found, lastWith, refersBack, type Found, type StepKnown, type StepReader } from './step.ts'
import { counted, listed, sizeInWords } from './words.ts'

const extreme =
  /\b(largest|biggest|heaviest|smallest|tiniest|lightest|newest|latest|most recent(?:ly changed)?|oldest)\b(?: \w+)?? (?:file|document|picture|image|photo)s?\b/i
const fileName = /["“'`]?((?:[\w~.-]+[\\/])*[\w-]+(?:\.[\w-]+)*\.[A-Za-z]\w{0,7})\b["”'`]?/
const pathLike = /["“'`]?((?:[\w~.-]+[\\/])+[\w.-]+)["”'`]?/

/** The folder that the words name; null when they mean all that may be used. */
function folderIn(words: string): string | null {
  const path = pathLike.exec(words)?.[1]
  if (path !== undefined && !fileName.test(words)) return path
  const quoted = /\b(?:folder|directory|in|of|inside)\s+["“'`]([^"”'`]+)["”'`]/i.exec(words)?.[1]
  if (quoted !== undefined) return quoted
  const named =
    /\b(?:in|of|inside|from|under)\s+(?:the |my )?([\w-]+)\s+(?:folder|directory)\b/i.exec(words)?.[1] ??
    /\b(?:folder|directory)\s+(?:called |named )?([A-Z][\w-]*)\b/.exec(words)?.[1] ??
    /\b(?:in|inside|under)\s+(?:the |my )?([A-Z][\w-]+)\b/.exec(words)?.[1]
  return named === undefined || /^(?:the|this|that|my|granted|a|any|same|which|whole|entire|I)$/i.test(named)
    ? null
    : named
}

function fileIn(words: string, known: StepKnown): string | null {
  const path = pathLike.exec(words)?.[1] ?? fileName.exec(words)?.[1]
  if (path !== undefined) return path
  const called = /\bfile\s+(?:called |named )?["“'`]?([\w-]+)["”'`]?/i.exec(words)?.[1]
  if (called !== undefined && !/^(?:in|has|have|is|of|that|which|and|with|from|I)$/i.test(called)) return called
  return lastWith(known, 'path')?.path ?? null
}

const orders: readonly { words: RegExp; sort: RegExp; label: string; better: (one: Entry, other: Entry) => number }[] =
  [
    {
      words: /largest|biggest|heaviest/i,
      sort: /largest|^size$/i,
      label: 'largest',
      better: (one, other) => (other.bytes ?? -1) - (one.bytes ?? -1),
    },
    {
      words: /smallest|tiniest|lightest/i,
      sort: /smallest/i,
      label: 'smallest',
      better: (one, other) => (one.bytes ?? Infinity) - (other.bytes ?? Infinity),
    },
    {
      words: /newest|latest|recent/i,
      sort: /newest|modified/i,
      label: 'newest',
      better: (one, other) => (other.changedMs ?? -Infinity) - (one.changedMs ?? -Infinity),
    },
    {
      words: /oldest/i,
      sort: /oldest/i,
      label: 'oldest',
      better: (one, other) => (one.changedMs ?? Infinity) - (other.changedMs ?? Infinity),
    },
  ]

export const findExtreme: StepReader = (words, { tools }) => {
  const which = extreme.exec(words)?.[1]
  const order = orders.find((one) => which !== undefined && one.words.test(which))
  if (order === undefined) return null
  return (function* (): Script<Found> {
    const entries = yield* listFiles(tools, folderIn(words), order.sort)
    const kind = /pictures?|images?|photos?/i.test(words) ? /\.(?:png|jpe?g|gif|webp|heic|svg|bmp|tiff?)$/i : null
    const files = entries.filter((entry) => entry.kind === 'file' && (kind === null || kind.test(entry.name)))
    const [first] = [...files].sort(order.better)
    if (first === undefined) return found('There are no files there.', { value: 'no files' })
    const size = first.bytes === null ? '' : `, ${sizeInWords(first.bytes)}`
    return found(`The ${order.label} file is ${first.name}${size}.`, {
      name: first.name,
      value: `${order.label} file: ${first.name}${size}`,
      path: first.path,
    })
  })()
}

export const countFiles: StepReader = (words, { tools }) => {
  const what =
    /\bhow many (files?|folders?|documents?|directories|things)\b|\bcount (?:all )?(?:the |my )?(files?|folders?|documents?)\b/i.exec(
      words,
    )
  if (what === null) return null
  return (function* (): Script<Found> {
    const entries = yield* listFiles(tools, folderIn(words))
    const isFolder = /folder|director/i.test(what[1] ?? what[2] ?? '')
    const count = entries.filter(({ kind }) => (kind === 'folder') === isFolder).length
    const said = counted(count, isFolder ? 'folder' : 'file')
    return found(`There ${count === 1 ? 'is' : 'are'} ${said}.`, { value: said })
  })()
}

export const showFiles: StepReader = (words, { tools }) => {
  if (
    !/^(?:list|show|tell|give|what|which|look|name)\b.*\b(?:files|folders?|documents|director(?:y|ies))\b/i.test(words)
  )
    return null
  if (/\b(?:containing|contain|about|mention|with the words?)\b/i.test(words)) return null
  return (function* (): Script<Found> {
    const entries = yield* listFiles(tools, folderIn(words))
    const files = entries.filter(({ kind }) => kind === 'file')
    const names = (files.length > 0 ? files : entries).map(({ name }) => name)
    if (names.length === 0) return found('There is nothing there.', { value: 'nothing' })
    return found(`There ${names.length === 1 ? 'is' : 'are'} ${listed(names)}.`, { value: listed(names, 60) })
  })()
}

export const countInFile: StepReader = (words, known) => {
  const noun = /\b(?:how many|count (?:all )?(?:the )?|number of) ?(lines?|words?|characters?|letters?)\b/i.exec(
    words,
  )?.[1]
  if (noun === undefined || /https?:/i.test(words)) return null
  const file = fileIn(words, known)
  const last = lastWith(known, 'text')
  const text = file === null || last?.path === file ? last : null
  if (file === null && text === null) return null
  return (function* (): Script<Found> {
    const read: FileText =
      text === null && file !== null
        ? yield* readFile(known.tools, file)
        : { path: file ?? text?.name ?? 'the text', text: text?.text ?? '', isWhole: true }
    const what = noun.toLowerCase().replace(/s$/, '')
    const count = countOf(what, read.text)
    const name = baseName(read.path)
    const said = `${read.isWhole ? '' : 'at least '}${counted(count, what)}`
    return found(`${name} has ${said}.`, { name, value: said, path: file, text: read.text, instead: text !== null })
  })()
}

function countOf(what: string, text: string): number {
  if (what === 'line') return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
  if (what === 'word') return (text.match(/\S+/g) ?? []).length
  return Array.from(text).length
}

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

export const readOne: StepReader = (words, known) => {
  if (!/^(?:read|open|show|cat|print|look at|what(?:'s| is| does)|summari[sz]e|tell me what)\b/i.test(words))
    return null
  if (/https?:|\bnotes\b/i.test(words)) return null
  const isNamed = fileName.test(words) || pathLike.test(words) || /\bfile\s+["“'`]?[\w-]/i.test(words)
  const back = lastWith(known, 'path')
  if (!isNamed && (back === null || !/\b(?:it|that|this|the file)\b/i.test(words))) return null
  const file = fileIn(words, known)
  if (file === null) return null
  return (function* (): Script<Found> {
    const { path, text } = yield* readFile(known.tools, file)
    const name = baseName(path)
    return found(`${name} says: ${excerpt(text)}`, { name, value: excerpt(text), path, text })
  })()
}

/** The beginning of a text, in whole sentences where it has some. */
export function excerpt(text: string, mostChars = 500): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  if (flat === '') return 'nothing, it is empty.'
  if (flat.length <= mostChars) return /[.!?…]$/.test(flat) ? flat : `${flat}.`
  const cut = flat.slice(0, mostChars)
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('! '), cut.lastIndexOf('? '))
  return end > mostChars / 3 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' '))} …`
}

export const searchFiles: StepReader = (words, { tools }) => {
  const asked =
    /^(?:search|find|look|which|what)\b.*?\b(?:files?|folders?|documents?)\b.*?\b(?:containing|contains?|with|for|about|mention(?:ing|s)?|named|called|that says?)\s+(?:the words? )?(.+)$/i.exec(
      words,
    )?.[1] ??
    /^(?:search|look) for (?:the words? )?(.+?) in (?:the |my |all )*(?:files|folders?|documents?)\b/i.exec(words)?.[1]
  const tool = toolFor('search-files', tools)
  const query = tool === null ? null : queryOf(tool)
  if (asked === undefined || tool === null || query === null) return null
  const term = asked.replace(/^["“'`]|["”'`.?!]+$/g, '').trim()
  return (function* (): Script<Found> {
    const path = pathOf(tool)
    const roots = path?.required === true ? yield* rootsFor(tools, folderIn(words)) : [null]
    const lines: string[] = []
    for (const root of roots) {
      const pattern = query.name === 'pattern' ? `**/*${term}*` : term
      const output = yield* did(tool.name, {
        ...(path && root !== null ? { [path.name]: root } : {}),
        [query.name]: pattern,
      })
      lines.push(...hitsIn(output))
    }
    if (lines.length === 0) return found(`I found nothing about ${term}.`, { value: 'nothing' })
    const hits = [...new Set(lines)]
    return found(`I found ${term} in ${listed(hits, 6)}.`, {
      value: listed(hits, 30),
      name: hits[0] ?? null,
      path: hits[0] ?? null,
    })
  })()
}

function* rootsFor(tools: readonly Parameters<typeof pathOf>[0][], named: string | null): Script<string[]> {
  const entries = yield* listFiles(tools, named)
  const tops = entries.map(({ path }) =>
    path
      .split(/[\\/]/)
      .slice(0, path.startsWith('/') ? -1 : 1)
      .join('/'),
  )
  const shortest = [...new Set(tops)].sort((one, other) => one.length - other.length)
  return shortest.filter((top, at) => shortest.findIndex((other) => top.startsWith(other)) === at && top !== '')
}

export function hitsIn(output: string): string[] {
  const data = parse(bare(output))
  const list = Array.isArray(data) ? (data as unknown[]) : Object.values(data ?? {}).find(Array.isArray)
  if (!Array.isArray(list))
    return data === undefined
      ? bare(output)
          .split('\n')
          .filter((line) => line.trim() !== '' && !/^no (?:matches|results)/i.test(line))
      : []
  return list.flatMap((one: unknown) => {
    if (typeof one === 'string') return [one]
    const fields = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>
    const told = fields['path'] ?? fields['file'] ?? fields['text'] ?? fields['name'] ?? fields['title']
    return typeof told === 'string' ? [told] : []
  })
}

export const writeOne: StepReader = (words, known) => {
  const asked =
    /^(?:write|save|put|append|add)\s+(.+?)\s+(?:to|into|in|in a file called|as)\s+(?:the |a )?(?:new )?(?:file )?(?:called |named )?["“'`]?([\w~./\\-]+\.\w{1,8})["”'`]?$/i.exec(
      words,
    ) ??
    (() => {
      const other =
        /^(?:create|make)\s+(?:the |a )?(?:new )?(?:file )?(?:called |named )?["“'`]?([\w~./\\-]+\.\w{1,8})["”'`]?\s+(?:with|containing|that says)\s+(.+)$/i.exec(
          words,
        )
      return other === null ? null : [other[0], other[2], other[1]]
    })()
  const tool = toolFor('write', known.tools)
  const [path, content] = tool === null ? [null, null] : [pathOf(tool), contentOf(tool)]
  if (!asked || tool === null || path === null || content === null) return null
  const [, given = '', file = ''] = asked
  return (function* (): Script<Found> {
    const text = contentIn(given, known)
    const append = /^(?:append|add)\b/i.test(words) ? choiceOf(tool, /^append$/) : null
    const at = /[\\/]/.test(file) ? file : yield* inFirstFolder(known, file)
    yield* did(tool.name, { [path.name]: at, [content.name]: text, ...(append ? { [append.name]: append.value } : {}) })
    return found(`I wrote it to ${baseName(at)}.`, { name: baseName(at), path: at })
  })()
}

/** A bare name goes beside what was looked at before, else into the first folder that may be used. */
function* inFirstFolder(known: StepKnown, file: string): Script<string> {
  const beside = lastWith(known, 'path')?.path
  if (beside !== undefined && /[\\/]/.test(beside)) return beside.replace(/[^\\/]+$/, file)
  if (toolFor('list', known.tools) === null) return file
  const [root] = yield* rootsFor(known.tools, null)
  if (root === undefined) throw new CannotDo('I do not know where to put the file.')
  return `${root}/${file}`
}

const quotedText = /^["“'`](.+)["”'`]$/s

/** The words themselves, or what was found before when they refer to it. */
export function contentIn(given: string, known: StepKnown): string {
  const text = given.trim()
  const inQuotes = quotedText.exec(text)?.[1]
  if (inQuotes !== undefined) return inQuotes
  const last = known.before.at(-1)
  if (last === undefined) return text
  if (/^(?:its|the|that|his|their)(?: file| page)?('s)? names?$/i.test(text))
    return lastWith(known, 'value')?.value ?? last.sentence
  if (/^(?:its|the|that) (?:contents?|text|words)\b/i.test(text)) return lastWith(known, 'text')?.text ?? last.sentence
  const isBack =
    refersBack.test(text) ||
    /^(?:its|the) (?:name|title|size|number|count|sum|total|lines?|words?|first|result)\b/i.test(text)
  return isBack ? (last.value ?? last.sentence) : text
}
