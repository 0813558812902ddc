// The pictures of `--picture`, read and looked at before anything is started. What is kept and sent of a picture is judged once
// more where it is kept (store/pictures.ts); here the sentence has the next step of somebody at a terminal.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pictureLimits, voiceTypes } from '../../core/picture-limits.ts'
import { readPicture } from '../../core/pictures/read-picture.ts'
import type { GivenPicture } from '../ports.ts'
import { TalkError } from './talk-error.ts'

/** Of one turn. @throws TalkError for what can't be shown, and why */
export async function readShown(paths: readonly string[]): Promise<GivenPicture[]> {
  const { ofTurn, bytesOfTurn } = pictureLimits
  if (paths.length > ofTurn) throw new TalkError(`At most ${ofTurn} pictures go with one --text. Show fewer at a time.`)
  const shown = await Promise.all(paths.map(readOne))
  if (shown.reduce((sum, { bytes }) => sum + bytes.length, 0) > bytesOfTurn)
    throw new TalkError(`These pictures are larger than ${bytesOfTurn / 1e6} MB together. Show fewer at a time.`)
  return shown
}

async function readOne(path: string): Promise<GivenPicture> {
  const { bytes: most, largestPx } = pictureLimits
  const tooLarge = `${path} is too large: at most ${most / 1e6} MB and ${largestPx} points a side. Make it smaller, or show it in the window, which does that.`
  const status = await stat(path).catch(unread(path))
  if (!status.isFile()) throw new TalkError(`${path} is no file. Give the path of a PNG or JPEG.`)
  if (status.size > most) throw new TalkError(tooLarge)
  const bytes = await readFile(path).catch(unread(path))
  const read = readPicture(bytes)
  if (read === null || !voiceTypes.has(read.type))
    throw new TalkError(`${path} is no PNG or JPEG, which is what services take. Convert it first.`)
  if (Math.max(read.width, read.height) > largestPx) throw new TalkError(tooLarge)
  return { name: basename(path), bytes }
}

function unread(path: string): (error: NodeJS.ErrnoException) => never {
  return ({ code }) => {
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new TalkError(`There is no picture ${path}. Check its path.`)
    throw new TalkError(`The picture ${path} can’t be read (${code ?? 'refused'}). Check that you may read it.`)
  }
}
