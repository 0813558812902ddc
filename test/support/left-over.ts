// What a process holds of the system: open file descriptors and living children, to be compared before and after a test.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { isAlive } from './alive.ts'

export interface Held {
  /** What each open file descriptor leads to, without the numbers that differ each time; sorted. */
  descriptors: string[]
  /** Pids. */
  children: number[]
}

export function heldNow(): Held {
  const descriptors = readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`).replace(/\[\d+\]/, '')]
    } catch {
      // The folder's own, which is closed again.
      return []
    }
  })
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return { descriptors: descriptors.sort(), children: children.filter(isAlive) }
}
