// Timers and reminders: kept on disk, due by the wall clock, offered until somebody hears them, told once. One that came due
// while Parley was away is told late rather than never.
import { join } from 'node:path'
import { z } from 'zod'
import type { KeptShape } from '../../core/store/kept.ts'
import type { Clock, Random, Undo } from '../ports.ts'
import { diskFiles, type Files } from '../store/files.ts'
import { openKeptFile } from '../store/kept-file.ts'

const alarmSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** Wall clock, milliseconds. */
  dueMs: z.number(),
})

export type Alarm = z.infer<typeof alarmSchema>

export interface Alarms {
  /** Soonest first. */
  list(): readonly Alarm[]
  /** Rejects with the system's error when it can't be kept. */
  add(alarm: Omit<Alarm, 'id'>): Promise<Alarm>
  /** False when there is none of this id. */
  cancel(id: string): Promise<boolean>
  /** Somebody hears now: what is due already is offered at once. */
  offer(): void
  /** Resolves when what was changed is on disk. */
  close(): Promise<void>
}

export interface AlarmsOpts {
  clock: Clock
  random: Random
  newId: (prefix: string) => string
  folder: string
  /** Offers one that is due; false while nobody hears it: then it stays and is offered again. */
  onDue: (alarm: Alarm & { lateMs: number }) => boolean
  /** Hears what is wrong with the file, one sentence each. */
  tell?: (message: string) => void
  files?: Files
}

/** The wall clock jumps and the computer sleeps: no wait is longer before the clock is looked at again. */
const longestWaitMs = 30_000
/** Between two offers of one that nobody heard. */
const offerAgainMs = 2_000

export const alarmsShape: KeptShape<readonly Alarm[]> = {
  version: 2,
  read(stored) {
    if (!Array.isArray(stored)) return null
    const good = stored.flatMap((one) => alarmSchema.safeParse(one).data ?? [])
    const lost = stored.length - good.length
    return { value: inOrder(good), refused: lost > 0 ? [`${lost} of ${stored.length} can’t be read`] : [] }
  },
  write: (alarms) => alarms,
}

/** Never throws: without its file it begins with none and says so. */
export async function openAlarms(opts: AlarmsOpts): Promise<Alarms> {
  const { clock, files = diskFiles } = opts
  const file = await openKeptFile<readonly Alarm[]>({
    files,
    random: opts.random,
    path: join(opts.folder, 'alarms.json'),
    name: 'The reminders',
    shape: alarmsShape,
    first: [],
    ...(opts.tell ? { tell: opts.tell } : {}),
  })
  /** Told, and perhaps not yet out of the file. */
  const told = new Set<string>()
  let undo: Undo = () => undefined

  const list = (): readonly Alarm[] => file.value().filter(({ id }) => !told.has(id))

  async function change(make: (before: readonly Alarm[]) => readonly Alarm[]): Promise<void> {
    await file.change((before) => inOrder(make(before).filter(({ id }) => !told.has(id))))
    wait(0)
  }

  function wait(leastMs: number): void {
    undo()
    const [next] = list()
    if (!next) return
    const inMs = Math.max(leastMs, next.dueMs - clock.nowMs())
    undo = clock.after(Math.min(longestWaitMs, inMs), look)
  }

  function look(): void {
    const nowMs = clock.nowMs()
    const heard = list().filter(
      (alarm) => alarm.dueMs <= nowMs && opts.onDue({ ...alarm, lateMs: nowMs - alarm.dueMs }),
    )
    for (const { id } of heard) told.add(id)
    // Should the disk refuse, it is told again after the next start, which is better than never.
    if (heard.length > 0) change((alarms) => alarms).catch(() => undefined)
    wait(offerAgainMs)
  }

  wait(0)
  return {
    list,
    async add(given) {
      const alarm = { ...given, id: opts.newId('alarm') }
      await change((alarms) => [...alarms, alarm])
      return alarm
    },
    async cancel(id) {
      if (!list().some((alarm) => alarm.id === id)) return false
      await change((alarms) => alarms.filter((alarm) => alarm.id !== id))
      return true
    },
    offer: () => wait(0),
    async close() {
      undo()
      await file.settled()
      undo()
    },
  }
}

function inOrder(alarms: readonly Alarm[]): readonly Alarm[] {
  return alarms.toSorted((one, other) => one.dueMs - other.dueMs)
}
