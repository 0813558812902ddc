// Steps about notes, pages, counting with a tool, and any other tool that is named or meant.
import type { MindTool } from '../../ports.ts'
import { understand } from '../heard.ts'
import { paramsOf, wordsOfName, type Param } from '../tools/schema.ts'
import { fill } from '../tools/slots.ts'
import { useTool } from '../tools/use.ts'
import { sayResult } from '../tools/wording.ts'
import { contentIn, excerpt, hitsIn } from './file-steps.ts'
import { CannotDo, did } from './files.ts'
import { choiceOf, contentOf, pathOf, queryOf, toolFor, urlOf } from './kit.ts'
import { bare, parse } from './output.ts'
import type { Script } from './script.ts'
import { found, lastWith, type Found, type StepKnown, type StepReader } from './step.ts'
import { counted, listed } from './words.ts'

const keeping =
  /^(?:(?:make|take|write|add|leave|create|keep|save)\s+(?:me )?(?:a |an |another )?notes?\b(?:\s*(?:of|that says|saying|that|about|with|:))?|(?:note|write|jot)(?:\s+down)?\b(?:\s+(?:that|:))?|remember(?:\s+that)?|(?:add|save|put|write|append|store)\s+(?=.+\s+(?:to|in|into|as)\s+(?:my |the |a )?notes?\b))\s*[:,]?\s*/i
const inNotes = /\s+(?:to|in|into|as)\s+(?:my |the |a )?notes?$/i

export const keepNote: StepReader = (words, known) => {
  if (!keeping.test(words)) return null
  const given = words.replace(keeping, '').replace(inNotes, '')
  return (function* (): Script<Found> {
    const text = contentIn(given === '' ? 'it' : given, known)
    yield* did(...noteCall(known.tools, text))
    return found(`I noted: ${text.replace(/[.\s]+$/, '')}.`, { value: text })
  })()
}

function noteCall(tools: readonly MindTool[], text: string): [name: string, args: Record<string, unknown>] {
  const tool = toolFor('note', tools)
  const content = tool === null ? null : contentOf(tool)
  if (tool !== null && content !== null) {
    const rest = fill(tool, understand(''), { nowMs: 0, timeZone: 'UTC' }, { [content.name]: text })
    const title = rest.missing.filter(({ type }) => type === 'string').map(({ name }) => [name, text.slice(0, 60)])
    return [tool.name, { ...rest.values, ...Object.fromEntries(title) }]
  }
  const writer = toolFor('write', tools)
  const [path, body] = writer === null ? [null, null] : [pathOf(writer), contentOf(writer)]
  if (writer === null || path === null || body === null) throw new CannotDo('I have no tool that keeps notes.')
  const append = choiceOf(writer, /^append$/)
  return [
    writer.name,
    { [path.name]: 'notes.md', [body.name]: `${text}\n`, ...(append ? { [append.name]: append.value } : {}) },
  ]
}

export const searchNotes: StepReader = (words, { tools }) => {
  const asked =
    /\b(?:search|look (?:in|through)|check)\s+(?:in )?(?:my |the )?notes?\b.*?\b(?:for|about|on)\s+(.+)$/i.exec(
      words,
    )?.[1] ??
    /\b(?:find|look for|search for)\s+(.+?)\s+in (?:my |the )?notes?\b/i.exec(words)?.[1] ??
    /\bwhat (?:do|did) (?:my |the )?notes? (?:say|mention) (?:about|on)\s+(.+)$/i.exec(words)?.[1] ??
    /\bwhat did i (?:note|write down)(?: about| on) (.+)$/i.exec(words)?.[1]
  const all =
    asked === undefined && /\b(?:read|show|list|what(?:'s| is| are)?(?: in)?|open)\b.*\bmy notes?\b/i.test(words)
  if (asked === undefined && !all) return null
  return (function* (): Script<Found> {
    const term = (asked ?? '')
      .replace(/^["“'`]|["”'`.?!]+$/g, '')
      .replace(/^(?:the|a|an|my|any|anything about)\s+/i, '')
      .trim()
    const finder = asked === undefined ? null : toolFor('search-notes', tools)
    const query = finder === null ? null : queryOf(finder)
    if (finder !== null && query !== null)
      return notesFound(term, hitsIn(yield* did(finder.name, { [query.name]: term })))
    const reader = toolFor('read-notes', tools)
    if (reader === null) throw new CannotDo('I have no tool that reads notes.')
    const text = bare(yield* did(reader.name, {}))
    const lines = hitsIn(text).filter((line) => line.toLowerCase().includes(term.toLowerCase()))
    return asked === undefined
      ? found(`Your notes say: ${excerpt(text)}`, { value: excerpt(text), text })
      : notesFound(term, lines)
  })()
}

function notesFound(term: string, lines: readonly string[]): Found {
  if (lines.length === 0) return found(`Your notes say nothing about ${term}.`, { value: 'nothing' })
  const said = listed(
    lines.map((line) => line.replace(/^[-*•#\s]+/, '').trim()),
    5,
  )
  return found(`Your notes say: ${said.replace(/[.\s]+$/, '')}.`, { value: said, text: lines.join('\n') })
}

const address =
  /\bhttps?:\/\/[^\s"”'<>)]+|\b(?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|io|dev|edu|gov|de|uk|eu|info)\b(?:\/[^\s"”'<>)]*)?/i

export const readPage: StepReader = (words, { tools }) => {
  const url = address.exec(words)?.[0].replace(/[.,;:!?]+$/, '')
  const tool = toolFor('page', tools)
  const param = tool === null ? null : urlOf(tool)
  if (url === undefined || tool === null || param === null) return null
  return (function* (): Script<Found> {
    const full = /^https?:/i.test(url) ? url : `https://${url}`
    const text = bare(yield* did(tool.name, { [param.name]: full }))
    const title = titleIn(text)
    const wantsTitle = /\b(?:title|headline|called|name)\b/i.test(words)
    if (wantsTitle && title !== null) return found(`The title is ${title}.`, { name: title, value: title, text })
    const said = `${title === null || text.startsWith(title) ? '' : `${title}. `}${excerpt(bodyIn(text))}`
    return found(`The page says: ${said}`, { name: title, value: title ?? said, text })
  })()
}

export function titleIn(text: string): string | null {
  const data = parse(text)
  if (typeof data === 'object' && data !== null && 'title' in data && typeof data.title === 'string') return data.title
  const title =
    /^\s*(?:page )?title\s*:\s*(.+)$/im.exec(text)?.[1] ??
    /<title[^>]*>([^<]+)<\/title>/i.exec(text)?.[1] ??
    /^#\s+(.+)$/m.exec(text)?.[1] ??
    text.split('\n').find((line) => line.trim() !== '' && line.length < 160)
  return title === undefined ? null : title.replace(/[.\s]+$/, '').trim()
}

function bodyIn(text: string): string {
  const data = parse(text)
  if (typeof data !== 'object' || data === null) return text.replace(/^\s*(?:page )?title\s*:.*\n/i, '')
  const fields = data as Record<string, unknown>
  const body = fields['text'] ?? fields['content'] ?? fields['body']
  return typeof body === 'string' ? body : text
}

/** `tell me its title`: asks again for what is known already. */
export const tellAgain: StepReader = (words, known) => {
  if (!/^(?:tell|say|give|report|what(?:'s| is| was))\b/i.test(words)) return null
  const last = known.before.at(-1)
  if (last === undefined) return null
  if (/\btitle\b/i.test(words)) {
    const read = lastWith(known, 'text')
    const title = read === null ? null : titleIn(read.text)
    return title === null ? null : done(found(`The title is ${title}.`, { name: title, value: title, instead: true }))
  }
  return /\b(?:it|that|them|its|result|answer|name|me|size|first)\b/i.test(words) ? done(found('')) : null
}

function* done(one: Found): Script<Found> {
  return one
}

/** Room for the loop that a long task is. */
const mostCounted = 100

/** `count to 20 with the tool`: one call after the other, the number as its argument. */
export const countWithTool: StepReader = (words, { tools }) => {
  const [, from, to] = /\bcount (?:from (\d+) )?(?:up )?to (\d+)\b/i.exec(words) ?? []
  const [, times] = /^(?:call|use|run|invoke|tick|echo)\b.*\b(\d+) times\b(?! \d)/i.exec(words) ?? []
  const tool = countable(words, tools)
  if ((to === undefined && times === undefined) || tool === null) return null
  const first = Number(from ?? 1)
  const last = Math.min(Number(to ?? times), first + mostCounted - 1)
  return (function* (): Script<Found> {
    let answer = ''
    for (let number = first; number <= last; number += 1) answer = bare(yield* did(tool.name, numbered(tool, number)))
    const count = Math.max(0, last - first + 1)
    return found(
      `I called ${tool.name} ${counted(count, 'time')}, up to ${last}. The last answer was: ${excerpt(answer, 200)}`,
      {
        value: String(last),
      },
    )
  })()
}

function countable(words: string, tools: readonly MindTool[]): MindTool | null {
  const named = namedTool(words, tools)
  if (named !== null) return named
  const counter = tools.find(({ name }) => /count|tick|step|next/i.test(name))
  return counter ?? (tools.length === 1 ? (tools[0] ?? null) : null)
}

function numbered(tool: MindTool, number: number): Record<string, unknown> {
  const params = paramsOf(tool)
  const own = params.find(({ type }) => type === 'integer' || type === 'number') ?? params[0]
  if (own === undefined) return {}
  const other = params.filter((param) => param !== own && param.required)
  const value = own.type === 'integer' || own.type === 'number' ? number : String(number)
  return {
    [own.name]: value,
    ...Object.fromEntries(other.map((param) => [param.name, param.type === 'string' ? '' : 0])),
  }
}

/** The tool whose very name is said: `get-sum`, `get sum`, `the sum tool`, or its last part after a server's name. */
export function namedTool(words: string, tools: readonly MindTool[]): MindTool | null {
  const said = ` ${words.toLowerCase().replace(/[^a-z\d_-]+/g, ' ')} `
  // Ears write hyphens where they like.
  const spokenWords = said.replace(/[_-]+/g, ' ')
  const isSaid = (name: string): boolean => name.length > 2 && said.includes(` ${name} `)
  return (
    tools.find(({ name }) => isSaid(name.toLowerCase()) || isSaid(name.toLowerCase().split('__').at(-1) ?? '')) ??
    tools.find(({ name }) => {
      const spoken = wordsOfName(name.split('__').at(-1) ?? name)
      const thing = spoken.replace(/^(?:get|do|run|make|fetch|trigger|perform|execute|call|use) /, '')
      return (
        spokenWords.includes(` the ${spoken} tool `) ||
        spokenWords.includes(` the ${thing} tool `) ||
        (spoken.includes(' ') && spokenWords.includes(` ${spoken} `))
      )
    }) ??
    null
  )
}

export const useNamed: StepReader = (words, { tools, when }) => {
  const tool = namedTool(words, tools)
  if (tool === null) return null
  const heard = understand(words)
  const { values, missing } = fill(tool, heard, when, argumentsIn(words, tool))
  if (missing.length > 0) return null
  return callAndSay(tool.name, values)
}

/** `a=3`, `a: 3`, `message "hello"`, and for a lone text what stands behind the tool's name. */
function argumentsIn(words: string, tool: MindTool): Record<string, string | number | boolean> {
  const given: Record<string, string | number | boolean> = {}
  const params = paramsOf(tool)
  for (const { name, type } of params) {
    const said = new RegExp(`\\b${name.replace(/[^\w]/g, '.')}\\s*(?:=|:| is | of )\\s*["“']?([^"”',;]+)["”']?`, 'i')
      .exec(words)?.[1]
      ?.trim()
    const value = said === undefined ? null : asType(said.replace(/ and [\w-]+\s*[=:].*$/, ''), type)
    if (value !== null) given[name] = value
  }
  const texts = params.filter(({ type, values, required }) => type === 'string' && values.length === 0 && required)
  const [text] = texts
  if (texts.length === 1 && text !== undefined && !(text.name in given)) {
    const quoted = /["“]([^"”]+)["”]/.exec(words)?.[1]
    const rest = words.replace(
      new RegExp(
        `^.*?\\b${(tool.name.split('__').at(-1) ?? tool.name).replace(/[-_]/g, '[-_ ]')}\\b(?: tool)?(?:\\s+(?:to say|to|with|on|for|saying|the words?))*[:\\s]*`,
        'i',
      ),
      '',
    )
    const said = quoted ?? (rest === words ? '' : rest.trim())
    if (said !== '') given[text.name] = said
  }
  return given
}

function asType(said: string, type: Param['type']): string | number | boolean | null {
  switch (type) {
    case 'number':
    case 'integer': {
      const digits = /^-?\d+(?:\.\d+)?/.exec(said)?.[0]
      return digits === undefined ? null : Number(digits)
    }
    case 'boolean':
      return /^(?:true|yes|on)$/i.test(said)
    case 'string':
      return said
    case 'array':
    case 'object':
      return null
  }
}

const asksOnly = /^(?:what|which|who|when|where|how many|list|show)\b/i
const changes = /^(?:set|add|create|remove|delete|cancel|write|put|undo|open|run|send|move|edit)\b/

/** Whatever tool the words mean, as the voice would choose it; a question changes nothing. */
export const useMeant: StepReader = (words, { tools: all, when }) => {
  const tools = asksOnly.test(words) ? all.filter(({ name }) => !changes.test(wordsOfName(name))) : all
  const ask = {
    tools,
    toolChoice: 'auto' as const,
    session: '',
    memos: [],
    instructions: '',
    signal: new AbortController().signal,
  }
  const thought = useTool(understand(words), ask, when, 'meant')
  if (thought === null) return null
  if (thought.type === 'text') return done(found(thought.text))
  return callAndSay(thought.name, (parse(thought.arguments) ?? {}) as Record<string, unknown>)
}

function* callAndSay(name: string, args: Record<string, unknown>): Script<Found> {
  const output = bare(yield* did(name, args))
  const said = sayResult(output, { name, arguments: JSON.stringify(args) })
  return found(said, { value: said, text: output })
}

/** Sums, units and dates need no tool. */
export const reckonOne: StepReader = (words, known: StepKnown) => {
  const said = known.reckon(understand(words))
  return said === null ? null : done(found(said, { value: said }))
}
