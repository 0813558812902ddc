// The files of one conversation: their names, reading them all, setting damaged ones aside, removing outdated ones.
// What they mean together is core/store/recover.ts's business.
import { join } from 'node:path'
import { recover, type Damage, type FileName, type Recovery } from '../../core/store/recover.ts'
import { createBreath } from './breath.ts'
import type { Random } from '../ports.ts'
import type { Files } from './files.ts'
import { isTemporary, replaceFile } from './replace-file.ts'

const endings = {
  snapshot: '.snapshot.json',
  journal: '.journal',
  segment: '.segment.json',
  copy: '.segment.copy.json',
} as const
const kinds = new Map(Object.entries(endings).map(([kind, ending]) => [ending as string, kind as FileName['kind']]))
const namePattern = /^(\d{8,15})((?:\.[a-z]+)+)$/

export function fileName(kind: FileName['kind'], number: number): string {
  return `${String(number).padStart(8, '0')}${endings[kind]}`
}

/** @returns oldest first; names that are no conversation's are left out. */
export function parseFileNames(names: readonly string[]): FileName[] {
  return names
    .flatMap((name): FileName[] => {
      const match = namePattern.exec(name)
      const kind = kinds.get(match?.[2] ?? '')
      return match === null || kind === undefined ? [] : [{ kind, number: Number(match[1]) }]
    })
    .sort((one, other) => one.number - other.number)
}

export interface ConversationFiles {
  recovery: Recovery
  /** The number of the next new file is higher. */
  highest: number
  /** Nothing is there at all. */
  empty: boolean
}

/** Changes nothing on disk, and leaves others their turn. @param id of the conversation that lies there */
export async function readConversation(files: Files, folder: string, id: string): Promise<ConversationFiles> {
  const names = parseFileNames((await files.list(folder)).files)
  const recovery = await recover(
    {
      names,
      // One that the disk does not give is damage like any other: the rest may be enough.
      read: ({ kind, number }) => files.read(join(folder, fileName(kind, number))).catch(() => null),
      breathe: createBreath(),
    },
    id,
  )
  return { recovery, highest: names.at(-1)?.number ?? 0, empty: names.length === 0 }
}

/** Copies a damaged file as it is into a folder that nothing reads. @returns the copy's path, null when the disk does not give it */
export async function setAside(
  files: Files,
  random: Random,
  folder: string,
  { file, bytes }: Damage,
): Promise<string | null> {
  if (bytes === null) return null
  const broken = join(folder, 'broken')
  await files.makeFolder(broken)
  const copy = join(broken, fileName(file.kind, file.number))
  await replaceFile(files, random, copy, bytes)
  return copy
}

/**
 * Removes what the two newest good snapshots and the journals behind the older of them make superfluous.
 * @param keep numbers of the newest good snapshot and of the one before, with the segments that either names; journals after
 *   the older one are its continuation
 */
export async function prune(
  files: Files,
  folder: string,
  keep: { newest: number; before: number | null; segments: ReadonlySet<number> },
): Promise<void> {
  for (const { kind, number } of parseFileNames((await files.list(folder)).files)) {
    const outdated = {
      snapshot: number !== keep.newest && number !== keep.before,
      journal: number < (keep.before ?? 0),
      segment: !keep.segments.has(number),
      copy: !keep.segments.has(number),
    }[kind]
    if (outdated) await files.remove(join(folder, fileName(kind, number)))
  }
}

export async function removeTemporaries(files: Files, folder: string): Promise<void> {
  for (const name of (await files.list(folder)).files) if (isTemporary(name)) await files.remove(join(folder, name))
}
