// Reads the JSON schema of a tool's arguments as far as words can fill it. Anything odd in it reads as free text.
import { fieldsOf } from '../../json.ts'
import type { MindTool } from '../../ports.ts'

export interface Param {
  name: string
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  /** The only values allowed, as words; empty when free. */
  values: readonly string[]
  required: boolean
}

const mostParams = 32

export function paramsOf(tool: MindTool): Param[] {
  const { properties, required } = fieldsOf(tool.parameters)
  const needed = Array.isArray(required) ? required : []
  return Object.entries(fieldsOf(properties))
    .slice(0, mostParams)
    .map(([name, schema]) => {
      const fields = fieldsOf(schema)
      return {
        name,
        type: typeOf(fields['type']),
        values: valuesOf(fields['enum'] ?? fieldsOf(fields['items'])['enum']),
        required: needed.includes(name),
      }
    })
}

function valuesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, 200) : []
}

/** `['string', 'null']` is a string. */
function typeOf(value: unknown): Param['type'] {
  const name: unknown = Array.isArray(value) ? value.find((one) => one !== 'null') : value
  switch (name) {
    case 'number':
    case 'integer':
    case 'boolean':
    case 'array':
    case 'object':
      return name
    default:
      return 'string'
  }
}

/** `get_currentWeather` → `get current weather`. */
export function wordsOfName(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .toLowerCase()
    .trim()
}
