// Turns other programs' sound down while somebody speaks, and up again whatever happens: what was done is on disk before it is done,
// so that a process that was killed leaves it to the next one. Asks the sound server by its own tool; where that is missing nothing
// happens. When somebody speaks is its caller's to say.
import { join } from 'node:path'
import {
  lowered,
  readLowered,
  readStreams,
  stillLowered,
  type Lowered,
  type OtherStream,
} from '../../core/audio/other-sound.ts'
import type { Clock, Random, Undo } from '../ports.ts'
import { diskFiles } from '../store/files.ts'
import { replaceFile } from '../store/replace-file.ts'
import { askSystemTool } from '../system-tool.ts'

export interface Quieter {
  /** Somebody speaks, or nobody does any more: then it is turned up after a moment. */
  follow(isSpeaking: boolean): void
  /** Resolves when all is as before. */
  stop(): Promise<void>
}

/** Longer than the pause between a question and its answer. */
const upAfterMs = 1_500
const answersWithinMs = 2_000

export const fileName = 'lowered-sound.json'

/** The sound server's tool. @returns what it printed */
export const pactl = (...args: string[]): Promise<string> => askSystemTool('pactl', args, answersWithinMs)

/** What a process before this one has left turned down is turned up at once. @param isOwn whether a process is one of ours */
export function createQuieter(opts: {
  folder: string
  clock: Clock
  random: Random
  isOwn: (processId: number) => boolean
  ask?: typeof pactl
}): Quieter {
  const { clock, ask = pactl } = opts
  const path = join(opts.folder, fileName)
  let kept: readonly Lowered[] | null = null
  let isSpeaking = false
  let undoUp: Undo | null = null
  let last = turnUp()

  const streams = async (): Promise<OtherStream[]> =>
    readStreams(await ask('-f', 'json', 'list', 'sink-inputs'), opts.isOwn)

  async function set(index: number, volumes: readonly number[]): Promise<void> {
    // One that has ended meanwhile is nobody's loss.
    await ask('set-sink-input-volume', String(index), ...volumes.map(String)).catch(() => undefined)
  }

  async function turnDown(): Promise<void> {
    if (kept !== null || !isSpeaking) return
    const wanted = lowered(await streams())
    if (wanted.length === 0) return
    await replaceFile(diskFiles, opts.random, path, Buffer.from(JSON.stringify(wanted)))
    kept = wanted
    await Promise.all(wanted.map(({ index, to }) => set(index, to)))
  }

  async function turnUp(): Promise<void> {
    const before = kept ?? readLowered(Buffer.from((await diskFiles.read(path)) ?? []).toString('utf8'))
    if (before.length === 0) return
    await Promise.all(stillLowered(before, await streams()).map(({ index, volumes }) => set(index, volumes)))
    kept = null
    await diskFiles.remove(path)
  }

  function then(act: () => Promise<void>): void {
    // A sound server that is away takes its streams along.
    last = last.then(act).catch(() => undefined)
  }
  last = last.catch(() => undefined)

  return {
    follow(speaks) {
      if (speaks === isSpeaking) return
      isSpeaking = speaks
      undoUp?.()
      undoUp = null
      if (speaks) then(turnDown)
      else
        undoUp = clock.after(upAfterMs, () => {
          undoUp = null
          then(turnUp)
        })
    },
    async stop() {
      isSpeaking = false
      undoUp?.()
      then(turnUp)
      await last
    },
  }
}
