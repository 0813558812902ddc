// What a person is told of a conversation that the disk did not give back whole, and how a missing end is found out.
import { dirname } from 'node:path'
import type { Conversation } from '../../core/conversation/reduce.ts'
import { parseFileNames } from './conversation-files.ts'
import type { Files } from './files.ts'

/** Something a person should be told about what lies on their disk. */
export interface StoreNotice {
  /** Null for what concerns all of them. */
  conversation: string | null
  kind: 'damaged' | 'newer' | 'refused'
  /** One or two plain sentences. */
  message: string
  /** Where damaged files were copied to. */
  copies: string[]
}

/** @param missing entries that are known to be missing @param copies where damaged files were copied to */
export function damageNotice(id: string, title: string, missing: number, copies: readonly string[]): StoreNotice {
  const name = title || 'without a name'
  const message = `A file of the conversation “${name}” was damaged on disk. ${lossOf(missing)}${keptAt(copies)}`
  return { conversation: id, kind: 'damaged', message, copies: [...copies] }
}

function lossOf(missing: number): string {
  if (missing === 0) return 'What was readable is here.'
  return `${missing === 1 ? 'One entry is' : `${missing} entries are`} missing, everything else is here.`
}

function keptAt(copies: readonly string[]): string {
  const [first] = copies
  return first === undefined ? '' : ` What was damaged is kept in ${dirname(first)}.`
}

/**
 * An end that is missing looks like one that never was; but the index knows how the conversation was closed.
 * @param last as it was closed last: the number of its newest file then, and its turns
 * @returns turns that are missing; 0 where nothing can be said
 */
export async function missingAtEnd(opts: {
  files: Files
  folder: string
  conversation: Conversation
  last: { newest: number; turns: number } | null
}): Promise<number> {
  const { files, folder, conversation, last } = opts
  if (last === null || last.turns <= conversation.turns.length) return 0
  const { files: names } = await files.list(folder).catch(() => ({ files: [] }))
  // What was written since then was not counted.
  if ((parseFileNames(names).at(-1)?.number ?? 0) > last.newest) return 0
  return last.turns - conversation.turns.length
}
