// Looks at every conversation, in the list and in the trash, at their pictures (check-pictures.ts), at the logs of their tasks and
// at the index, and has mended what can be mended. Small files are check/small-files.ts's; how a conversation is mended is what opening it does.
import { join, relative } from 'node:path'
import { checksum } from '../../core/store/crc32.ts'
import type { Finding } from '../../core/store/check-report.ts'
import type { Recovery } from '../../core/store/recover.ts'
import { decodeFrames, keptFrames } from '../../core/store/record.ts'
import type { Random } from '../ports.ts'
import { createBreath } from './breath.ts'
import { checkPictures } from './check-pictures.ts'
import { fileName, parseFileNames, readConversation } from './conversation-files.ts'
import type { StoreNotice } from './conversation.ts'
import type { Files } from './files.ts'
import { replaceFile } from './replace-file.ts'
import { faultOf } from './store-error.ts'
import { originalName } from './trash.ts'

export interface CheckConversationsOpts {
  files: Files
  random: Random
  folder: string
  repair: boolean
  idOf: (folder: string) => string | null
  /** It was read when it was opened, and what was wrong with it was told then. */
  isOpen: (id: string) => boolean
  /** Opens what lies there and closes it again, which sets aside what is damaged and writes what is left anew. */
  mend: (id: string, folder: string) => Promise<StoreNotice | null>
  remakeIndex: () => Promise<void>
}

/** Changes nothing unless it is to repair. @returns how many were looked at, and what was found */
export async function checkConversations(opts: CheckConversationsOpts): Promise<{ looked: number; found: Finding[] }> {
  const { files, random, repair } = opts
  const found: Finding[] = []
  const breathe = createBreath()
  let looked = 0

  const short = (path: string): string => relative(opts.folder, path)

  async function one(id: string, folder: string): Promise<void> {
    looked += 1
    await breathe()
    const read = opts.isOpen(id) ? null : (await readConversation(files, folder, id)).recovery
    if (read !== null) await ofConversation(id, folder, read)
    const conversation = read?.missing === 0 ? read.conversation : null
    const name = read?.conversation?.title || id
    const pictures = await checkPictures({ ...opts, root: opts.folder, folder, name, conversation, breathe })
    looked += pictures.looked
    found.push(...pictures.found)
  }

  async function ofConversation(id: string, folder: string, recovery: Recovery): Promise<void> {
    const { conversation, damage, missing } = recovery
    if (damage.length === 0 && missing === 0) return
    const [first] = damage
    const file = short(first === undefined ? folder : join(folder, fileName(first.file.kind, first.file.number)))
    const name = conversation?.title || id
    if (conversation === null) {
      const message = `Nothing of the conversation “${name}” can be read.`
      found.push({ file, message, state: 'beyond', kept: [] })
      return
    }
    const lost = missing === 0 ? 'Nothing of it is lost.' : `Entries that are missing: ${missing}.`
    const message = `A file of the conversation “${name}” is damaged. ${lost}`
    const notice = repair ? await opts.mend(id, folder) : null
    const state = !repair ? 'left' : (await isSound(id, folder)) ? 'mended' : 'beyond'
    found.push({ file, message, state, kept: (notice?.copies ?? []).map(short) })
  }

  async function isSound(id: string, folder: string): Promise<boolean> {
    const { damage, missing } = (await readConversation(files, folder, id)).recovery
    return damage.length === 0 && missing === 0
  }

  async function taskLogs(folder: string): Promise<void> {
    for (const task of (await files.list(join(folder, 'tasks'))).folders) {
      const home = join(folder, 'tasks', task)
      for (const { kind, number } of parseFileNames((await files.list(home)).files)) {
        looked += 1
        await breathe()
        const path = join(home, fileName(kind, number))
        const bytes = await files.read(path)
        if (bytes !== null && decodeFrames(bytes).broken.length > 0) await brokenLines(path, bytes, 'The log of a task')
      }
    }
  }

  /** Whole lines stay, in their place; the file as it was is kept. */
  async function brokenLines(path: string, bytes: Uint8Array, what: string): Promise<void> {
    const message = `${what} is damaged; what is whole of it stays.`
    const copy = `${path}.damaged-${checksum(bytes)}`
    if (repair) {
      await replaceFile(files, random, copy, bytes)
      await replaceFile(files, random, path, keptFrames(bytes))
    }
    found.push({ file: short(path), message, state: repair ? 'mended' : 'left', kept: repair ? [short(copy)] : [] })
  }

  async function all(home: string, nameOf: (folder: string) => string): Promise<void> {
    for (const name of (await files.list(home)).folders) {
      const id = opts.idOf(nameOf(name))
      const folder = join(home, name)
      try {
        if (id === null) continue
        await one(id, folder)
        await taskLogs(folder)
      } catch (error) {
        const message = `The disk does not give it (${faultOf(error)}).`
        found.push({ file: short(folder), message, state: 'beyond', kept: [] })
      }
    }
  }

  async function index(): Promise<void> {
    looked += 1
    const path = join(opts.folder, 'index.log')
    const bytes = await files.read(path).catch(() => null)
    if (bytes === null || decodeFrames(bytes).broken.length === 0) return
    await brokenLines(path, bytes, 'The index of the list')
    if (repair) await opts.remakeIndex()
  }

  await all(join(opts.folder, 'conversations'), (name) => name)
  await all(join(opts.folder, 'trash'), originalName)
  await index()
  return { looked, found }
}
