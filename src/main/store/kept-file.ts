// One small file of Parley's, the same way for all of them: read with its checksum, the generation before kept beside it,
// changed by one change after another, replaced whole with both flushes. What is damaged is copied aside and told once, and
// the good part is used. Which bytes hold a value is core/store/kept.ts's business.
import { basename, dirname } from 'node:path'
import { checksum } from '../../core/store/crc32.ts'
import { decodeKept, encodeKept, type KeptRead, type KeptShape } from '../../core/store/kept.ts'
import type { Random } from '../ports.ts'
import type { Files } from './files.ts'
import { replaceFile } from './replace-file.ts'
import { openDocument } from './snapshot.ts'
import { faultOf, StoreError } from './store-error.ts'

export interface KeptFile<Value> {
  value(): Value
  /**
   * One change after another. Resolves with the new value once it is durable. Rejects with StoreError `refused` (or `newer` for a
   * file of a newer Parley) and with whatever `make` throws; the value is then as before.
   */
  change(make: (before: Value) => Value): Promise<Value>
  /** What was wrong when it was opened, for the person; null when all was well. */
  readonly trouble: string | null
  /** Resolves when every change has ended. Never rejects. */
  settled(): Promise<void>
}

export interface KeptFileOpts<Value> {
  files: Files
  random: Random
  path: string
  /** Begins a sentence: “The reminders”. */
  name: string
  shape: KeptShape<Value>
  first: Value
  /** What is taken out of it must be gone at once: the copy beside it is of the same generation. */
  isSecret?: boolean
  /** The person asked for it: also what they may edit is written anew when it was found damaged. */
  isMending?: boolean
  /** Hears every trouble once, also the one at opening. */
  tell?: (message: string) => void
}

type Found<Value> = KeptRead<Value> | { type: 'missing' } | { type: 'unreadable'; fault: string; value?: undefined }

/** Never throws: without its file it begins with `first` and says so. */
export async function openKeptFile<Value>(opts: KeptFileOpts<Value>): Promise<KeptFile<Value>> {
  const { files, random, path, name, shape } = opts
  const before = `${path}.before`
  /** The bytes that hold the value; null where none do. */
  let good: Uint8Array | null = null
  /** What they say. */
  let held = opts.first
  let trouble: string | null = null
  let isNewer = false
  let isUnreadable = false as boolean
  /** Something was wrong, and the bytes as they were found are kept elsewhere. */
  let isAside = false as boolean
  let last: Promise<unknown> = Promise.resolve()

  function tell(message: string): void {
    trouble = trouble === null ? message : `${trouble} ${message}`
    opts.tell?.(message)
  }

  async function look(at: string): Promise<{ found: Found<Value>; bytes: Uint8Array | null }> {
    try {
      const bytes = await files.read(at)
      return bytes === null ? { found: { type: 'missing' }, bytes } : { found: decodeKept(shape, bytes), bytes }
    } catch (error) {
      return { found: { type: 'unreadable', fault: faultOf(error) }, bytes: null }
    }
  }

  /** Its bytes stay, whatever is written later. @returns the sentence that says where */
  async function setAside(bytes: Uint8Array): Promise<string> {
    if (opts.isSecret) return 'What can’t be read of them has to be typed again.'
    const copy = `${path}.damaged-${checksum(bytes)}`
    try {
      await replaceFile(files, random, copy, bytes)
      isAside = true
      return `The file as it was is kept as ${copy}.`
    } catch (error) {
      return `It could not be copied aside (${faultOf(error)}).`
    }
  }

  async function read(): Promise<Value | null> {
    const { found, bytes } = await look(path)
    switch (found.type) {
      case 'good':
        good = bytes
        held = found.value
        isNewer = found.isNewer
        if (isNewer) tell(`${name} were written by a newer Parley and can’t be changed here.`)
        return found.value
      case 'partly': {
        const kept = await setAside(bytes ?? new Uint8Array())
        tell(`${name}: ${found.found.refused.join('; ')}. ${kept}`)
        return found.found.value
      }
      case 'missing':
        // Whoever deletes a file that is meant to be edited wants the beginning back.
        return shape.isEdited ? null : readBefore(null)
      case 'unreadable':
        isUnreadable = true
        return readBefore(`${name} can’t be read (${found.fault}).`)
      case 'damaged':
        return readBefore(`${name} were damaged on disk. ${await setAside(bytes ?? new Uint8Array())}`)
    }
  }

  async function readBefore(why: string | null): Promise<Value | null> {
    const { found, bytes } = await look(before)
    if (found.type !== 'good') {
      if (why !== null) tell(`${why} They begin anew.`)
      return null
    }
    good = bytes
    held = found.value
    tell(`${why ?? `The file ${basename(path)} was missing.`} What was kept one change before is used.`)
    return found.value
  }

  /** What the person wrote into the file meanwhile is not lost, and counts. */
  async function takeEdits(): Promise<void> {
    if (!shape.isEdited) return
    const { found, bytes } = await look(path)
    if (bytes === null || (good !== null && Buffer.from(bytes).equals(good))) return
    if (found.type === 'good') {
      good = bytes
      held = found.value
      document.set(found.value)
    } else if (good !== null) {
      good = null
      opts.tell?.(`${name} were edited into something that can’t be used. ${await setAside(bytes)}`)
    }
  }

  async function write(value: Value): Promise<void> {
    const bytes = Buffer.from(encodeKept(shape, value))
    const back = decodeKept(shape, bytes)
    // What could not be read back must not take the place of something that can.
    if (back.type !== 'good') throw new StoreError('invalid', `${name} would not come back as they are.`)
    await files.makeFolder(dirname(path))
    if (isUnreadable) await files.rename(path, `${path}.unreadable`)
    isUnreadable = false
    // Written anew, not copied: what the reading left out (a key that somebody put there) is in no generation.
    if (good !== null && !opts.isSecret) await replaceFile(files, random, before, Buffer.from(encodeKept(shape, held)))
    await replaceFile(files, random, path, bytes)
    if (opts.isSecret) await replaceFile(files, random, before, bytes)
    good = bytes
    held = value
  }

  async function change(make: (before: Value) => Value): Promise<Value> {
    if (isNewer) throw new StoreError('newer', `${name} were written by a newer Parley and can’t be changed here.`)
    await takeEdits()
    const was = document.value()
    const next = make(was)
    if (next === was) return was
    document.set(next)
    try {
      await document.save()
    } catch (error) {
      document.set(was)
      if (error instanceof StoreError) throw error
      throw new StoreError('refused', `${name} could not be saved (${faultOf(error)}).`, error)
    }
    return next
  }

  const document = await openDocument<Value>({ read, write }, opts.first)
  // What is used from now on stands in its place at once, or the same damage would be found at every start. But a slip in a file
  // that is meant to be edited is the person's to mend.
  const isWrittenAnew = opts.isMending ? isAside || isUnreadable : isAside && shape.isEdited !== true
  if (isWrittenAnew) await document.save().catch(() => undefined)
  return {
    value: () => document.value(),
    change(make) {
      const changed = last.then(() => change(make))
      last = changed.catch(() => undefined)
      return changed
    },
    trouble,
    async settled() {
      await last
    },
  }
}
