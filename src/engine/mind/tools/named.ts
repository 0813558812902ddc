// Which tool the words name, and what they give it. A tool is used when its name is said in a question or a command; what
// it is about is never guessed from its description. Pure.
import type { MindTool } from '../../ports.ts'
import { keywords, statementIn } from '../facts.ts'
import { understand, type Heard } from '../../language/heard.ts'
import { paramsOf, wordsOfName, type Param } from './schema.ts'

export type Value = string | number | boolean | string[]

export interface NamedUse {
  tool: MindTool
  values: Record<string, Value>
  /** What is required and was not said; the first of it. */
  missing: Param | null
}

/** Words of tool names that say how and not what. */
const generic = new Set(
  keywords('get fetch find look show list read run execute do use perform query tool api current set search send book'),
)
const asksOrCommands =
  /^(?:what|who|where|when|which|why|how|is|are|will|does|do|can|has|have|any|please|get|show|tell|find|check|look|search|play|turn|switch|set|open|send|call|book|add|make|start|stop|read|give|run|list|use|write)\b/

/** For what a session offers: every word of the name that says what it is for was said. */
export function toolMeant(heard: Heard, tools: readonly MindTool[]): MindTool | null {
  const asked = (heard.raw.trim().endsWith('?') || asksOrCommands.test(heard.text)) && statementIn(heard.plain) === null
  const said = keywords(heard.text)
  if (!asked || said.length === 0) return null
  return (
    tools.find(({ name }) => {
      const words = keywords(wordsOfName(name))
      const own = words.filter((word) => !generic.has(word))
      // An agent takes whatever it is told: errands alone are for it.
      if (/\b(?:agent|assistant|delegate|tasks?)\b/.test(wordsOfName(name))) return false
      return (own.length > 0 ? own : words).every((word) => said.includes(word)) && words.length > 0
    }) ?? null
  )
}

/** The tool whose very name is said: `get-sum`, `get sum`, `the sum tool`, or its last part after a server's name. */
export function namedTool(words: string, tools: readonly MindTool[]): MindTool | null {
  const said = ` ${words.toLowerCase().replace(/[^a-z\d_-]+/g, ' ')} `
  // Recognition writes hyphens where it likes.
  const spokenWords = said.replace(/[_-]+/g, ' ')
  const last = ({ name }: MindTool): string => name.split('__').at(-1) ?? name
  return (
    tools.find(({ name }) => said.includes(` ${name.toLowerCase()} `)) ??
    tools.find((tool) => /[-_]/.test(last(tool)) && said.includes(` ${last(tool).toLowerCase()} `)) ??
    tools.find((tool) => {
      const spoken = wordsOfName(last(tool))
      const thing = spoken.replace(/^(?:get|do|run|make|fetch|trigger|perform|execute|call|use) /, '')
      return [spoken, thing].some((name) => spokenWords.includes(` the ${name} tool `))
    }) ??
    null
  )
}

export function fillNamed(words: string, tools: readonly MindTool[]): NamedUse | null {
  const tool = namedTool(words, tools)
  return tool === null ? null : fill(tool, understand(words))
}

/** @param given values that are known already, by argument name */
export function fill(tool: MindTool, heard: Heard, given: Readonly<Record<string, Value>> = {}): NamedUse {
  const numbers = [...heard.text.matchAll(/-?\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits))
  const params = paramsOf(tool)
  const free = params.filter(({ type, values, required }) => type === 'string' && values.length === 0 && required)
  const values: Record<string, Value> = Object.create(null) as Record<string, Value>
  for (const param of params) {
    const value = (Object.hasOwn(given, param.name) ? given[param.name] : null) ?? valueOf(param, heard, numbers)
    if (value !== null) values[param.name] = value
  }
  const [only] = free
  if (free.length === 1 && only !== undefined && !(only.name in values)) {
    const rest = behindName(tool, heard) ?? after(heard.plain)
    if (rest !== null) values[only.name] = rest
  }
  const missing = params.find((param) => param.required && !(param.name in values)) ?? null
  return { tool, values: { ...values }, missing }
}

function valueOf(param: Param, heard: Heard, numbers: number[]): Value | null {
  const said = new RegExp(
    `\\b${wordsOfName(param.name).replace(/[^\w ]/g, '.')}(?:\\s*(?:=|:)\\s*| is | of | to | )["“']?([^"”',;]+?)["”']?(?=$|[,;]| and [\\w-]+\\s*[=:])`,
    'i',
  ).exec(heard.raw)?.[1]
  if (param.values.length > 0) return oneOf(param, heard.text)
  switch (param.type) {
    case 'number':
    case 'integer':
      return numberFor(said, numbers, param)
    case 'boolean':
      return /\b(?:off|disable|false|without|unlock|close)\b/.test(heard.text)
        ? false
        : /\b(?:on|enable|true|lock|open)\b/.test(heard.text)
          ? true
          : null
    case 'string':
      return /[=:]/.test(heard.raw) && said !== undefined ? said.trim() : null
    case 'array':
    case 'object':
      return null
  }
}

function numberFor(said: string | undefined, numbers: number[], { type }: Param): number | null {
  const own = /^-?\d+(?:\.\d+)?/.exec(said ?? '')?.[0]
  const value = own === undefined ? numbers[0] : Number(own)
  if (value === undefined) return null
  numbers.splice(Math.max(0, numbers.indexOf(value)), 1)
  return type === 'integer' ? Math.round(value) : value
}

function oneOf({ values }: Param, text: string): string | null {
  return values.find((value) => ` ${text} `.includes(` ${understand(wordsOfName(value)).text} `)) ?? null
}

/** `hello` of `use the echo tool to say hello`. */
function behindName(tool: MindTool, { raw }: Heard): string | null {
  const quoted = /["“]([^"”]+)["”]/.exec(raw)?.[1]
  const name = wordsOfName(tool.name.split('__').at(-1) ?? tool.name).replaceAll(' ', '[-_ ]')
  const behind = new RegExp(
    `\\b${name}(?: tool)?(?:\\s+(?:to say|to|with|on|for|about|saying|the words?))*[:\\s]+(.+?)[\\s.!?]*$`,
    'i',
  ).exec(raw)?.[1]
  return quoted ?? behind ?? null
}

/** What stands behind the first word of place or aim: `Paris` of `the weather in Paris`. */
function after(plain: string): string | null {
  return (
    /\b(?:in|at|near|for|about|to) (?!\d|me\b|the (?:morning|evening|afternoon))(.+?)(?= (?:today|tomorrow|tonight|right now|now|this|next|please)\b|[,.?!]|$)/i.exec(
      plain,
    )?.[1] ?? null
  )
}

/** A reply to the question for an argument: the whole of it, as the argument's type. Null when it does not fit. */
export function valueOfReply(param: Param, reply: Heard): Value | null {
  if (reply.plain === '') return null
  if (param.values.length > 0) return oneOf(param, reply.text)
  const digits = /-?\d+(?:\.\d+)?/.exec(reply.text)?.[0]
  switch (param.type) {
    case 'number':
    case 'integer':
      return digits === undefined ? null : Number(digits)
    case 'boolean':
      return /^(?:yes|sure|on|okay)\b/.test(reply.text) ? true : /^(?:no|off)\b/.test(reply.text) ? false : null
    case 'array':
      return reply.plain.split(/\s*,\s*(?:and )?|\s+and\s+/)
    case 'object':
      return null
    case 'string':
      return reply.plain.replace(/^(?:in|at|to|for|it is|it's)\s+/i, '')
  }
}
