// Turns what a schema found wrong into the refusal the protocol has for it: the first issue counts, and `param` is the
// dotted path of the field.
import type { z } from 'zod'
import { refuse, type Refusal } from './errors.ts'

type Issue = z.core.$ZodIssue

/** `['item', 'content', 0, 'type']` → `item.content[0].type` */
function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`))
    .join('')
}

/** @param at the path of the checked value inside the client event */
export function refusalOf(error: z.ZodError, at: readonly PropertyKey[] = []): Refusal {
  const [issue] = error.issues
  if (!issue) return refuse.value(dotted(at), 'Invalid value.')
  return refusalOfIssue(issue, at)
}

function refusalOfIssue(issue: Issue, at: readonly PropertyKey[]): Refusal {
  const path = [...at, ...issue.path]
  const param = dotted(path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return refuse.unknownParameter(dotted([...path, issue.keys[0] ?? '']))
    case 'invalid_value':
      return refuse.value(param, `Invalid value. Supported values are: ${listed(issue.values)}.`)
    case 'invalid_union':
      return refusalOfUnion(issue, path, param)
    case 'too_big':
      if (issue.origin === 'string') return refuse.tooLong(param, Number(issue.maximum), lengthOf(issue.input))
      return refuse.value(param, `Invalid '${param}': expected at most ${String(issue.maximum)}.`)
    case 'too_small':
      return refuse.value(param, `Invalid '${param}': expected at least ${String(issue.minimum)}.`)
    case 'invalid_type':
      if (issue.input === undefined) return refuse.value(param, `Missing required parameter: '${param}'.`)
      return refuse.value(param, `Invalid type for '${param}': expected ${issue.expected}.`)
    default:
      return refuse.value(param, `Invalid '${param}': ${issue.message}.`)
  }
}

/** Of a union, the branch that got furthest says best what is wrong. */
function refusalOfUnion(issue: z.core.$ZodIssueInvalidUnion, path: PropertyKey[], param: string): Refusal {
  if (issue.discriminator && issue.errors.length === 0) {
    const field = [...path]
    if (field.at(-1) !== issue.discriminator) field.push(issue.discriminator)
    return refuse.value(dotted(field), `Invalid value for '${dotted(field)}'.`)
  }
  const deepest = issue.errors
    .flatMap(([first]) => (first ? [first] : []))
    .sort((a, b) => b.path.length - a.path.length)[0]
  if (deepest && deepest.path.length > 0) return refusalOfIssue(deepest, path)
  return refuse.value(param, `Invalid value for '${param}'.`)
}

const listed = (values: readonly unknown[]): string => values.map((value) => `'${String(value)}'`).join(', ')
const lengthOf = (input: unknown): number => (typeof input === 'string' ? input.length : 0)
