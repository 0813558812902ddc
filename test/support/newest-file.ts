// The newest of the files that are numbered in their names.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** @param ending of the name, such as `.snapshot.json` */
export function newestFile(folder: string, ending: string): string {
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .at(-1)
  if (newest === undefined) throw new Error(`nothing in ${folder} ends with ${ending}`)
  return join(folder, newest)
}
