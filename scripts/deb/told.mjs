// What electron-builder tells a packer of debs, in the words of fpm's command line, read into what dpkg-deb needs. Pure.

/**
 * @typedef {{ from: string, to: string }} Placed a file or a folder's content (`from` ends with a slash), and where it is installed
 * @typedef {{ control: string, scripts: { postinst: string | null, postrm: string | null }, placed: Placed[], output: string,
 *   compression: string }} DebPlan
 */

/** Flags of fpm's that take no value. */
const bare = new Set(['--force'])

/** Our name for the value of a flag; of every other flag the value is of no use to dpkg-deb. */
const fieldNames = /** @type {const} */ ({
  '--name': 'Package',
  '--version': 'Version',
  '--architecture': 'Architecture',
  '--maintainer': 'Maintainer',
  '--category': 'Section',
  '--deb-priority': 'Priority',
  '--url': 'Homepage',
  '--description': 'Description',
})

/** @param {readonly string[]} args @param {number} installedKb @returns {DebPlan} @throws Error that names what is missing */
export function readTold(args, installedKb) {
  /** @type {Map<string, string[]>} */
  const told = new Map()
  /** @type {Placed[]} */
  const placed = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (bare.has(arg)) continue
    if (arg.startsWith('-')) told.set(arg, [...(told.get(arg) ?? []), args[++at] ?? ''])
    else placed.push(placeOf(arg))
  }
  const one = (/** @type {string} */ flag) => told.get(flag)?.at(-1) ?? null
  const needed = (/** @type {string} */ flag) => {
    const value = one(flag)
    if (value === null) throw new Error(`A deb can’t be made without ${flag}.`)
    return value
  }
  const fields = Object.entries(fieldNames).map(([flag, name]) => [name, needed(flag)])
  // The description is last, since it goes on over lines.
  const [description] = fields.splice(-1)
  fields.push(['Installed-Size', String(installedKb)])
  for (const [flag, name] of [
    ['-d', 'Depends'],
    ['--deb-recommends', 'Recommends'],
  ]) {
    const names = told.get(flag ?? '') ?? []
    if (names.length > 0) fields.push([name ?? '', names.join(', ')])
  }
  return {
    control: [...fields, description ?? []].map(([name, value]) => `${name}: ${value?.trimEnd()}\n`).join(''),
    scripts: { postinst: one('--after-install'), postrm: one('--after-remove') },
    placed,
    output: needed('--package'),
    compression: one('--deb-compression') ?? 'xz',
  }
}

/** @param {string} arg @returns {Placed} */
function placeOf(arg) {
  const at = arg.lastIndexOf('=/')
  if (at <= 0) throw new Error(`“${arg}” does not say where it is to be installed.`)
  return { from: arg.slice(0, at), to: arg.slice(at + 1) }
}
