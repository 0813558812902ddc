// A conversation of many turns, and a process that keeps one and is killed as soon as it is all acknowledged: what a kill leaves.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Change } from '../../src/core/conversation/change.ts'
import { systemClock } from '../../src/main/clock.ts'
import { openConversations, type ConversationStore } from '../../src/main/store/conversations.ts'
import { diskFiles, type Files } from '../../src/main/store/files.ts'

const words = 'About as many words as one says in a sentence to a companion.'

/** A turn and its words. */
export const turn = (at: number): Change[] => [
  { type: 'turn-started', turn: `t${at}`, role: 'user', via: 'voice', after: at === 0 ? null : `t${at - 1}` },
  { type: 'words-heard', turn: `t${at}`, text: words },
]

export const open = (folder: string, files: Files = diskFiles): Promise<ConversationStore> =>
  openConversations({ folder, clock: systemClock, random: Math.random, files })

async function fill(folder: string, turns: number): Promise<void> {
  const record = await (await open(folder)).open('one')
  for (let at = 0; at < turns; at += 250)
    await record.append(Array.from({ length: Math.min(250, turns - at) }, (_, index) => turn(at + index)).flat())
}

/** Resolves when the conversation `one` of so many turns is in the folder, and whoever kept it has been killed. */
export async function fillAndKill(folder: string, turns: number): Promise<void> {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), folder, String(turns)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  child.stdout.once('data', () => child.kill('SIGKILL'))
  const [code] = (await gone) as [number | null]
  if (code !== null) throw new Error(`the writer ended by itself (${code})`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = '', turns] = process.argv
  await fill(folder, Number(turns))
  console.log('filled')
  setInterval(() => undefined, 1_000)
}
