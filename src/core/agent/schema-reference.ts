// Where a reference within a JSON schema leads: `#`, a pointer such as `#/$defs/Place`, or a name that a part gave itself. Only
// within the schema: nothing is fetched and no file is read, whatever a schema names.

/** Undefined when it leads nowhere within `root`. */
export function targetOf(root: unknown, reference: string): unknown {
  const [base = '', fragment = ''] = reference.split('#', 2)
  if (base !== '' && base !== ownName(root)) return undefined
  const pointer = decoded(fragment)
  if (pointer === '') return root
  if (!pointer.startsWith('/')) return anchored(root, pointer)
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, step) => partOf(at, step), root)
}

function ownName(root: unknown): unknown {
  return partOf(root, '$id')
}

/** Names stand in the definitions, where generators write them. */
function anchored(root: unknown, name: string): unknown {
  const definitions = [partOf(root, '$defs'), partOf(root, 'definitions')].flatMap((one) =>
    typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : [],
  )
  return definitions.find((one) => partOf(one, '$anchor') === name || partOf(one, '$id') === `#${name}`)
}

function partOf(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string, unknown>)[step]
    : undefined
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
