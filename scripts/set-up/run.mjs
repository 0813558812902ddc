// Runs one long command and lets the person see that it lives: a spinner on a terminal, plain lines elsewhere. The
// command's own output is kept and shown only when it fails. Everything goes to stderr, since stdout is the command's
// that waits for set-up.
import { spawn } from 'node:child_process'

const spinnerMs = 100
const lineMs = 15_000
/** Enough for the whole of a compiler's complaint, not for an endless log. */
const keptBytes = 200_000

/** What a failed command leaves: `output` is the end of what it printed. */
export class CommandFailed extends Error {
  /** @param {string} command @param {string} how it ended @param {string} output */
  constructor(command, how, output) {
    super(`${command} ${how}`)
    this.output = output
  }
}

/** @param {string} doing @param {NodeJS.WriteStream} out @returns {(ending: string | null) => void} ends the display */
function showProgress(doing, out) {
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  if (!out.isTTY) {
    out.write(`${doing} …\n`)
    const timer = setInterval(() => out.write(`… still at it after ${seconds()} s\n`), lineMs)
    return (ending) => {
      clearInterval(timer)
      if (ending !== null) out.write(`${ending} (${seconds()} s)\n`)
    }
  }
  const faces = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
  let turn = 0
  const timer = setInterval(
    () => out.write(`\r\x1b[K${faces[turn++ % faces.length]} ${doing} … ${seconds()} s`),
    spinnerMs,
  )
  return (ending) => {
    clearInterval(timer)
    out.write(ending === null ? '\r\x1b[K' : `\r\x1b[K✓ ${ending} (${seconds()} s)\n`)
  }
}

/**
 * @param {readonly string[]} command with its arguments
 * @param {{ doing: string, done: string, env?: Record<string, string>, out?: NodeJS.WriteStream }} how `doing` and
 *   `done` are what the person reads
 * @returns {Promise<void>}
 * @throws {CommandFailed}
 */
export function run([name = '', ...args], { doing, done, env = {}, out = process.stderr }) {
  return new Promise((resolve, reject) => {
    let output = ''
    // npm is a .cmd file on Windows, which only a shell can start.
    const shell = process.platform === 'win32'
    const child = spawn(name, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], shell })
    const passOn = () => child.kill('SIGTERM')
    process.once('SIGTERM', passOn)
    const endProgress = showProgress(doing, out)
    /** @param {string} piece */
    const keep = (piece) => (output = (output + piece).slice(-keptBytes))
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    let settled = false
    /** Once: a command that can't be started both errs and closes. @param {string | null} how null when it went well */
    const settle = (how) => {
      if (settled) return
      settled = true
      process.off('SIGTERM', passOn)
      endProgress(how === null ? done : null)
      if (how === null) resolve()
      else reject(new CommandFailed([name, ...args].join(' '), how, output))
    }
    child.once('error', (error) => settle(`could not be started (${error.message})`))
    child.once('close', (code, signal) =>
      settle(code === 0 ? null : code === null ? `was ended by ${signal}` : `ended with code ${code}`),
    )
  })
}
