// An event with each of its fields in turn, at any depth, gone, null, of another type or of a kind that nobody knows.

export interface Altered {
  /** Names of fields and places in lists, joined by dots. */
  path: string
  how: string
  event: Record<string, unknown>
}

const other: readonly (readonly [how: string, value: unknown])[] = [
  ['null', null],
  ['a number', 7],
  ['no number', Infinity],
  ['yes', true],
  ['an empty list', []],
  ['a list of nothing', [null, 7, 'x', {}]],
  ['an object', { x: { y: 1 } }],
  ['an empty text', ''],
  ['an unknown kind', 'kind_of_2031'],
]

export function everyField(event: Record<string, unknown>): Altered[] {
  return pathsOf(event).flatMap((path) => [
    { path: path.join('.'), how: 'gone', event: altered(event, path, undefined) },
    ...other.map(([how, value]) => ({ path: path.join('.'), how, event: altered(event, path, value) })),
  ])
}

function pathsOf(value: unknown, above: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, child]) => [[...above, name], ...pathsOf(child, [...above, name])])
}

function altered(event: Record<string, unknown>, path: readonly string[], value: unknown): Record<string, unknown> {
  const copy = structuredClone(event)
  let holder = copy
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string, unknown>
  const last = path.at(-1) ?? ''
  if (value === undefined) Reflect.deleteProperty(holder, last)
  else holder[last] = value
  return copy
}
