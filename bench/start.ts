// What a start costs until there is a window, and until it can be talked to, beside an empty Electron window that is started and
// measured the same way in the same run. Linux. `PARLEY_BENCH_STARTS`: of each, in place of five.
import { openField, type Contestant, type Started } from './contestants.ts'
import { percentile, printTable } from './statistics.ts'

const starts = Number(process.env['PARLEY_BENCH_STARTS'] ?? 5)

export async function run(): Promise<void> {
  const field = await openField()
  try {
    const builtIn = field.parley('built-in voice', { turnMode: 'semantic' })
    const service = field.parley('a service', { turnMode: 'semantic' }, true)
    const of = new Map<Contestant, Started[]>([builtIn, service, field.empty].map((one) => [one, []]))
    // In turns, so that what else the machine does meets all alike.
    for (let at = 0; at < starts; at++)
      for (const [contestant, measured] of of) {
        const { app, started } = await contestant.start()
        await app.quit()
        measured.push(started)
      }
    console.log(`On Electron ${field.version}, ${starts} starts each, the median.\n`)
    const window = (of: Started[]): number[] => of.map(({ windowMs }) => windowMs)
    const voice = (of: Started[]): number[] => of.flatMap(({ voiceMs }) => voiceMs ?? [])
    const told = (one: Contestant, of_: typeof window): number[] => of_(of.get(one) ?? [])
    const empty = told(field.empty, window)
    const beside = (values: number[]): string =>
      `${seconds(values)}, ${(percentile(values, 0.5) / percentile(empty, 0.5)).toFixed(2)} ×`
    printTable([
      ['an empty window', seconds(empty), ''],
      ['start to window', beside([...told(builtIn, window), ...told(service, window)]), '≤ 1.6 ×'],
      ['start to voice-ready, built-in voice', beside(told(builtIn, voice)), '≤ 3.5 ×'],
      ['start to voice-ready, a service', beside(told(service, voice)), '≤ 2 ×'],
    ])
  } finally {
    await field.close()
  }
}

const seconds = (values: number[]): string => `${(percentile(values, 0.5) / 1000).toFixed(2)} s`
