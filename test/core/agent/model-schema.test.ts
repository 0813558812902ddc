// Schemas of arguments: whatever a server writes, what a model is given is within bounds and such as services take.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serverLimits } from '../../../src/core/agent/limits.ts'
import { modelSchema } from '../../../src/core/agent/model-schema.ts'

const schemaOf = (given: unknown): unknown => {
  const read = modelSchema(given)
  return read.type === 'read' ? read.schema : read.why
}

const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more })

/** What services refuse, found anywhere in a schema. */
function faults(schema: unknown, depth = 0): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return ['no schema']
  const { type, properties, items, required, anyOf, additionalProperties, ...rest } = schema as Record<string, unknown>
  const found: string[] = []
  if (depth > 13) found.push('too deep')
  for (const key of ['$ref', '$defs', 'definitions', 'oneOf', 'allOf', 'not', '$schema'])
    if (key in rest) found.push(key)
  const types = [type].flat()
  if (types.includes('object') && typeof properties !== 'object') found.push('an object without fields')
  if (types.includes('array') && items === undefined) found.push('a list without items')
  const fields = Object.entries(properties ?? {})
  if (
    Array.isArray(required) &&
    required.some((name) => !fields.some(([field]) => field === name)) &&
    types.includes('object')
  )
    found.push('a required field that is none')
  const inner = [...fields.map(([, field]) => field as unknown), ...((anyOf as unknown[] | undefined) ?? [])]
  if (items !== undefined) inner.push(items)
  if (typeof additionalProperties === 'object') inner.push(additionalProperties)
  return [...found, ...inner.flatMap((one) => faults(one, depth + 1))]
}

describe('a schema for a model', () => {
  it('[S202] references are put in their place, circles are cut, and what leads out of it is nothing', () => {
    const given = {
      $ref: '#/definitions/Order',
      definitions: {
        Order: object({
          place: { $ref: '#/definitions/a~1place', description: 'Where to' },
          parent: { $ref: '#' },
          tag: { $ref: '#tag' },
          far: { $ref: 'https://example.org/schema.json' },
          file: { $ref: 'file:///etc/passwd' },
          gone: { $ref: '#/definitions/Gone/__proto__' },
        }),
        'a/place': object({ city: { type: 'string', minLength: 1 } }, { description: 'A place', required: ['city'] }),
        Tag: { $anchor: 'tag', enum: ['a', 'b'] },
      },
    }
    expect(schemaOf(given)).toEqual(
      object({
        place: object({ city: { type: 'string', minLength: 1 } }, { description: 'Where to', required: ['city'] }),
        parent: object({}),
        tag: { enum: ['a', 'b'] },
        far: {},
        file: {},
        gone: {},
      }),
    )
  })

  it('[S202] unions, tuples, truths and the names of other languages come to what services know', () => {
    expect(
      schemaOf({
        properties: {
          any: true,
          never: false,
          either: { oneOf: [{ type: 'str' }, { type: 'null' }] },
          both: { allOf: [object({ a: { type: 'int' } }, { required: ['a'] }), object({ b: { type: 'List' } })] },
          pair: { items: [{ type: 'string' }, { type: 'number' }] },
          maybe: { type: ['array', 'null'] },
          odd: { type: 'function', description: 7 },
          one: { const: 'only' },
          map: { additionalProperties: { properties: { c: {} } } },
        },
        required: ['any', 'unknown', 3],
      }),
    ).toEqual(
      object(
        {
          any: {},
          either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          both: object({ a: { type: 'integer' }, b: { type: 'array', items: {} } }, { required: ['a'] }),
          pair: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
          maybe: { type: ['array', 'null'], items: {} },
          odd: {},
          one: { enum: ['only'] },
          map: object({}, { additionalProperties: object({ c: {} }) }),
          unknown: {},
        },
        { required: ['any', 'unknown'] },
      ),
    )
    const variants = [object({ a: {}, b: {} }, { required: ['a', 'b'] }), object({ a: {}, c: {} }, { required: ['a'] })]
    expect(schemaOf({ anyOf: variants, additionalProperties: false })).toEqual(
      object({ a: {}, b: {}, c: {} }, { required: ['a'] }),
    )
    expect(schemaOf({ anyOf: [{ type: 'string' }, { type: 'number' }] })).toBe('its schema describes no object')
  })

  it('[S202] a few lines that name a million parts are cut in no time', () => {
    const $defs: Record<string, object> = { d0: object({ leaf: { type: 'string' } }) }
    for (let at = 1; at < 40; at++) {
      const fields = Array.from({ length: 12 }, (_, field) => [`f${field}`, { $ref: `#/$defs/d${at - 1}` }] as const)
      $defs[`d${at}`] = object(Object.fromEntries(fields))
    }
    const schema = schemaOf({ $ref: '#/$defs/d39', $defs })
    expect(JSON.stringify(schema).length).toBeLessThanOrEqual(serverLimits.schemaCharacters)
    expect(faults(schema)).toEqual([])
    // A ring in which each leads to the next, and one that is its own.
    const ring = Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [`r${at}`, { $ref: `#/$defs/r${(at + 1) % 500}` }]),
    )
    expect(schemaOf({ $ref: '#/$defs/r0', $defs: ring })).toEqual(object({}))
    expect(schemaOf({ $ref: '#' })).toEqual(object({}))
  })

  it('[S202] whatever is written, what comes of it has no fault, and is the same a second time', () => {
    const runs = Number(process.env['PARLEY_RUNS'] ?? 300)
    const names = [
      'type',
      'properties',
      'items',
      'anyOf',
      'oneOf',
      'allOf',
      '$ref',
      '$defs',
      'enum',
      'required',
      'description',
    ]
    const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
      schema: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ depthSize: 'small' }),
        fc.constantFrom('string', 'object', 'array', '#', '#/$defs/a', '#/properties/b', '__proto__'),
        fc.dictionary(fc.constantFrom(...names, 'a', 'b'), tie('schema'), { maxKeys: 5 }),
        fc.record({
          type: fc.constant('object'),
          properties: fc.dictionary(fc.string(), tie('schema'), { maxKeys: 3 }),
        }),
        fc.array(tie('schema'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(schema, (given) => {
        const read = modelSchema(given)
        if (read.type === 'refused') return
        expect(faults(read.schema)).toEqual([])
        expect([read.schema['type'], 'anyOf' in read.schema]).toEqual(['object', false])
        expect(modelSchema(read.schema)).toEqual(read)
      }),
      { numRuns: runs },
    )
  })
})
