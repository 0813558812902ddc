// Ends a program, with its group and all that carries its mark, when Parley is gone without having ended it: a shell that waits
// for the end of a pipe whose other end Parley holds. On Windows, which has no such shell, its pipes end and nothing more.
import { spawn } from 'node:child_process'
import type { Undo } from '../../ports.ts'

/** `read` returns when Parley writes, which it never does, or is gone. The marks can be read on Linux alone. */
const script = `read -r _
kill -s KILL -- "-$1" 2>/dev/null
for file in $(grep -lsaF -e "$2" /proc/[0-9]*/environ 2>/dev/null); do
  pid=\${file#/proc/}
  kill -s KILL "\${pid%/environ}" 2>/dev/null
done`

/** @param mark the variable that all that the program started carries. @returns what dismisses it once the program has ended */
export function watchForOurEnd(pid: number, mark: Record<string, string>): Undo {
  if (process.platform === 'win32') return () => undefined
  const marked = Object.entries(mark).map(([name, value]) => `${name}=${value}`)
  const child = spawn('/bin/sh', ['-c', script, 'parley-warden', String(pid), ...marked], {
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not in our group, which a terminal ends as a whole.
    detached: true,
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  return () => void child.kill('SIGKILL')
}
