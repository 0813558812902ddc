// Makes a deb of what electron-builder built, with the system's dpkg-deb: `pack.mjs` with the arguments that fpm would be given.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { readTold } from './told.mjs'

/** Where what is named without a full path lies: the project's folder. */
const root = process.env.PARLEY_PACKAGE_ROOT ?? process.cwd()
/** Of dpkg-deb's: `none` is quick and large. */
const compression = process.env.PARLEY_DEB_COMPRESSION

/** @param {string} folder @returns {string[]} files below it, by their path from it */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => lstatSync(join(folder, name)).isFile())
    .sort()

const tree = mkdtempSync(join(tmpdir(), 'parley-deb-'))
try {
  const draft = readTold(process.argv.slice(2), 0)
  for (const { from, to } of draft.placed) {
    const place = join(tree, to)
    mkdirSync(dirname(place), { recursive: true })
    cpSync(resolve(root, from), place, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    if (lstatSync(place).isFile()) chmodSync(place, 0o644)
  }
  // What was made under a strict umask is for everybody once it is installed.
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', tree])
  const files = filesIn(tree)
  const bytes = files.reduce((sum, name) => sum + lstatSync(join(tree, name)).size, 0)
  const { control, scripts, output, compression: wanted } = readTold(process.argv.slice(2), Math.ceil(bytes / 1_024))
  const own = join(tree, 'DEBIAN')
  mkdirSync(own)
  writeFileSync(join(own, 'control'), control)
  const sums = files.map(
    (name) =>
      `${createHash('md5')
        .update(readFileSync(join(tree, name)))
        .digest('hex')}  ${name}\n`,
  )
  writeFileSync(join(own, 'md5sums'), sums.join(''))
  for (const [name, path] of Object.entries(scripts))
    if (path !== null) writeFileSync(join(own, name), readFileSync(path), { mode: 0o755 })
  rmSync(output, { force: true })
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression ?? wanted}`, '--build', tree, output], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
} finally {
  rmSync(tree, { recursive: true, force: true })
}
