// What servers were found to do otherwise than the protocol says (core/realtime/dialect.ts), kept over restarts for an address and a
// model. It spares a wait and is no setting: what is a week old, damaged, or contradicted by the server is found out anew.
import { join } from 'node:path'
import { z } from 'zod'
import { mostLeftOut, plainDialect, type Dialect } from '../core/realtime/dialect.ts'
import type { KeptShape } from '../core/store/kept.ts'
import type { DialectStore } from './call/configuring.ts'
import type { Clock, Random } from './ports.ts'
import { diskFiles, type Files } from './store/files.ts'
import { openKeptFile } from './store/kept-file.ts'

export interface Dialects {
  /** @param isKnown a service of which it is known that it does as the protocol says */
  of(place: Place, isKnown: boolean): DialectStore
  /** Resolves when everything is on disk, or the disk has refused it. Never rejects. */
  settled(): Promise<void>
}

interface Place {
  address: string
  model: string
}

const keptDialect = z.object({
  address: z.string().max(2_048),
  model: z.string().max(256),
  /** Wall clock. */
  foundMs: z.number(),
  dialect: z.object({
    leftOut: z
      .array(z.object({ field: z.string().min(1).max(200), value: z.string().max(16) }))
      .max(mostLeftOut)
      .readonly(),
    confirms: z.boolean(),
    answersCommits: z.boolean().nullable(),
    takesVoice: z.boolean(),
    takesPictures: z.boolean(),
  }),
})
type KeptDialect = z.infer<typeof keptDialect>

export const dialectsShape: KeptShape<readonly KeptDialect[]> = {
  version: 1,
  read(stored) {
    const list = z.array(z.unknown()).safeParse(stored).data
    if (list === undefined) return null
    // One that can't be read is found out anew, which nobody needs to be told.
    return { value: list.flatMap((one) => keptDialect.safeParse(one).data ?? []), refused: [] }
  },
  write: (kept) => kept,
}

/** A server may be another one by then. */
const holdsForMs = 7 * 24 * 3_600_000
const mostKept = 16

/** Never throws: without its file it begins with nothing. */
export async function openDialects(opts: {
  folder: string
  clock: Pick<Clock, 'nowMs'>
  random: Random
  files?: Files
}): Promise<Dialects> {
  const { clock, random, files = diskFiles } = opts
  const path = join(opts.folder, 'dialects.json')
  const name = 'What was found of servers'
  const file = await openKeptFile({ files, random, path, name, shape: dialectsShape, first: [] })

  const holds = ({ foundMs }: KeptDialect): boolean => Math.abs(clock.nowMs() - foundMs) < holdsForMs

  return {
    of({ address, model }, isKnown) {
      const isHere = (one: KeptDialect): boolean => one.address === address && one.model === model
      const plain = plainDialect(isKnown)
      let dialect: Dialect = { ...plain, ...file.value().find((one) => isHere(one) && holds(one))?.dialect }
      if (isKnown) dialect = { ...dialect, answersCommits: plain.answersCommits }
      const keep = (kept: readonly KeptDialect[]): readonly KeptDialect[] => {
        const others = kept.filter((one) => !isHere(one) && holds(one))
        const isPlain = JSON.stringify(dialect) === JSON.stringify(plain)
        const found = { ...dialect, leftOut: [...dialect.leftOut] }
        return isPlain
          ? others
          : [...others, { address, model, foundMs: clock.nowMs(), dialect: found }].slice(-mostKept)
      }
      return {
        get: () => dialect,
        learn(found) {
          dialect = { ...dialect, ...found }
          // It holds for this conversation in any case.
          file.change(keep).catch(() => undefined)
        },
      }
    },
    settled: () => file.settled(),
  }
}
