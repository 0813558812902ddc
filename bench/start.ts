// What a start costs and what Parley costs while it waits in the tray, each beside an empty Electron window that is started
// and measured the same way in the same run. On a virtual screen and a virtual sound card; Linux.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as passed } from 'node:timers/promises'
import { restRules } from '../src/core/audio/rest.ts'
import { openSettings } from '../src/main/store/settings.ts'
import type { TurnMode } from '../src/core/realtime/commands.ts'
import { openDesktop, type Desktop } from '../test/support/desktop.ts'
import { driveApp, type DesktopApp } from '../test/support/driven-app.ts'
import { builtOnElectron, electronFor, type ElectronRuntime } from '../test/support/electron-runtime.ts'
import { setup as openSoundCard } from '../test/support/virtual-sound.ts'
import { readTree } from './process-tree.ts'
import { percentile, printTable } from './statistics.ts'

const starts = 5
const settleMs = 10_000
/** Parley is measured as it waits for most of the day: what rests when nobody speaks is resting. */
const restingMs = settleMs + Math.max(restRules.microphoneMs, restRules.speakerMs)
const idleMs = 60_000
const emptyFolder = fileURLToPath(new URL('./empty-window/', import.meta.url))

interface Started {
  windowMs: number
  /** The line is live and the microphone open. */
  voiceMs: number | null
}

interface Idle {
  cpuPercent: number
  pssBytes: number
  /** Of each kind of process, the dearest first. */
  parts: { name: string; cpuPercent: number; pssBytes: number }[]
}

/** One of the two that are compared. */
interface Contestant {
  start(): Promise<{ app: DesktopApp; started: Started }>
}

export async function run(): Promise<void> {
  const closeSoundCard = openSoundCard()
  const desktop = await openDesktop()
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  try {
    const runtime = builtOnElectron()
    const parley = (mode: TurnMode): Contestant => parleyOn(runtime, desktop, join(folder, mode), mode)
    const empty = emptyOn(electronFor(emptyFolder, 'empty-window'), desktop, folder)
    const handsFree = parley('semantic')
    const [ours, theirs] = [[] as Started[], [] as Started[]]
    // In turns, so that what else the machine does meets both alike.
    for (let at = 0; at < starts; at++) {
      ours.push(await startOnce(handsFree))
      theirs.push(await startOnce(empty))
    }
    console.log(
      `On Electron ${runtime.version}, ${starts} starts each, the median; idle over ${idleMs / 1000} s in the tray.\n`,
    )
    printStarts(ours, theirs)
    const [hold, free] = [await idleOf(parley('manual'), restingMs), await idleOf(handsFree, restingMs)]
    printIdle(hold, free, await idleOf(empty, settleMs))
  } finally {
    await desktop.stop()
    closeSoundCard()
    await rm(folder, { recursive: true, force: true })
  }
}

function parleyOn(runtime: ElectronRuntime, desktop: Desktop, home: string, turnMode: TurnMode): Contestant {
  return {
    async start() {
      const { change } = await openSettings({ folder: home, random: Math.random })
      await change({ isSetUp: true, knowsTray: true, turnMode })
      const sinceMs = performance.now()
      const app = await driveApp(runtime, desktop, { home })
      // tsx marks functions with it, those that are sent to the page too.
      await app.page.evaluate('globalThis.__name = (named) => named')
      const voice = app
        .hears({ type: 'state', state: { line: { type: 'live' }, microphone: { type: 'open' } } })
        .then(() => performance.now() - sinceMs)
      await app.page.locator('.talk:visible').first().waitFor()
      const windowMs = performance.now() - sinceMs
      return { app, started: { windowMs, voiceMs: await voice } }
    },
  }
}

function emptyOn(runtime: ElectronRuntime, desktop: Desktop, folder: string): Contestant {
  return {
    async start() {
      const sinceMs = performance.now()
      const app = await driveApp(runtime, desktop, { home: join(folder, 'empty') })
      await app.page.locator('p').waitFor()
      return { app, started: { windowMs: performance.now() - sinceMs, voiceMs: null } }
    },
  }
}

async function startOnce(contestant: Contestant): Promise<Started> {
  const { app, started } = await contestant.start()
  await app.quit()
  return started
}

async function idleOf(contestant: Contestant, afterMs: number): Promise<Idle> {
  const { app } = await contestant.start()
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const names = new Map(
    await app.electron.evaluate(({ app: own }) =>
      own.getAppMetrics().map(({ pid, name, type }) => [pid, name ?? type] as const),
    ),
  )
  const pid = app.electron.process().pid ?? 0
  await passed(afterMs)
  const before = new Map(readTree(pid).map((one) => [one.pid, one.cpuMs]))
  const sinceMs = performance.now()
  await passed(idleMs)
  const overMs = performance.now() - sinceMs
  const parts = readTree(pid)
    .map((one) => ({
      name: names.get(one.pid) ?? one.name,
      cpuPercent: ((one.cpuMs - (before.get(one.pid) ?? 0)) / overMs) * 100,
      pssBytes: one.pssBytes,
    }))
    .sort((one, other) => other.cpuPercent - one.cpuPercent)
  await app.quit()
  return {
    parts,
    cpuPercent: parts.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0),
    pssBytes: parts.reduce((sum, { pssBytes }) => sum + pssBytes, 0),
  }
}

const seconds = (values: number[]): string => `${(percentile(values, 0.5) / 1000).toFixed(2)} s`
const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`

function printStarts(ours: Started[], theirs: Started[]): void {
  printTable([
    ['start to window', seconds(ours.map(({ windowMs }) => windowMs)), ''],
    ['the same, empty window', seconds(theirs.map(({ windowMs }) => windowMs)), ''],
    ['start to voice-ready', seconds(ours.flatMap(({ voiceMs }) => voiceMs ?? [])), '≤ 2.5 s'],
  ])
}

function printIdle(hold: Idle, handsFree: Idle, empty: Idle): void {
  const rows = [
    ['hold to talk', hold, '< 2 %'],
    ['hands-free', handsFree, ''],
    ['empty window', empty, ''],
  ] as const
  printTable(
    rows.flatMap(([what, { cpuPercent, pssBytes }, wanted]) => [
      [`idle processor time, ${what} (of one core)`, `${cpuPercent.toFixed(1)} %`, wanted] as const,
      [`memory, ${what} (PSS of all processes)`, megabytes(pssBytes), ''] as const,
    ]),
  )
  for (const [what, { parts }] of rows) {
    console.log(`\n${what}, by process:`)
    printTable(
      parts.map(({ name, cpuPercent, pssBytes }) => [name, `${cpuPercent.toFixed(2)} %, ${megabytes(pssBytes)}`, '']),
    )
  }
}
