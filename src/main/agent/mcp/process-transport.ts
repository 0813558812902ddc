// The protocol over the pipes of a program: started without a shell in a session of its own, and ended with all that it started
// (launchers such as npx start the server as a child of their own), also when Parley itself is killed. What is said over
// the pipes is connection.ts.
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import spawn from 'cross-spawn'
import { serverLimits } from '../../../core/agent/limits.ts'
import type { Clock, Undo } from '../../ports.ts'
import { createEnclosure } from '../enclosure.ts'
import { repairedMessage } from './message.ts'
import { createPrinted } from './printed.ts'
import { watchForOurEnd } from './warden.ts'

export interface ProcessTransport extends Transport {
  pid(): number | null
  /** The last lines of what it printed besides the protocol, fit to be shown. */
  printed(): string[]
  /** `exit code 1`, once it has ended. */
  ended(): string | null
  /** At once, with all that it started. */
  kill(): Promise<void>
}

export interface ProcessTransportOpts {
  command: string
  args: readonly string[]
  env: Record<string, string>
  /** What it was given and may print. */
  secrets: readonly string[]
  clock: Pick<Clock, 'after'>
  onPrinted: () => void
}

export function createProcessTransport(opts: ProcessTransportOpts): ProcessTransport {
  const enclosure = createEnclosure()
  const printed = createPrinted(opts.secrets)
  let child: ChildProcessWithoutNullStreams | null = null
  let dismissWarden: Undo = () => undefined
  let how: string | null = null
  let closed: Promise<void> = Promise.resolve()
  let ending: Promise<void> | null = null

  const transport: ProcessTransport = {
    pid: () => child?.pid ?? null,
    printed: () => printed.lines(),
    ended: () => how,
    start: () =>
      new Promise((resolve, reject) => {
        const started = spawn(opts.command, [...opts.args], {
          env: { ...opts.env, ...enclosure.env },
          stdio: ['pipe', 'pipe', 'pipe'],
          // A session of its own: no terminal, and a group that ends with it.
          detached: process.platform !== 'win32',
          windowsHide: true,
        }) as ChildProcessWithoutNullStreams
        child = started
        if (started.pid !== undefined) {
          enclosure.enter(started.pid)
          dismissWarden = watchForOurEnd(started.pid, enclosure.env)
        }
        closed = new Promise((done) => started.once('close', () => done()))
        started.once('spawn', () => resolve())
        started.once('error', reject)
        started.once('exit', (code, signal) => (how = code === null ? (signal ?? 'a signal') : `exit code ${code}`))
        started.once('close', () => {
          void kill()
          transport.onclose?.()
        })
        for (const pipe of [started.stdin, started.stdout, started.stderr])
          pipe.on('error', (error) => transport.onerror?.(error))
        started.stderr.on('data', (chunk: Buffer) => {
          printed.add(chunk)
          opts.onPrinted()
        })
        readLines(started, transport)
      }),
    send: (message) =>
      new Promise((resolve, reject) => {
        if (!child?.stdin.writable) return reject(new Error('It takes nothing more.'))
        if (child.stdin.write(`${JSON.stringify(message)}\n`)) resolve()
        else child.stdin.once('drain', resolve)
      }),
    async close() {
      if (child === null) return
      child.stdin.end()
      let undo: Undo = () => undefined
      const late = new Promise<void>((done) => (undo = opts.clock.after(serverLimits.endMs, done)))
      await Promise.race([closed, late])
      undo()
      await kill()
    },
    kill,
  }

  function kill(): Promise<void> {
    ending ??= enclosure.end().then(() => {
      dismissWarden()
      // Who has escaped all the same must not keep us through its pipes.
      child?.stdout.destroy()
      child?.stderr.destroy()
    })
    return ending
  }

  return transport
}

/** One message a line. What is none, such as a greeting, is told as an error and changes nothing. */
function readLines(child: ChildProcessWithoutNullStreams, transport: ProcessTransport): void {
  let parts: Buffer[] = []
  let bytes = 0
  child.stdout.on('data', (chunk: Buffer) => {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8')
      from = end + 1
      parts = []
      bytes = 0
      const message = repairedMessage(line)
      if (message === null) transport.onerror?.(new Error('A line is no message.'))
      else transport.onmessage?.(message as JSONRPCMessage)
    }
    bytes += chunk.length - from
    if (bytes > 0) parts.push(chunk.subarray(from))
    if (bytes <= serverLimits.messageBytes) return
    child.stdout.pause()
    parts = []
    transport.onerror?.(new Error('The server sent too much.'))
    void transport.kill()
  })
}
