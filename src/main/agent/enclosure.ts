// Ends all that a program started, also what left its group, its session and its parent: on Linux by a control group where Parley
// may make one, and by a sweep over the processes that carry the run's mark or descend from it. Elsewhere its group is ended.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

export interface Enclosure {
  /** To be added to the program's environment. */
  env: Record<string, string>
  /** Right after the start. */
  enter(pid: number): void
  /** Resolves when nothing is left that can be found; may be called while the program runs. Never rejects. */
  end(): Promise<void>
}

const markName = 'PARLEY_RUN'
/** Each round ends what the one before had just started. */
const mostRounds = 50
const roundMs = 10

/** @param hasGroups whether a control group may be made */
export function createEnclosure(hasGroups = process.platform === 'linux'): Enclosure {
  const mark = randomUUID()
  const group = hasGroups ? makeControlGroup(mark) : null
  let first: number | null = null
  /** In the system's ticks: what is older is not of this run. */
  let sinceTicks = 0

  return {
    env: { [markName]: mark },
    enter(pid) {
      first = pid
      sinceTicks = statusOf(String(pid))[0]?.startedTicks ?? 0
      if (group === null) return
      // What it started before it was moved is moved too.
      for (const one of [pid, ...members(mark, pid, sinceTicks)])
        attempt(() => writeFileSync(join(group, 'cgroup.procs'), String(one)))
    },
    async end() {
      // It never started: there is nothing to end but the group that waited for it.
      if (first === null) return remove(group)
      killGroup(first)
      if (process.platform !== 'linux') return
      for (let round = 0; round < mostRounds; round++) {
        if (group !== null) attempt(() => writeFileSync(join(group, 'cgroup.kill'), '1'))
        const left = [...members(mark, first, sinceTicks), ...(group === null ? [] : inGroup(group))]
        if (left.length === 0) break
        for (const pid of left) attempt(() => process.kill(pid, 'SIGKILL'))
        // Who is ended takes a moment to be gone, and may have started another one just before.
        await setTimeout(roundMs)
      }
      await remove(group)
    },
  }
}

/** A group is busy for a moment after its last process. */
async function remove(group: string | null): Promise<void> {
  for (let round = 0; group !== null && round < mostRounds && existsSync(group); round++) {
    attempt(() => rmdirSync(group))
    if (existsSync(group)) await setTimeout(roundMs)
  }
}

function inGroup(group: string): number[] {
  try {
    return readFileSync(join(group, 'cgroup.procs'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(Number)
  } catch {
    return []
  }
}

/** Null where Parley may not make one: then the sweep alone ends what it finds. */
function makeControlGroup(name: string): string | null {
  try {
    const mounted = /^\S+ \S+ \S+ \/ (\S+) .* - cgroup2 /m.exec(readFileSync('/proc/self/mountinfo', 'utf8'))?.[1]
    const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1]
    if (mounted === undefined || own === undefined) return null
    const folder = join(mounted, own, `parley-${name}`)
    mkdirSync(folder)
    return folder
  } catch {
    return null
  }
}

interface Running {
  pid: number
  parent: number
  group: number
  session: number
  startedTicks: number
}

/** Living processes of the run, but for its first one. */
function members(mark: string, first: number, sinceTicks: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statusOf)
    .filter(({ startedTicks }) => startedTicks >= sinceTicks)
  const found = new Set([first])
  for (const one of all) if (one.group === first || one.session === first || carries(one.pid, mark)) found.add(one.pid)
  // Children of those; and theirs.
  for (let before = 0; before !== found.size;) {
    before = found.size
    for (const { pid, parent, session } of all) if (found.has(parent) || found.has(session)) found.add(pid)
  }
  found.delete(first)
  return [...found].filter((pid) => all.some((one) => one.pid === pid))
}

/** Empty for a process that is gone or has only not been said goodbye to. */
function statusOf(name: string): Running[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ')
    const [state = '', parent, group, session] = fields
    if (state === 'Z' || state === 'X') return []
    const startedTicks = Number(fields[19])
    return [{ pid: Number(name), parent: Number(parent), group: Number(group), session: Number(session), startedTicks }]
  } catch {
    return []
  }
}

function carries(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${markName}=${mark}`)
  } catch {
    // Another user's, or gone.
    return false
  }
}

function killGroup(pid: number): void {
  attempt(() => {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' })
    else process.kill(-pid, 'SIGKILL')
  })
}

function attempt(act: () => void): void {
  try {
    act()
  } catch {
    // It is gone, or not ours to end.
  }
}
