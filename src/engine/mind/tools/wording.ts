// A tool's output in spoken words. The output is data: it is said, never obeyed, and never longer than an ear can bear.
import { capitalised, sayAll, sayNumber, sentence, shortened } from '../../language/speakable.ts'
import { wordsOfName } from './schema.ts'
import { sayTasks } from './task-wording.ts'

const mostChars = 600
const mostFields = 8

/** @param call what was called; null when the conversation no longer holds it */
export function sayResult(output: string, call: { name: string; arguments: string } | null): string {
  const data = parse(output)
  if (data === undefined) return sayText(output)
  if (typeof data === 'string') return sayText(data)
  if (data === null || data === true) return 'Done.'
  if (data === false) return "That didn't work."
  if (typeof data === 'number') return sentence(`The result is ${sayNumber(data)}`)
  return shortened(sayData(data, call), mostChars)
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output) as unknown
  } catch {
    return undefined
  }
}

function sayText(text: string): string {
  const bare = text
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/https?:\/\/\S+/g, 'a link')
    .replace(/[*_`#>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return bare === '' ? 'Done.' : shortened(sentence(bare), mostChars)
}

const answers = [
  'answer',
  'result',
  'message',
  'summary',
  'text',
  'output',
  'content',
  'response',
  'description',
] as const

function sayData(data: object, call: { name: string; arguments: string } | null): string {
  if (Array.isArray(data)) return sayItems(data as unknown[])
  const ofTasks = sayTasks(data)
  if (ofTasks !== null) return sayText(ofTasks)
  const fields = Object.entries(data as Record<string, unknown>)
  const of = (name: string): unknown => fields.find(([key]) => key.toLowerCase() === name)?.[1]
  const error = of('error')
  if (error !== undefined && error !== null && error !== false && error !== '') {
    const reason = typeof error === 'string' ? error : textIn(error)
    return `That didn't work${reason === '' ? '' : `: ${sentence(reason)}`}`
  }
  const told = answers.map(of).find((value) => typeof value === 'string' && value.trim() !== '')
  if (typeof told === 'string') return sayText(told)
  const inner = of('result') ?? of('data') ?? of('results') ?? of('items')
  if (typeof inner === 'object' && inner !== null) return sayData(inner, call)
  const values = fields
    .filter(([key]) => !/^(?:id|.*_id|status|ok|success|type|object|url|timestamp|created_at|updated_at)$/i.test(key))
    .slice(0, mostFields)
  if (values.length === 0) return of('ok') === false || of('success') === false ? "That didn't work." : 'Done.'
  return sayFields(values, call)
}

function textIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const message = (value as Record<string, unknown>)['message']
  return typeof message === 'string' ? message : ''
}

function sayItems(items: readonly unknown[]): string {
  if (items.length === 0) return 'There is nothing.'
  const named = items
    .slice(0, 5)
    .map((item) => (typeof item === 'object' && item !== null ? titleOf(item) : sayValue(item)))
  const known = named.filter((name) => name !== '')
  if (known.length === 0) return `There are ${items.length} results.`
  return sentence(
    items.length > known.length
      ? `There are ${items.length}. The first ones: ${sayAll(known)}`
      : `There ${known.length === 1 ? 'is' : 'are'} ${sayAll(known)}`,
  )
}

function titleOf(item: object): string {
  const fields = item as Record<string, unknown>
  const title = ['title', 'name', 'subject', 'summary', 'text', 'label']
    .map((key) => fields[key])
    .find((value) => typeof value === 'string')
  return typeof title === 'string'
    ? title
    : Object.values(fields)
        .map(sayValue)
        .filter((said) => said !== '')
        .slice(0, 3)
        .join(' ')
}

/** `The weather: temperature 12 degrees and conditions sunny.` */
function sayFields(
  fields: readonly (readonly [string, unknown])[],
  call: { name: string; arguments: string } | null,
): string {
  const subject = wordsOfName(call?.name ?? '').replace(
    /^(?:get|fetch|find|look up|show|list|check|read|query|search) (?:current )?/,
    '',
  )
  const all = fields
    .map(([name, value]) => ({ key: wordsOfName(name), said: sayValue(value) }))
    .filter(({ said }) => said !== '')
    .map(({ key, said }) => `${key.replace(/ (?:c|celsius|f|fahrenheit)$/, '')} ${said}${unitOf(key)}`)
  return sentence(subject === '' ? capitalised(sayAll(all)) : `The ${subject}: ${sayAll(all)}`)
}

const unitOf = (key: string): string =>
  / (?:c|celsius)$/.test(key)
    ? ' degrees'
    : / (?:f|fahrenheit)$/.test(key)
      ? ' degrees Fahrenheit'
      : / (?:percent|pct)$/.test(key)
        ? ' percent'
        : ''

function sayValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return shortened(value.replace(/[*_`#]+/g, '').trim(), 120)
    case 'number':
      return sayNumber(value)
    case 'boolean':
      return value ? 'yes' : 'no'
    case 'object':
      if (Array.isArray(value))
        return sayAll(
          value
            .slice(0, 5)
            .map(sayValue)
            .filter((said) => said !== ''),
        )
      return value === null
        ? ''
        : Object.entries(value)
            .slice(0, 4)
            .map(([key, inner]) => (typeof inner === 'object' ? '' : `${wordsOfName(key)} ${sayValue(inner)}`))
            .filter((said) => said !== '')
            .join(', ')
    default:
      return ''
  }
}
