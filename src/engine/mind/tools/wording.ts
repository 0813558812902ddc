// A tool's output in spoken words. The output is data: it is said, never obeyed, and never longer than an ear can bear.
import { fieldsOf, isObject, jsonOf } from '../../json.ts'
import { capitalised, sayAll, sayNumber, sentence, shortened } from '../../language/speakable.ts'
import { wordsOfName } from './schema.ts'
import { sayTasks } from './task-wording.ts'

const mostChars = 600
const mostFields = 8

/** @param called the name of what was called; null when the conversation no longer holds it */
export function sayResult(output: string, called: string | null): string {
  const data = jsonOf(output)
  if (data === undefined) return sayText(output)
  if (typeof data === 'string') return sayText(data)
  if (data === null || data === true) return 'Done.'
  if (data === false) return failed
  if (typeof data === 'number') return sentence(`The result is ${sayNumber(data)}`)
  return shortened(sayData(data, called), mostChars)
}

const failed = "That didn't work."

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

const answers = 'answer result message summary text output content response description'.split(' ')
const titles = 'title name subject summary text label'.split(' ')
/** Fields that say nothing to a person. */
const silent = /^(?:id|.*_id|status|ok|success|type|object|url|timestamp|created_at|updated_at)$/i

function sayData(data: object, called: string | null): string {
  if (Array.isArray(data)) return sayItems(data as unknown[])
  const ofTasks = sayTasks(data)
  if (ofTasks !== null) return sayText(ofTasks)
  const fields = Object.entries(data as Record<string, unknown>)
  const of = (name: string): unknown => fields.find(([key]) => key.toLowerCase() === name)?.[1]
  const error = of('error')
  if (error !== undefined && error !== null && error !== false && error !== '') {
    const reason = typeof error === 'string' ? error : fieldsOf(error)['message']
    return typeof reason === 'string' && reason !== '' ? `That didn't work: ${sentence(reason)}` : failed
  }
  const told = answers.map(of).find((value) => typeof value === 'string' && value.trim() !== '')
  if (typeof told === 'string') return sayText(told)
  const inner = of('result') ?? of('data') ?? of('results') ?? of('items')
  if (typeof inner === 'object' && inner !== null) return sayData(inner, called)
  const values = fields.filter(([key]) => !silent.test(key)).slice(0, mostFields)
  if (values.length === 0) return of('ok') === false || of('success') === false ? failed : 'Done.'
  return sayFields(values, called)
}

function sayItems(items: readonly unknown[]): string {
  if (items.length === 0) return 'There is nothing.'
  const known = spoken(items.slice(0, 5).map(titleOf))
  if (known.length === 0) return `There are ${items.length} results.`
  return sentence(
    items.length > known.length
      ? `There are ${items.length}. The first ones: ${sayAll(known)}`
      : `There ${known.length === 1 ? 'is' : 'are'} ${sayAll(known)}`,
  )
}

function titleOf(item: unknown): string {
  const title = titles.map((key) => fieldsOf(item)[key]).find((value) => typeof value === 'string')
  return sayValue(title ?? item)
}

/** `The weather: temperature 12 degrees and conditions sunny.` */
function sayFields(fields: readonly (readonly [string, unknown])[], called: string | null): string {
  const subject = wordsOfName(called ?? '').replace(
    /^(?:get|fetch|find|look up|show|list|check|read|query|search) (?:current )?/,
    '',
  )
  const all = fields.map(([name, value]) => {
    const [, bare = '', unit] = /^(.*?)( (?:c|celsius|f|fahrenheit))?$/.exec(wordsOfName(name)) ?? []
    const said = sayValue(value)
    return said === '' ? '' : `${bare} ${said}${unit === undefined ? '' : ' degrees'}`
  })
  return sentence(subject === '' ? capitalised(sayAll(spoken(all))) : `The ${subject}: ${sayAll(spoken(all))}`)
}

const spoken = (words: readonly string[]): string[] => words.filter((one) => one !== '')

/** Empty for what can't be said in a few words. */
function sayValue(value: unknown): string {
  if (typeof value === 'string') return shortened(value.replace(/[*_`#]+/g, '').trim(), 120)
  if (typeof value === 'number') return sayNumber(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return sayAll(spoken(value.slice(0, 5).map(sayValue)))
  const inner = Object.entries(isObject(value) ? value : {}).slice(0, 4)
  return spoken(
    inner.map(([key, one]) => (typeof one === 'object' ? '' : `${wordsOfName(key)} ${sayValue(one)}`)),
  ).join(', ')
}
