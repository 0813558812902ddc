// The JSON schema of a tool's arguments as a server wrote it, made into one that every model's service takes: an object at the
// root, references put in their place, nothing missing that a service asks for, within a depth and a size. It guides the
// model only: what the model gives goes to the server as it is, and the server judges it.
import { isShallow } from './arguments.ts'
import { serverLimits } from './limits.ts'
import { plainWords } from './plain.ts'
import { targetOf } from './schema-reference.ts'

type Schema = Record<string, unknown>

export type SchemaRead = { type: 'read'; schema: Schema } | { type: 'refused'; why: string }

/** Schemas within schemas that are looked at: references to references can name a million of them in a few lines. */
const mostNodes = 2_000
const mostVariants = 16
const mostValues = 200

/** How much of it is kept, the most first; the first that is small enough is taken. */
const details = [
  { depth: 12, words: 600 },
  { depth: 8, words: 160 },
  { depth: 4, words: 60 },
  { depth: 2, words: 0 },
] as const

interface Walk {
  root: unknown
  depth: number
  words: number
  left: number
}

/** What is missing altogether is a tool without arguments. */
export function modelSchema(given: unknown): SchemaRead {
  if (given === undefined || given === null || given === true) return { type: 'read', schema: nothingAsked }
  if (!isObject(given)) return refused('its schema is no JSON schema')
  if (!isShallow(given, serverLimits.schemaDepth)) return refused('its schema is nested too deeply')
  for (const detail of details) {
    const schema = rootOf(read(given, { ...detail, root: given, left: mostNodes }, []))
    if (schema === null) return refused('its schema describes no object')
    if (JSON.stringify(schema).length <= serverLimits.schemaCharacters) return { type: 'read', schema }
  }
  return refused('its schema is too large')
}

const nothingAsked: Schema = { type: 'object', properties: {} }

function refused(why: string): SchemaRead {
  return { type: 'refused', why }
}

/** Null when nothing fits it. @param through references that led here: one that comes again is a circle and is cut */
function read(given: unknown, walk: Walk, through: readonly string[]): Schema | null {
  if (given === false) return null
  if (!isObject(given) || walk.left-- <= 0) return {}
  const named = given['$ref'] ?? given['$dynamicRef']
  if (typeof named === 'string') return readReference(given, named, walk, through)
  const own: Schema = { ...shapeOf(given), ...wordsOf(given, walk) }
  if (walk.depth <= 0) return complete(own)
  const inner = { ...walk, depth: walk.depth - 1 }
  const parts = listOf(given['allOf']).map((part) => read(part, inner, through))
  const unions = [given['anyOf'], given['oneOf']].map((union) =>
    listOf(union).map((variant) => read(variant, inner, through)),
  )
  const fields = fieldsOf(given, inner, through)
  walk.left = inner.left
  const whole = [{ ...own, ...valuesOf(given), ...fields }, ...parts, ...unions.map(unionOf)]
  return whole.includes(null) ? null : complete(whole.reduce<Schema>((all, part) => merged(all, part ?? {}), {}))
}

function readReference(given: Schema, named: string, walk: Walk, through: readonly string[]): Schema | null {
  const target = targetOf(walk.root, named)
  const words = wordsOf(given, walk)
  // Nothing is known of what lies elsewhere, and nobody asks there.
  if (target === undefined) return words
  if (through.includes(named)) return isObject(target) ? complete({ ...shapeOf(target), ...words }) : words
  const found = read(target, walk, [...through, named])
  const { $ref: _ref, $dynamicRef: _dynamic, ...beside } = given
  const more = Object.keys(beside).some((key) => key !== 'description') ? read(beside, walk, through) : words
  return found === null || more === null ? null : complete(merged(more, found))
}

const typeNames: Record<string, string> = {
  ...Object.fromEntries(
    ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'].map((name) => [name, name]),
  ),
  // As other languages call them.
  ...{ str: 'string', text: 'string', int: 'integer', long: 'integer', float: 'number', double: 'number' },
  ...{ bool: 'boolean', dict: 'object', map: 'object', list: 'array', none: 'null' },
}

function typeOf(given: Schema): string | string[] | undefined {
  const names = [given['type']].flat().flatMap((name) => {
    const known = typeof name === 'string' ? name.toLowerCase() : ''
    return Object.hasOwn(typeNames, known) ? [typeNames[known] ?? ''] : []
  })
  const types = [...new Set(names)]
  if (types.length > 0) return types.length === 1 ? types[0] : types
  if (isObject(given['properties']) || isObject(given['additionalProperties'])) return 'object'
  if ('items' in given || 'prefixItems' in given) return 'array'
  return undefined
}

function shapeOf(given: Schema): Schema {
  const type = typeOf(given)
  return type === undefined ? {} : { type }
}

function wordsOf(given: Schema, { words }: Walk): Schema {
  const said = given['description'] ?? given['title']
  if (typeof said !== 'string' || said.trim() === '' || words === 0) return {}
  return { description: plainWords(said.slice(0, 4 * words), words) }
}

const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
const counts = ['minLength', 'maxLength', 'minItems', 'maxItems']
const texts = ['pattern', 'format']
const longestText = 500

/** Which values fit, by themselves. */
function valuesOf(given: Schema): Schema {
  const kept: Schema = {}
  for (const key of numbers) if (Number.isFinite(given[key])) kept[key] = given[key]
  for (const key of counts) if (Number.isInteger(given[key]) && Number(given[key]) >= 0) kept[key] = given[key]
  for (const key of texts) {
    const text = given[key]
    if (typeof text === 'string' && text.length <= longestText) kept[key] = text
  }
  const values = 'const' in given ? [given['const']] : listOf(given['enum'])
  if (values.length > 0 && values.length <= mostValues) kept['enum'] = values
  if ('default' in given && JSON.stringify(given['default']).length <= longestText) kept['default'] = given['default']
  return kept
}

/** What lies within an object or a list. */
function fieldsOf(given: Schema, inner: Walk, through: readonly string[]): Schema {
  const kept: Schema = {}
  if (isObject(given['properties'])) {
    const fields = Object.entries(given['properties']).flatMap(([name, field]) => {
      const schema = read(field, inner, through)
      return schema === null ? [] : [[name, schema] as const]
    })
    kept['properties'] = Object.fromEntries(fields)
  }
  const required = listOf(given['required']).filter((name) => typeof name === 'string')
  if (required.length > 0) kept['required'] = [...new Set(required)]
  const more = given['additionalProperties']
  if (typeof more === 'boolean') kept['additionalProperties'] = more
  else if (isObject(more)) kept['additionalProperties'] = read(more, inner, through) ?? false
  const tuple = [...listOf(given['prefixItems']), ...listOf(given['items'])]
  if (tuple.length > 0) kept['items'] = unionOf(tuple.map((one) => read(one, inner, through))) ?? {}
  else if (isObject(given['items'])) kept['items'] = read(given['items'], inner, through) ?? {}
  return kept
}

/** None at all says nothing; none that fits is null. */
function unionOf(variants: readonly (Schema | null)[]): Schema | null {
  if (variants.length === 0) return {}
  const fitting = variants.filter((variant) => variant !== null)
  const [first, ...others] = new Map(fitting.map((one) => [JSON.stringify(one), one])).values()
  if (first === undefined) return null
  return others.length === 0 ? first : { anyOf: [first, ...others].slice(0, mostVariants) }
}

/** Both at once; what they say differently is the first one's. */
function merged(one: Schema, other: Schema): Schema {
  const both: Schema = { ...other, ...one }
  if (isObject(one['properties']) && isObject(other['properties']))
    both['properties'] = Object.fromEntries([
      ...Object.entries(other['properties']),
      ...Object.entries(one['properties']),
    ])
  const required = [...listOf(one['required']), ...listOf(other['required'])]
  if (required.length > 0) both['required'] = [...new Set(required)]
  return both
}

/** What services ask for: an object has fields, and all that are required are among them; a list has items. */
function complete(schema: Schema): Schema {
  const types = typesOf(schema)
  if (types.includes('array') && !isObject(schema['items'])) return { ...schema, items: {} }
  if (!types.includes('object')) return schema
  const fields = isObject(schema['properties']) ? schema['properties'] : {}
  const missing = listOf(schema['required'])
    .filter((name) => typeof name === 'string')
    .filter((name) => !Object.hasOwn(fields, name))
  const more = missing.map((name): [string, unknown] => [name, {}])
  return { ...schema, properties: Object.fromEntries<unknown>([...Object.entries(fields), ...more]) }
}

/** One object without a choice at its root, which services refuse there: its fields are those of all variants. */
function rootOf(schema: Schema | null): Schema | null {
  if (schema === null) return null
  const { anyOf, enum: _enum, default: _default, ...own } = schema
  const types = typesOf(own)
  if (types.length > 0 && !types.includes('object')) return null
  const variants = listOf(anyOf)
    .filter(isObject)
    .map(rootOf)
    .filter((variant) => variant !== null)
  if (listOf(anyOf).length > 0 && variants.length === 0) return null
  const always = variants.length === 0 ? [] : listOf(variants[0]?.['required'])
  const shared = always.filter((name) => variants.every((variant) => listOf(variant['required']).includes(name)))
  const all = variants.reduce<Schema>((sum, variant) => merged(sum, { ...variant, required: [] }), own)
  const required = [...new Set([...listOf(own['required']), ...shared])]
  const { required: _required, additionalProperties, ...rest } = all
  return complete({
    ...rest,
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    // With several variants one's word about the others' fields would be wrong.
    ...(variants.length === 0 && additionalProperties !== undefined ? { additionalProperties } : {}),
  })
}

function typesOf({ type }: Schema): unknown[] {
  return type === undefined ? [] : Array.isArray(type) ? listOf(type) : [type]
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
