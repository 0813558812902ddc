// The files of one conversation: their names, reading them all, setting damaged ones aside, removing outdated ones.
// What they mean together is core/store/recover.ts's business.
import { join } from 'node:path'
import { recover, type Damage, type Recovery, type StoredFile } from '../../core/store/recover.ts'
import type { Random } from '../ports.ts'
import type { Files } from './files.ts'
import { isTemporary, replaceFile } from './replace-file.ts'

const endings = { snapshot: '.snapshot.json', journal: '.journal' } as const
const namePattern = /^(\d{8,15})(\.snapshot\.json|\.journal)$/

export function fileName(kind: StoredFile['kind'], number: number): string {
  return `${String(number).padStart(8, '0')}${endings[kind]}`
}

export interface FileName {
  kind: StoredFile['kind']
  number: number
}

/** @returns oldest first; names that are no conversation's are left out. */
export function parseFileNames(names: readonly string[]): FileName[] {
  return names
    .map((name) => namePattern.exec(name))
    .filter((match) => match !== null)
    .map((match): FileName => ({ kind: match[2] === '.journal' ? 'journal' : 'snapshot', number: Number(match[1]) }))
    .sort((one, other) => one.number - other.number)
}

export interface ConversationFiles {
  recovery: Recovery
  /** The number of the next new file is higher. */
  highest: number
  /** Nothing is there at all. */
  empty: boolean
}

/** Changes nothing on disk. */
export async function readConversation(files: Files, folder: string): Promise<ConversationFiles> {
  const names = parseFileNames((await files.list(folder)).files)
  const stored: StoredFile[] = []
  for (const name of names) {
    const bytes = await files.read(join(folder, fileName(name.kind, name.number)))
    if (bytes !== null) stored.push({ ...name, bytes })
  }
  return { recovery: recover(stored), highest: names.at(-1)?.number ?? 0, empty: stored.length === 0 }
}

/** Copies a damaged file as it is into a folder that nothing reads, and returns the copy's path. */
export async function setAside(files: Files, random: Random, folder: string, { file }: Damage): Promise<string> {
  const broken = join(folder, 'broken')
  await files.makeFolder(broken)
  const copy = join(broken, fileName(file.kind, file.number))
  await replaceFile(files, random, copy, file.bytes)
  return copy
}

/**
 * Removes what the two newest good snapshots and the journals behind the older of them make superfluous.
 * @param keep numbers of the newest good snapshot and of the one before; journals after that one are its continuation.
 */
export async function prune(
  files: Files,
  folder: string,
  keep: { newest: number; before: number | null },
): Promise<void> {
  for (const { kind, number } of parseFileNames((await files.list(folder)).files)) {
    const outdated =
      kind === 'snapshot' ? number !== keep.newest && number !== keep.before : number < (keep.before ?? 0)
    if (outdated) await files.remove(join(folder, fileName(kind, number)))
  }
}

export async function removeTemporaries(files: Files, folder: string): Promise<void> {
  for (const name of (await files.list(folder)).files) if (isTemporary(name)) await files.remove(join(folder, name))
}
