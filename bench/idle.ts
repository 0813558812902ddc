// What Parley costs while it waits in the tray, above what an empty Electron window costs in the same run: processor time, how often
// it wakes, memory. Linux. `PARLEY_BENCH_IDLE_S`: in place of 120 seconds each. `PARLEY_BENCH_REST_S`: in place of the ten minutes
// after which it rests, whose figure means nothing when it is shorter.
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { setTimeout as passed } from 'node:timers/promises'
import { restRules } from '../src/core/audio/rest.ts'
import { samplesToBytes } from '../src/core/audio/pcm.ts'
import type { DesktopApp } from '../test/support/driven-app.ts'
import { music } from '../test/support/room-sounds.ts'
import { openField, type Contestant } from './contestants.ts'
import { readTree } from './process-tree.ts'
import { printTable } from './statistics.ts'

const idleMs = Number(process.env['PARLEY_BENCH_IDLE_S'] ?? 120) * 1000
const restMs = Number(process.env['PARLEY_BENCH_REST_S'] ?? 600) * 1000
const settleMs = 10_000
/** Parley is measured as it waits for most of the day: the devices that rest when nobody speaks are resting. */
const devicesRestMs = settleMs + Math.max(restRules.microphoneMs, restRules.speakerMs)
const musicMs = 20_000

interface Cost {
  cpuPercent: number
  wakeups: number
  pssBytes: number
}

interface Waited extends Cost {
  /** Of each process, the dearest first. */
  parts: (Cost & { name: string })[]
}

export async function run(): Promise<void> {
  const field = await openField()
  try {
    const empty = await waitIn(field.empty, settleMs)
    const hold = field.parley('hold to talk', { turnMode: 'manual' })
    const free = field.parley('hands-free, a silent room', { turnMode: 'semantic' })
    const service = field.parley('hands-free, a service', { turnMode: 'semantic' }, true)
    const rows = [
      { name: hold.name, ...(await waitIn(hold, devicesRestMs)), wanted: '≤ 0.3 %, ≤ 10 /s' },
      { name: free.name, ...(await waitIn(free, settleMs)), wanted: '≤ 1.5 %' },
      { name: 'hands-free, music at −30 dBFS', ...(await withMusic(() => waitIn(free, settleMs))), wanted: '≤ 6 %' },
      { name: service.name, ...(await waitIn(service, settleMs)), wanted: '≤ 1.5 %' },
    ]
    console.log(
      `On Electron ${field.version}, ${idleMs / 1000} s each in the tray; what is above the empty window, which takes ` +
        `${empty.cpuPercent.toFixed(2)} % of a core, ${empty.wakeups.toFixed(0)} wakeups a second and ${megabytes(empty.pssBytes)}.\n`,
    )
    printTable(rows.map(({ name, wanted, ...cost }) => [name, costOf(above(cost, empty)), wanted] as const))
    console.log()
    const { talking, resting } = await memoryOf(field.parley('built-in voice', { turnMode: 'manual' }))
    const more = (pssBytes: number): string => megabytes(pssBytes - empty.pssBytes)
    printTable([
      ['memory, a service (PSS)', more(rows[3]?.pssBytes ?? 0), '≤ 120 MiB'],
      ['memory, the built-in voice while it talks', more(talking), '≤ 330 MiB'],
      [`memory, after ${restMs / 1000} s of rest`, more(resting), '≤ 150 MiB'],
    ])
    for (const { name, parts } of [...rows, { name: field.empty.name, parts: empty.parts }]) {
      console.log(`\n${name}, by process:`)
      printTable(parts.map((part) => [part.name, costOf(part), '']))
    }
  } finally {
    await field.close()
  }
}

async function intoTray(contestant: Contestant): Promise<DesktopApp> {
  const { app } = await contestant.start()
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  return app
}

async function waitIn(contestant: Contestant, afterMs: number): Promise<Waited> {
  const app = await intoTray(contestant)
  await passed(afterMs)
  const names = await namesIn(app)
  const pid = app.electron.process().pid ?? 0
  const before = new Map(readTree(pid).map((one) => [one.pid, one]))
  const sinceMs = performance.now()
  await passed(idleMs)
  const overMs = performance.now() - sinceMs
  const parts = readTree(pid)
    .map((one) => ({
      name: names.get(one.pid) ?? one.name,
      cpuPercent: ((one.cpuMs - (before.get(one.pid)?.cpuMs ?? 0)) / overMs) * 100,
      wakeups: ((one.wakeups - (before.get(one.pid)?.wakeups ?? 0)) / overMs) * 1000,
      pssBytes: one.pssBytes,
    }))
    .sort((one, other) => other.cpuPercent - one.cpuPercent)
  await app.quit()
  const sum = (of: (cost: Cost) => number): number => parts.reduce((total, part) => total + of(part), 0)
  return {
    parts,
    cpuPercent: sum(({ cpuPercent }) => cpuPercent),
    wakeups: sum(({ wakeups }) => wakeups),
    pssBytes: sum(({ pssBytes }) => pssBytes),
  }
}

/** While a question is answered aloud, and after a rest that follows. */
async function memoryOf(contestant: Contestant): Promise<{ talking: number; resting: number }> {
  const app = await intoTray(contestant)
  const pid = app.electron.process().pid ?? 0
  const memory = (): number => readTree(pid).reduce((sum, { pssBytes }) => sum + pssBytes, 0)
  const speaking = app.hears({ type: 'state', state: { presence: 'speaking' } })
  const ended = app.hears({ type: 'change', stored: { change: { type: 'played' } } })
  await app.ask('say', { text: 'What is the square root of two hundred and fifty-six?' })
  await speaking
  const talking = memory()
  await ended
  await passed(restMs + settleMs)
  const resting = memory()
  await app.quit()
  return { talking, resting }
}

/** Into the virtual microphone, over and over. */
async function withMusic<Result>(act: () => Promise<Result>): Promise<Result> {
  const file = join(tmpdir(), `parley-bench-music-${process.pid}.pcm`)
  await writeFile(file, samplesToBytes(music(musicMs, -30, 'strings')))
  let isOver = false
  const playing = { stop: (): unknown => undefined }
  const play = (): void => {
    if (isOver) return
    const child = spawn(
      'pacat',
      ['--playback', '--device=vmic_in', '--raw', '--format=s16le', '--rate=24000', '--channels=1', file],
      { stdio: 'ignore' },
    )
    playing.stop = () => child.kill()
    child.once('exit', play)
  }
  play()
  try {
    return await act()
  } finally {
    isOver = true
    playing.stop()
  }
}

async function namesIn(app: DesktopApp): Promise<Map<number, string>> {
  return new Map(
    await app.electron.evaluate(({ app: own }) =>
      own.getAppMetrics().map(({ pid, name, type }) => [pid, name ?? type] as const),
    ),
  )
}

function above(cost: Cost, empty: Cost): Cost {
  return {
    cpuPercent: cost.cpuPercent - empty.cpuPercent,
    wakeups: cost.wakeups - empty.wakeups,
    pssBytes: cost.pssBytes - empty.pssBytes,
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`
const costOf = ({ cpuPercent, wakeups, pssBytes }: Cost): string =>
  `${cpuPercent.toFixed(2)} %, ${wakeups.toFixed(1)} wakeups/s, ${megabytes(pssBytes)}`
