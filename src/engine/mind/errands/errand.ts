// The errands that the built-in mind can run, read from what was asked. It knows no others: what is not wholly one of
// these, in every part, is none, and no task is made of it. Pure.
export type Errand =
  | { do: 'extreme'; which: Extreme; folder: string | null; picturesOnly: boolean }
  | { do: 'count-files'; kind: 'file' | 'folder'; folder: string | null }
  | { do: 'list-files'; folder: string | null }
  | { do: 'search-files'; words: string; folder: string | null }
  /** A null `file` is the one that was found before. */
  | { do: 'read-file'; file: string | null }
  | { do: 'count-in-file'; unit: Unit; file: string | null }
  | { do: 'read-page'; address: string }
  /** Says what was found before; the title of what was read. */
  | { do: 'tell'; titleOnly: boolean }
  /** A null `text` is what was found before. */
  | { do: 'note'; text: string | null }
  | { do: 'read-notes'; words: string | null }
  | { do: 'use-tool'; words: string }

export type Extreme = 'largest' | 'smallest' | 'newest' | 'oldest'
export type Unit = 'line' | 'word' | 'character'

const folderAtEnd =
  /[, ]+(?:that )?(?:i |we )?(?:have )?(?:granted|gave|shared)(?: you)?$|[, ]+(?:that )?(?:there (?:is|are)|is there|are there|do i have|i have|have i got|you (?:may|can) see)$/i
const inFolder =
  /(?:^|[, ]+)(?:is |are )?(?:in|of|inside|from|under)(?: any of)? (?:(?:the |my |this |that |a |all |your )*(?:(["“'`])(.+?)["”'`]|([\w~./\\-]+))(?: folder| directory)?|(?:the |my |this |that |all |granted )*(?:folder|folders|directory))$/i
const notNames = /^(?:the|this|that|my|granted|a|any|same|which|whole|folders?|director(?:y|ies)|it|there|here)$/i

/** The words without the folder at their end, and the folder; null when it is all that may be used. */
function splitFolder(words: string): { rest: string; folder: string | null } {
  let rest = words.trim()
  for (let round = 0; round < 3; round += 1) rest = rest.replace(folderAtEnd, '').trim()
  const found = inFolder.exec(rest)
  const named = found?.[2] ?? found?.[3] ?? null
  const folder = named === null || notNames.test(named) ? null : named
  return { rest: found === null ? rest : rest.slice(0, found.index).replace(folderAtEnd, '').trim(), folder }
}

const extreme =
  /^(?:(?:find|look for|search for|get|name|give|show|tell)(?: me| out)? |(?:what|which)(?: (?:is|are|file is))? |what's )*(?:the )?(largest|biggest|heaviest|smallest|tiniest|newest|latest|most recent|oldest)(?: (?:file|document|picture|image|photo)s?)$/i
const extremes: Record<string, Extreme> = {
  biggest: 'largest',
  heaviest: 'largest',
  tiniest: 'smallest',
  latest: 'newest',
  'most recent': 'newest',
}
const things = '(files?|folders?|documents?|directories)'
const counting = new RegExp(
  `^(?:tell me )?(?:how many ${things}|count (?:all )?(?:of )?(?:the |my )?${things})(?: (?:are|do i have|is))?(?: there)?$`,
  'i',
)
const listing = new RegExp(
  `^(?:(?:list|show|name|read|tell|give)(?: me)?(?: out)?|what are|which are)(?: all)?(?: of)?(?: the| my)? ${things}(?: there)?$|^(?:what|which) ${things}(?: are(?: there)?| do i have| have i got)?$`,
  'i',
)
const fileName =
  '(?:the )?(?:file )?(?:called |named )?["“\'`]?((?:[\\w~.-]+[\\\\/])*[\\w-]+(?:\\.[\\w-]+)*\\.[A-Za-z]\\w{0,7})["”\'`]?'
const fileBack = '(?:it|that|this|(?:the|that|this) (?:file|one))'
const reading = new RegExp(
  `^(?:(?:read|show)(?: me)?(?: out)?|look at|what(?:'s| is) in|what does)(?: (?:the )?contents? of)? (?:${fileName}|${fileBack})(?: (?:say|contain|aloud|out|to me))?$`,
  'i',
)
const unitsInFile = new RegExp(
  `^(?:tell me )?(?:how many|count(?: all)?(?: the)?|the number of) (lines?|words?|characters?|letters?)(?: (?:are|is))?(?: there)?(?: (?:in|of|does|do))?(?: ${fileName}| ${fileBack})?(?: (?:has|have))?(?: got)?$`,
  'i',
)
const searching = new RegExp(
  `^(?:search|find|look(?: in| through)?|which|what)(?: all)?(?: of)?(?: the| my)? ${things}(?: (?:that|which))? (?:containing|contains?|with|for|about|mention(?:ing|s)?|named|called|says?|saying) (?:the words? )?(.+)$|^(?:search|look|find) (?:for )?(?:the words? )?(.+?) in (?:the |my |all )*${things}$`,
  'i',
)
const keeping =
  /^(?:(?:take|make|write|add|keep)(?: me)? (?:a |an |another )?notes?(?: of| that says| saying| about)?|(?:note|jot)(?: down)?|write down)(?: that)?(?:[:,]? |$)/i
const inNotes = /^(?:add|save|put|write) (.+) (?:to|in|into) my notes$/i
const refersBack =
  /^(?:it|that|this|them|down)$|^(?:it|that|its|the|their)(?:'s)? (?:name|names|title|size|number|count|result|answer|text|contents?|lines?|words?)$|^$/i
const searchingNotes =
  /^(?:search|look (?:in|through)|check) (?:my |the )?notes? (?:for|about|on) (.+)$|^(?:find|look for|search for) (.+?) in my notes?$|^what (?:do|did) my notes? (?:say|mention) (?:about|on) (.+)$/i
const readingNotes =
  /^(?:(?:read|show|list|tell)(?: me)?(?: out)?|what(?:'s| is| are)?(?: in)?) my notes(?: again| to me| out)?$/i
const page =
  /^(?:(?:read|look at|fetch|get|check|tell me|what(?:'s| is| does))(?: me)? )?(?:the )?(title |headline |name )?(?:of |on |is on |at )?(?:the )?(?:(?:web )?(?:page|site|website) )?(?:of |at )?(https?:\/\/[^\s"”'<>)]+|(?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|io|dev|edu|gov|de|uk|eu|info)\b(?:\/[^\s"”'<>)]*)?)(?: say| says)?$/i
const telling =
  /^(?:tell|say|give|read)(?: to)?(?: me)?(?: (?:it|that|its|the|what (?:it|that) (?:is|says|said)|(?:its|the) (?:name|size|title|result|answer|headline)))?$|^what(?:'s| is) (?:its|the) (?:name|size|title)$/i
const toolNamed =
  /^(?:use|call|run|invoke) (?:the )?(?:[\w-]+ ){1,5}?tool\b.*$|^(?:use|call|run|invoke) (?:the )?\w+(?:[-_]+\w+)+\b.*$|^.+ (?:with|using) (?:the )?(?:[\w-]+ ){1,5}?tool$|^what does (?:the )?(?:[\w-]+ ){1,5}?tool say\b.*$/i

function readOne(words: string, isFirst: boolean): Errand | null {
  if (toolNamed.test(words)) return { do: 'use-tool', words }
  const site = page.exec(words)
  if (site?.[2] !== undefined) return { do: 'read-page', address: site[2].replace(/[.,;:!?]+$/, '') }
  const notes = searchingNotes.exec(words)
  if (notes !== null) return { do: 'read-notes', words: bareTerm(notes[1] ?? notes[2] ?? notes[3] ?? '') }
  if (readingNotes.test(words)) return { do: 'read-notes', words: null }
  const kept = inNotes.exec(words)?.[1] ?? (keeping.test(words) ? words.replace(keeping, '').trim() : null)
  if (kept !== null) return noteOf(kept, isFirst)
  const { rest, folder } = splitFolder(words)
  const which = extreme.exec(rest)?.[1]?.toLowerCase()
  if (which !== undefined)
    return {
      do: 'extreme',
      which: extremes[which] ?? (which as Extreme),
      folder,
      picturesOnly: /(?:picture|image|photo)s?$/i.test(rest),
    }
  const inFile = unitsInFile.exec(words)
  if (inFile?.[1] !== undefined && !(isFirst && inFile[2] === undefined))
    return { do: 'count-in-file', unit: unitOf(inFile[1]), file: inFile[2] ?? null }
  const counted = counting.exec(rest)
  if (counted !== null)
    return {
      do: 'count-files',
      kind: /folder|director/i.test(counted[1] ?? counted[2] ?? '') ? 'folder' : 'file',
      folder,
    }
  if (listing.test(rest)) return { do: 'list-files', folder }
  const read = reading.exec(words)
  if (read !== null && !(isFirst && read[1] === undefined)) return { do: 'read-file', file: read[1] ?? null }
  const sought = searching.exec(words) ?? searching.exec(rest)
  const term = sought?.[2] ?? sought?.[3]
  if (term !== undefined)
    return { do: 'search-files', words: bareTerm(term), folder: searching.test(words) ? null : folder }
  return !isFirst && telling.test(words) ? { do: 'tell', titleOnly: /title|headline/i.test(words) } : null
}

function noteOf(kept: string, isFirst: boolean): Errand | null {
  const text = kept.replace(/^["“'`]|["”'`]$/g, '')
  if (!refersBack.test(text)) return { do: 'note', text }
  return isFirst ? null : { do: 'note', text: null }
}

const bareTerm = (words: string): string =>
  words
    .replace(/^["“'`]|["”'`.?!]+$/g, '')
    .replace(/^(?:the|a|an|my|any|anything about) /i, '')
    .trim()

function unitOf(noun: string): Unit {
  const word = noun.toLowerCase()
  return word.startsWith('line') ? 'line' : word.startsWith('word') ? 'word' : 'character'
}

const verbs = 'note|write|save|add|tell|say|read|count|find|search|list|look|show|give|how many|what|which|use|call|run'
const between = new RegExp(
  `(?:\\s*[,;.]\\s*|\\s+)(?:(?:and|then|also|finally|after that|afterwards|next)[,\\s]+)+(?=(?:please )?(?:${verbs})\\b)|[.;]\\s+(?=(?:please )?(?:${verbs})\\b)`,
  'i',
)
/** What recognition makes of “note its name”. Nobody has a name noticed. */
const noticed = /\bnotice (?:(?:its|the|that) )?(?=(?:name|size|path|title)\b)/gi
const polite =
  /^(?:(?:please|can you|could you|would you|will you|i want you to|i need you to|i'd like you to|i would like you to|kindly|hey|now|then|and|also|finally|just|parley|(?:ask|tell|have|get|let) (?:the |my |your )?(?:agent|assistant)(?: to)?)[,\s]+)+/i
const mostParts = 12

/** Every part of the request, in order: `Find the largest file and note its name` is two. Null unless all are understood. */
export function readErrands(request: string): Errand[] | null {
  const parts = request
    .slice(0, 2_000)
    .replace(/\s+/g, ' ')
    .replace(/[‘’]/g, "'")
    .replace(noticed, 'note its ')
    .split(between)
    .map((part) =>
      part
        .replace(polite, '')
        .replace(/(?:[,\s]+please)?[\s.!?]+$/i, '')
        .trim(),
    )
    .filter((part) => part !== '')
  if (parts.length === 0 || parts.length > mostParts) return null
  const errands = parts.map((part, at) => readOne(part, at === 0))
  return errands.every((errand) => errand !== null) ? errands : null
}
