// What a process and all that it started cost, as Linux's /proc says.
import { readdirSync, readFileSync } from 'node:fs'

export interface TreeProcess {
  pid: number
  /** As a person would call it: its role, or its program. */
  name: string
  /** Processor time since it began, user and system, in ms. */
  cpuMs: number
  /** How often its threads went to sleep since it began, which is how often they were woken. */
  wakeups: number
  /** Its own memory and its share of what it has in common with others, bytes. */
  pssBytes: number
}

/** Linux counts processor time in hundredths of a second on every usual system. */
const msPerTick = 10

interface Stat {
  pid: number
  parent: number
  cpuMs: number
}

export function readTree(root: number): TreeProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readStat(Number(pid)))
    .filter((stat) => stat !== null)
  const inTree = new Set([root])
  for (let grown = true; grown;) {
    const children = all.filter(({ pid, parent }) => inTree.has(parent) && !inTree.has(pid))
    for (const { pid } of children) inTree.add(pid)
    grown = children.length > 0
  }
  return all
    .filter(({ pid }) => inTree.has(pid))
    .map(({ pid, cpuMs }) => ({
      pid,
      cpuMs,
      name: nameOf(pid, root),
      wakeups: readWakeups(pid),
      pssBytes: readPss(pid),
    }))
}

function readStat(pid: number): Stat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(fields[1]), cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick }
  } catch {
    // It ended meanwhile.
    return null
  }
}

function readWakeups(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map((task) => readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8'))
      .reduce((sum, status) => sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0), 0)
  } catch {
    return 0
  }
}

function readPss(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function nameOf(pid: number, root: number): string {
  if (pid === root) return 'main'
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
    const kind = /--type=([\w-]+)/.exec(command)?.[1] ?? 'other'
    return /--utility-sub-type=([\w.]+)/.exec(command)?.[1] ?? kind
  } catch {
    return 'gone'
  }
}
