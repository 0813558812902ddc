// A session bus of a test's own, and a stand-in for the desktop's portal on it. Both are real processes.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { within } from './within.ts'

const standIn = fileURLToPath(new URL('./portal-stand-in.py', import.meta.url))

export interface SessionBus {
  address: string
  stop(): Promise<void>
}

/** What the stand-in was asked. */
export type PortalTold =
  { ready: true } | { registered: string } | { bind: [name: string, details: Record<string, string>][] }

export interface HandOpts {
  /** When the hand did it, by the desktop's clock; by itself now. */
  atMs?: number
  /** Another process says so. */
  stranger?: boolean
  session?: string
  name?: string
}

export interface StandInPortal {
  readonly told: readonly PortalTold[]
  /** Presses or lets go the bound shortcut, or ends the session. */
  hand(what: 'down' | 'up' | 'close', how?: HandOpts): void
  /** Leaves the bus, as a portal that crashed. */
  leave(): Promise<void>
}

export async function openSessionBus(): Promise<SessionBus> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const said = once(createInterface(daemon.stdout), 'line') as Promise<[string]>
  const [address] = await within('the session bus to say where it is', said)
  return { address, stop: () => endOf(daemon) }
}

/** @param behaviour `none`: a desktop without global shortcuts */
export async function openPortal(busAddress: string, behaviour: 'agree' | 'refuse' | 'none'): Promise<StandInPortal> {
  // Debian's own Python: its bindings for D-Bus are built for that one.
  const child = spawn('/usr/bin/python3', [standIn, behaviour], {
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: busAddress },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const told: PortalTold[] = []
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => told.push(JSON.parse(line) as PortalTold))
  await within('the stand-in for the portal', once(lines, 'line'))
  const say = (order: object): void => void child.stdin.write(`${JSON.stringify(order)}\n`)
  return {
    told,
    hand: (what, how = {}) => say({ do: what, ...how }),
    leave: () => endOf(child),
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
