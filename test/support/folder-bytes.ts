// All files below a folder, for comparing what was there with what is.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** By path below it. Sockets are left out. */
export function bytesOf(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return new Map(files.sort().map((name) => [name, readFileSync(join(folder, name))]))
}

/** Files below it that hold these words. */
export function holding(folder: string, words: string): string[] {
  return [...bytesOf(folder)].filter(([, bytes]) => bytes.includes(words)).map(([name]) => name)
}
