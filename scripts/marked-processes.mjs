// Starts commands whose processes can all be found again and ended, whatever they started and left behind: desktop apps, sound
// servers and screens leave the process group, but not the environment that they were born with.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

const name = 'PARLEY_TEST_RUN'

/** @param {string} cwd @param {(line: string) => void} print of all that the commands print, line by line */
export function createMarkedProcesses(cwd, print) {
  const mark = randomUUID()
  // A run inside of another one is a part of that one too.
  const marks = [process.env[name], mark].join(' ').trim()
  /** @type {Set<number>} */
  const groups = new Set()
  let isEnded = false

  /** @param {string} command @param {string[]} args @param {Record<string, string>} [env] @returns {Promise<number>} the exit code */
  function execute(command, args, env = {}) {
    // What would come next must not outlive the end.
    if (isEnded) return Promise.resolve(1)
    return new Promise((resolve) => {
      const child = spawn(command, args, {
        cwd,
        env: { ...process.env, ...env, [name]: marks },
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own. On Windows it would be a window of its own.
        detached: process.platform !== 'win32',
        // There npm is a script of the shell's.
        shell: process.platform === 'win32' && command === 'npm',
      })
      if (child.pid !== undefined) groups.add(child.pid)
      let isOver = false
      for (const stream of [child.stdout, child.stderr]) printLines(stream, (line) => isOver || print(line))
      const end = () => {
        isOver = true
        if (child.pid !== undefined) groups.delete(child.pid)
        resolve(child.exitCode ?? 1)
      }
      child.once('error', (error) => {
        print(error.message)
        resolve(127)
      })
      child.once('close', end)
      // Something that it left behind may hold its output open for ever.
      child.once('exit', () => setTimeout(end, 2_000).unref())
    })
  }

  async function killAll() {
    isEnded = true
    for (const group of groups) kill(-group)
    // Whoever is born meanwhile is found the next time.
    for (let round = 0; round < 100 && marked(mark).length > 0; round++) {
      marked(mark).forEach(kill)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  return { execute, killAll }
}

/** @param {string} mark @returns {number[]} */
function marked(mark) {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark) ? [pid] : []
    } catch {
      return []
    }
  })
}

/** @param {number} pid */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

/** @param {import('node:stream').Readable} stream @param {(line: string) => void} print */
function printLines(stream, print) {
  let begun = ''
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    const lines = `${begun}${text}`.split('\n')
    begun = lines.pop() ?? ''
    for (const line of lines) print(line)
  })
  stream.on('end', () => begun !== '' && print(begun))
}
