// Fills a tool's arguments from the person's words, by type, by allowed values and by what the argument is called.
import type { MindTool } from '../../ports.ts'
import type { Heard } from '../heard.ts'
import { understand } from '../heard.ts'
import { readMoment } from '../when.ts'
import { paramsOf, wordsOfName } from './schema.ts'
import type { Param } from './schema.ts'

type Value = string | number | boolean | string[]

export interface Filled {
  values: Record<string, Value>
  /** Required arguments that the words don't give. */
  missing: Param[]
}

/** @param given values that are known already, by argument name */
export function fill(
  tool: MindTool,
  heard: Heard,
  when: { nowMs: number; timeZone: string },
  given: Record<string, Value> = {},
): Filled {
  const params = paramsOf(tool)
  const values: Record<string, Value> = Object.create(null) as Record<string, Value>
  const numbers = [...heard.text.matchAll(/-?\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits))
  for (const param of params) {
    const known = Object.hasOwn(given, param.name) ? given[param.name] : undefined
    const value = known ?? valueOf(param, tool, heard, numbers, when)
    if (value !== null) values[param.name] = value
  }
  const missing = params.filter((param) => param.required && !Object.hasOwn(values, param.name))
  return { values: { ...values }, missing }
}

function valueOf(
  param: Param,
  tool: MindTool,
  heard: Heard,
  numbers: number[],
  when: { nowMs: number; timeZone: string },
): Value | null {
  if (param.values.length > 0) {
    const value = oneOf(param, heard.text)
    return param.type === 'array' ? (value === null ? null : [value]) : value
  }
  switch (param.type) {
    case 'number':
    case 'integer':
      return numberFor(param, heard.text, numbers)
    case 'boolean':
      return truthOf(param, heard.text)
    case 'object':
      return null
    case 'array': {
      const words = param.required ? restOf(tool, heard) : null
      return words === null ? null : words.split(/\s*,\s*(?:and )?|\s+and\s+/).filter((word) => word !== '')
    }
    case 'string':
      return stringFor(param, tool, heard, when)
  }
}

function oneOf(param: Param, text: string): string | null {
  const level = (words: string): string => understand(wordsOfName(words)).text
  const exact = param.values.find((value) =>
    new RegExp(`\\b${level(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`).test(text),
  )
  return (
    exact ??
    param.values.find((value) => level(value).length > 3 && text.includes(level(value).replace(/s$/, ''))) ??
    null
  )
}

/** The number beside the argument's name, else the first that no other argument took. */
function numberFor(param: Param, text: string, numbers: number[]): number | null {
  const name = wordsOfName(param.name)
  const beside = new RegExp(
    `\\b${name}(?: of| to| is| at| by)? (-?\\d+(?:\\.\\d+)?)|(-?\\d+(?:\\.\\d+)?) ${name}\\b`,
  ).exec(text)
  const digits = beside?.[1] ?? beside?.[2]
  const value = digits === undefined ? numbers[0] : Number(digits)
  if (value === undefined) return null
  numbers.splice(numbers.indexOf(value), 1)
  return param.type === 'integer' ? Math.round(value) : value
}

function truthOf(param: Param, text: string): boolean | null {
  if (/\b(?:off|disable|disabled|false|stop|without|not|no|unlock|close)\b/.test(text)) return false
  if (/\b(?:on|enable|enabled|true|yes|with|lock|open)\b/.test(text)) return true
  return param.required && new RegExp(`\\b${wordsOfName(param.name)}\\b`).test(text) ? true : null
}

const place = /city|location|place|town|country|region|where|address/i
const target = /^(?:to|destination|dest|arrival)/i
const source = /^(?:from|origin|source|departure)/i
const person = /recipient|contact|person|who|^to$|receiver|attendee/i
const moment = /date|day|time|when/i
const content = /message|body|content|text|note|caption/i

function stringFor(
  param: Param,
  tool: MindTool,
  heard: Heard,
  when: { nowMs: number; timeZone: string },
): string | null {
  const { plain } = heard
  const quoted = /(?<=\s)["“']([^"”']+)["”'](?=\s|$)/.exec(heard.raw)?.[1]
  const spelledOut = new RegExp(
    `\\b${wordsOfName(param.name)} (?:is|as|called|named|of|to) ([^,]+?)(?= and | with |$)`,
    'i',
  ).exec(plain)?.[1]
  if (spelledOut !== undefined) return spelledOut
  if (moment.test(param.name)) return momentFor(param, heard, when)
  if (place.test(param.name))
    return after(plain, 'in|at|near|around|for|of|to') ?? (param.required ? properName(plain) : null)
  if (target.test(param.name) && !person.test(param.description)) return after(plain, 'to|into|for')
  if (source.test(param.name)) return after(plain, 'from')
  if (person.test(param.name))
    return (
      after(plain, 'to|with|for') ??
      /^(?:call|email|text|message|phone|ring|tell)\s+((?:my )?\p{L}+)/iu.exec(plain)?.[1] ??
      null
    )
  if (content.test(param.name))
    return quoted ?? /\b(?:saying|that says|telling \w+|and say|that|text|:)\s+(.+)$/i.exec(plain)?.[1] ?? null
  if (/language/i.test(param.name)) return /\b(?:in|into|to) (\p{Lu}\p{L}+)$/u.exec(plain)?.[1] ?? null
  return param.required ? (quoted ?? restOf(tool, heard)) : null
}

/** The words behind the last of these prepositions, up to the next one or a word of time. */
function after(plain: string, prepositions: string): string | null {
  const pattern = new RegExp(
    `\\b(?:${prepositions}) (?!the (?:morning|evening|afternoon)|\\d|me\\b|today|tomorrow|tonight)(.+?)(?= (?:in|at|on|for|from|to|with|and|by|today|tomorrow|tonight|right now|now|this|next|saying|that|please)\\b|[,.?!]|$)`,
    'iu',
  )
  const words = pattern
    .exec(plain)?.[1]
    ?.replace(/^the (?=\p{Lu})/u, '')
    .trim()
  return words === undefined || words === '' ? null : words
}

function properName(plain: string): string | null {
  return /(?<=\s)(\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)*)/u.exec(plain)?.[1] ?? null
}

function momentFor(param: Param, heard: Heard, when: { nowMs: number; timeZone: string }): string | null {
  const found = readMoment(heard.text, when.nowMs, when.timeZone)
  if (found === null) return null
  const { year, month, day } = found.day
  const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (param.format === 'date-time') return new Date(found.atMs).toISOString()
  return param.format === 'date' || /iso|yyyy/i.test(param.description) ? iso : found.words
}

const frame =
  /^(?:(?:please|can|could|would|will|you|i|want|need|would like|like|to|us|me|let|some|any|the|a|an|my|is|are|what|who|how|for|about|of|that|on|up|out|it|there)\b\s*)+/i

/** What is left of the words when the command is taken off: `cheap flights` of "ask the agent to find cheap flights". */
function restOf(tool: MindTool, heard: Heard): string | null {
  const named = new Set(wordsOfName(tool.name).split(' '))
  const delegate =
    /^(?:please )?(?:ask|tell|have|get|let) (?:the |my |your )?(?:agent|assistant)(?: to| about| for| if| whether)? (.+)$/i.exec(
      heard.plain,
    )?.[1]
  if (delegate !== undefined) return delegate
  if (/agent|assistant|delegate|task/i.test(tool.name)) return heard.plain === '' ? null : heard.plain
  let words = heard.plain
  for (let round = 0; round < 8; round += 1) {
    const [head = '', ...rest] = words.split(' ')
    const level = head.toLowerCase().replace(/[^a-z]/g, '')
    if (rest.length === 0 && (named.has(level) || named.has(level.replace(/s$/, '')))) return null
    if (
      named.has(level) ||
      named.has(level.replace(/s$/, '')) ||
      /^(?:search|find|look|show|get|play|give|tell|check|open|google|run|start|read)$/.test(level)
    )
      words = rest.join(' ')
    else if (frame.test(words)) words = words.replace(frame, '')
    else break
  }
  return words.trim() === '' ? null : words.trim()
}

/** A reply to "What city should I use?": the whole of it, as the argument's type. Null when it does not fit. */
export function valueOfReply(param: Param, reply: Heard): Value | null {
  if (reply.plain === '') return null
  if (param.values.length > 0) return oneOf(param, reply.text)
  const digits = /-?\d+(?:\.\d+)?/.exec(reply.text)?.[0]
  switch (param.type) {
    case 'number':
      return digits === undefined ? null : Number(digits)
    case 'integer':
      return digits === undefined ? null : Math.round(Number(digits))
    case 'boolean':
      return /^(?:yes|yeah|yep|sure|on|true|okay)\b/.test(reply.text)
        ? true
        : /^(?:no|nope|off|false)\b/.test(reply.text)
          ? false
          : null
    case 'array':
      return reply.plain.split(/\s*,\s*(?:and )?|\s+and\s+/)
    case 'object':
      return null
    case 'string':
      return reply.plain.replace(/^(?:in|at|to|for|it is|it's|the one in)\s+/i, '')
  }
}
