// What a file held before a tool wrote it, kept in Parley's own folder so that the writing can be undone. The newest ten of
// each file are kept.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Clock, Random } from '../ports.ts'
import { diskFiles } from '../store/files.ts'
import { replaceFile } from '../store/replace-file.ts'
import { createTurns } from '../store/turns.ts'

export interface Versions {
  /**
   * Resolves when the version is durable.
   * @param bytes null for a file that was not there
   * @param mode its rights
   */
  keep(path: string, bytes: Uint8Array | null, mode: number | null): Promise<void>
  /** The newest version, taken out of the keeping; null when there is none. */
  newest(path: string): Promise<Version | null>
}

export interface Version {
  /** Names this version among all. */
  id: string
  /** The file's rights; null when they were not kept. */
  mode: number | null
  bytes: Uint8Array | null
  keptMs: number
  /** Once it is back in its place. */
  forget(): Promise<void>
}

const keptOfEach = 10

export function createVersions(opts: { folder: string; clock: Clock; random: Random }): Versions {
  const { folder, clock, random } = opts
  const turns = createTurns()

  /** Oldest first, by their number; the moment, which a clock can set back, is only told. */
  async function of(path: string): Promise<string[]> {
    const { files } = await diskFiles.list(folder)
    return files
      .filter((name) => name.startsWith(`${keyOf(path)}-`) && /\.(was|none)$/.test(name))
      .sort((one, other) => orderOf(one) - orderOf(other) || (one < other ? -1 : 1))
  }

  return {
    keep: (path, bytes, mode) =>
      turns.inTurn(path, async () => {
        await diskFiles.makeFolder(folder)
        const before = await of(path)
        const order = Math.max(firstOrder - 1, ...before.map(orderOf)) + 1
        const moment = String(clock.nowMs()).padStart(15, '0')
        const name = `${keyOf(path)}-${moment}-${String(order).padStart(6, '0')}${mode === null ? '' : `-${mode.toString(8)}`}.${bytes === null ? 'none' : 'was'}`
        await replaceFile(diskFiles, random, join(folder, name), bytes ?? new Uint8Array())
        for (const old of [...before, name].slice(0, -keptOfEach)) await diskFiles.remove(join(folder, old))
      }),
    async newest(path) {
      const name = (await of(path)).at(-1)
      if (name === undefined) return null
      const file = join(folder, name)
      const mode = /-\d{6,}-([0-7]{1,4})\.was$/.exec(name)?.[1]
      return {
        id: name,
        mode: mode === undefined ? null : Number.parseInt(mode, 8),
        bytes: name.endsWith('.none') ? null : await diskFiles.read(file),
        keptMs: Number(name.split('-')[1]),
        forget: () => diskFiles.remove(file),
      }
    },
  }
}

/** An earlier version counted anew with each start, from nothing: what it kept is older than all that is kept now. */
const firstOrder = 500_000

function orderOf(name: string): number {
  const order = Number(/-\d{15}-(\d{6,})/.exec(name)?.[1])
  if (order >= firstOrder) return order
  // Among themselves they are in the order of their moments.
  return Number(name.split('-')[1]) / 1e16 + (Number.isNaN(order) ? 0 : order) / 1e22
}

function keyOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32)
}
