// Takes what was said in deleted conversations out of the built-in voice's notebook, which its process keeps. What the file
// means is the engine's business; here it is a document of texts.
import { join } from 'node:path'
import type { KeptShape } from '../../core/store/kept.ts'
import { holdsSaidText, withoutSaid } from '../../core/store/without-said.ts'
import type { Random } from '../ports.ts'
import { diskFiles, type Files } from './files.ts'
import { openKeptFile } from './kept-file.ts'

const shape: KeptShape<unknown> = { version: 2, read: (value) => ({ value, refused: [] }), write: (value) => value }

export interface ForgetOpts {
  folder: string
  random: Random
  files?: Files
  /** Ends the process that holds the notebook; the next who needs it starts it again. */
  stopEngine: () => Promise<void>
}

export function forgetInNotebook(opts: ForgetOpts): (said: readonly string[]) => Promise<void> {
  const { random, files = diskFiles } = opts
  const folder = join(opts.folder, 'engine')
  const path = join(folder, 'notebook.json')
  const open = () =>
    openKeptFile<unknown>({ files, random, path, name: 'The notebook', shape, first: null, isSecret: true })

  /** Of an earlier damage, by any version. */
  async function forgetAside(words: readonly string[]): Promise<void> {
    const { files: names } = await files.list(folder)
    for (const name of names.filter((one) => /^notebook\.(?:json\.damaged-|broken-)/.test(one))) {
      const bytes = Buffer.from((await files.read(join(folder, name))) ?? new Uint8Array())
      if (!holdsSaidText(bytes.toString('utf8'), words)) continue
      await files.remove(join(folder, name))
      await files.syncFolder(folder)
    }
  }

  return async (said) => {
    const words = said.map((text) => text.trim().toLowerCase())
    await forgetAside(words)
    if ((await files.read(path)) === null) return
    const found = await open()
    if (withoutSaid(found.value(), words) === found.value() && !(await isBefore(files, path, words))) return
    await opts.stopEngine()
    // A change writes both generations; what has already gone out of the newer one must go out of the older one as well.
    await (await open()).change((value) => structuredClone(withoutSaid(value, words)))
  }
}

async function isBefore(files: Files, path: string, words: readonly string[]): Promise<boolean> {
  const before = Buffer.from((await files.read(`${path}.before`)) ?? new Uint8Array())
  return holdsSaidText(before.toString('utf8'), words)
}
