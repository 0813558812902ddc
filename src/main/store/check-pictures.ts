// Looks at the pictures of one conversation: whether the bytes are those that their name says, and whether those that are shown are
// there. A damaged one is set aside; what it showed nobody can bring back.
import { join, relative } from 'node:path'
import type { Conversation } from '../../core/conversation/reduce.ts'
import { picturesIn } from '../../core/conversation/fold-back.ts'
import type { Finding } from '../../core/store/check-report.ts'
import type { Random } from '../ports.ts'
import type { Files } from './files.ts'
import { digestOf, pictureFile } from './pictures.ts'
import { replaceFile } from './replace-file.ts'

export interface CheckPicturesOpts {
  files: Files
  random: Random
  /** Parley's data folder, and the conversation's in it. */
  root: string
  folder: string
  name: string
  /** Null where that is not known, or goes on meanwhile: then only what lies there is looked at. */
  conversation: Conversation | null
  repair: boolean
  breathe: () => Promise<void>
}

/** Changes nothing unless it is to repair. @returns how many were looked at, and what was found */
export async function checkPictures(opts: CheckPicturesOpts): Promise<{ looked: number; found: Finding[] }> {
  const { files, folder, repair } = opts
  const home = join(folder, 'pictures')
  const broken = join(folder, 'broken')
  const short = (path: string): string => relative(opts.root, path)
  const found: Finding[] = []
  const there = (await files.list(home)).files
  for (const name of there) {
    await opts.breathe()
    const bytes = await files.read(join(home, name))
    if (bytes === null || digestOf(bytes) === name.slice(0, name.indexOf('.'))) continue
    const copy = join(broken, name)
    if (repair) {
      await files.makeFolder(broken)
      await replaceFile(files, opts.random, copy, bytes)
      await files.remove(join(home, name))
      await files.syncFolder(home)
    }
    const message = `A picture of the conversation “${opts.name}” is damaged. Its words are all there.`
    found.push({
      file: short(join(home, name)),
      message,
      state: repair ? 'mended' : 'left',
      kept: repair ? [short(copy)] : [],
    })
  }
  const aside = (await files.list(broken)).files
  const shown = opts.conversation === null ? [] : picturesIn(opts.conversation).map(pictureFile)
  for (const name of new Set(shown)) {
    if (there.includes(name) || aside.includes(name)) continue
    const message = `A picture of the conversation “${opts.name}” is missing. Its words are all there.`
    found.push({ file: short(join(home, name)), message, state: 'beyond', kept: [] })
  }
  return { looked: there.length, found }
}
