// A desktop session without a screen, for one test file: an X server of its own, a window manager, a session bus, and a tray
// that can be read and clicked. Keys are pressed as a keyboard would.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { within } from './within.ts'

export interface TrayEntry {
  label: string
  enabled: boolean
  checked: boolean
  children: TrayEntry[]
}

export interface WatchedTray {
  /** Every tooltip so far, oldest first. */
  readonly tips: readonly string[]
  /** Resolves when the tooltip is, or has become, this one. */
  shows(tip: string): Promise<void>
  menu(): Promise<TrayEntry>
  activate(): Promise<void>
  choose(label: string): Promise<void>
}

export interface BareDesktop {
  /** For a process on this desktop. */
  env: Record<string, string>
  /** `xdotool` and its arguments. */
  hand(...args: string[]): Promise<string>
  stop(): Promise<void>
}

export interface Desktop extends BareDesktop {
  tray: WatchedTray
}

const run = promisify(execFile)
const watcher = fileURLToPath(new URL('./tray-watcher.py', import.meta.url))

export async function openDesktop(): Promise<Desktop> {
  const { start, ...bare } = await open()
  // Debian's own Python: its bindings for D-Bus are built for that one.
  return {
    ...bare,
    tray: await watchTray(start('/usr/bin/python3', [watcher], { ...process.env, ...bare.env }, 'pipe')),
  }
}

/** As openDesktop gives it, without anybody who keeps or shows icons. */
export async function openDesktopWithoutTray(): Promise<BareDesktop> {
  const { env, hand, stop } = await open()
  return { env, hand, stop }
}

type Start = (command: string, args: string[], env: NodeJS.ProcessEnv, stdio: 'pipe' | 'ignore') => ChildProcess

async function open(): Promise<BareDesktop & { start: Start }> {
  const children: ChildProcess[] = []
  const start: Start = (command, args, env, stdio) => {
    const child = spawn(command, args, { env, stdio: ['pipe', stdio, 'ignore'] })
    children.push(child)
    return child
  }
  const { WAYLAND_DISPLAY: _wayland, ...base } = process.env
  const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], base, 'pipe')
  const display = `:${await firstLine(screen)}`
  const daemon = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], base, 'pipe')
  const address = await firstLine(daemon)
  const env = { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address, XDG_SESSION_TYPE: 'x11' }
  start('openbox', [], { ...base, ...env }, 'ignore')
  return {
    env,
    start,
    hand: async (...args) => (await run('xdotool', args, { env: { ...base, ...env } })).stdout.trim(),
    async stop() {
      for (const child of children.reverse()) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        const exited = once(child, 'exit')
        child.kill('SIGKILL')
        await exited
      }
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const failed = once(child, 'exit').then(([code]): never => {
    throw new Error(`${child.spawnfile} ended with ${String(code)}`)
  })
  // It ends some time, and then nobody waits for its first line.
  failed.catch(() => undefined)
  const lines = createInterface(child.stdout!)
  const first = once(lines, 'line') as Promise<[string]>
  const [line] = await within(`the first line of ${child.spawnfile}`, Promise.race([first, failed]))
  return line
}

type Told =
  { ready: true } | { registered: string } | { tip: string } | { menu: TrayEntry } | { done: true } | { error: string }

async function watchTray(child: ChildProcess): Promise<WatchedTray> {
  const tips: string[] = []
  const waiting = new Set<(told: Told) => boolean>()
  createInterface(child.stdout!).on('line', (line) => {
    const told = JSON.parse(line) as Told
    if ('tip' in told && tips.at(-1) !== told.tip) tips.push(told.tip)
    for (const wants of waiting) if (wants(told)) waiting.delete(wants)
  })
  const next = <Wanted extends Told>(is: (told: Told) => told is Wanted): Promise<Wanted> =>
    new Promise((resolve) =>
      waiting.add((told) => {
        if (!is(told)) return false
        resolve(told)
        return true
      }),
    )
  const ask = async (order: object): Promise<Told> => {
    const answered = next((told): told is Told => 'menu' in told || 'done' in told || 'error' in told)
    child.stdin!.write(`${JSON.stringify(order)}\n`)
    const answer = await within(`the tray to answer ${JSON.stringify(order)}`, answered)
    if ('error' in answer) throw new Error(answer.error)
    return answer
  }
  await within(
    'the watcher of the tray',
    next((told): told is { ready: true } => 'ready' in told),
  )
  return {
    tips,
    async shows(tip) {
      if (tips.at(-1) === tip) return
      const shown = next((told): told is { tip: string } => 'tip' in told && told.tip === tip)
      await within(`the tray to show “${tip}”`, shown, { seen: () => tips.slice(-5).join(', ') })
    },
    async menu() {
      return ((await ask({ do: 'menu' })) as { menu: TrayEntry }).menu
    },
    async activate() {
      await ask({ do: 'activate' })
    },
    async choose(label) {
      await ask({ do: 'choose', label })
    },
  }
}
