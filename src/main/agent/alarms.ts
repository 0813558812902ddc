// Timers and reminders: kept on disk, due by the wall clock, told once. One that came due while Parley was away is told late
// rather than never.
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock, Random, Undo } from '../ports.ts'
import { diskFiles } from '../store/files.ts'
import { replaceFile } from '../store/replace-file.ts'

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
  /** Resolves when what was changed is on disk. */
  close(): Promise<void>
}

export interface AlarmsOpts {
  clock: Clock
  random: Random
  newId: (prefix: string) => string
  folder: string
  onDue: (alarm: Alarm & { lateMs: number }) => void
}

/** The wall clock jumps and the computer sleeps: no wait is longer before the clock is looked at again. */
const longestWaitMs = 30_000

export async function openAlarms(opts: AlarmsOpts): Promise<Alarms> {
  const { clock } = opts
  const path = join(opts.folder, 'alarms.json')
  let alarms = await readAlarms(path)
  let last: Promise<unknown> = Promise.resolve()
  let undo: Undo = () => undefined

  function change(next: readonly Alarm[]): Promise<void> {
    const before = alarms
    alarms = [...next].sort((one, other) => one.dueMs - other.dueMs)
    const text = JSON.stringify(alarms)
    const saved = last.then(() => save(text))
    last = saved.catch(() => undefined)
    wait()
    return saved.catch((error: unknown) => {
      if (JSON.stringify(alarms) === text) alarms = before
      wait()
      throw error
    })
  }

  async function save(text: string): Promise<void> {
    await diskFiles.makeFolder(opts.folder)
    await replaceFile(diskFiles, opts.random, path, Buffer.from(text))
  }

  function wait(): void {
    undo()
    const [next] = alarms
    if (next) undo = clock.after(Math.min(longestWaitMs, Math.max(0, next.dueMs - clock.nowMs())), look)
  }

  function look(): void {
    const nowMs = clock.nowMs()
    const due = alarms.filter(({ dueMs }) => dueMs <= nowMs)
    for (const alarm of due) opts.onDue({ ...alarm, lateMs: nowMs - alarm.dueMs })
    // Told already: should the disk refuse, it is told again after the next start, which is better than never.
    if (due.length > 0) change(alarms.filter((alarm) => !due.includes(alarm))).catch(() => undefined)
    else wait()
  }

  wait()
  return {
    list: () => alarms,
    async add(given) {
      const alarm = { ...given, id: opts.newId('alarm') }
      await change([...alarms, alarm])
      return alarm
    },
    async cancel(id) {
      if (!alarms.some((alarm) => alarm.id === id)) return false
      await change(alarms.filter((alarm) => alarm.id !== id))
      return true
    },
    async close() {
      undo()
      await last.catch(() => undefined)
    },
  }
}

/** A broken file is set aside: nothing that was meant to be told is overwritten unread. */
async function readAlarms(path: string): Promise<Alarm[]> {
  const bytes = await diskFiles.read(path)
  if (bytes === null) return []
  try {
    return z.array(alarmSchema).parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    await diskFiles.rename(path, `${path}.broken`)
    return []
  }
}
