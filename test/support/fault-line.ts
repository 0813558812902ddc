// A voice session whose way to the scripted server leads through the fault proxy, all of them on the clock that the test moves.
import { onTestFinished } from 'vitest'
import { lineViewOf, type LineView } from '../../src/core/views.ts'
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { turnsOfTheLoop } from './loop-turns.ts'
import { seededRandom } from './seeded-random.ts'
import { createScriptedServer } from './scripted-server.ts'
import { createStillClock } from './still-clock.ts'
import { createVoiceLine, type VoiceLine, type VoiceLineOpts } from './voice-line.ts'

export interface FaultLine extends VoiceLine {
  proxy: FaultProxy
  /** Moves time in small steps, with what is under way arriving in between. */
  travel(ms: number, stepMs?: number): Promise<void>
  /** Travels until it is so. @returns how long that took; throws when it took longer */
  until(what: string, isSo: () => boolean, withinMs: number, stepMs?: number): Promise<number>
  /** As the window shows it. */
  view(): LineView
}

export async function createFaultLine(
  opts: Omit<VoiceLineOpts, 'server' | 'clock' | 'baseUrl'> & { seed?: number } = {},
): Promise<FaultLine> {
  const { seed = 1, ...rest } = opts
  const server = await createScriptedServer(opts.script)
  const clock = createStillClock()
  const proxy = await createFaultProxy({ target: server.url, clock, random: seededRandom(seed) })
  const line = await createVoiceLine({
    chance: seededRandom(seed),
    ...rest,
    server,
    clock,
    baseUrl: () => proxy.through(server.url),
  })
  // Before the server, which would wait for connections that the proxy has swallowed.
  onTestFinished(() => proxy.close())

  async function travel(ms: number, stepMs = 50): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
      clock.pass(Math.min(stepMs, ms - passedMs))
      await turnsOfTheLoop()
    }
  }

  return {
    ...line,
    proxy,
    travel,
    async until(what, isSo, withinMs, stepMs = 50) {
      await turnsOfTheLoop()
      for (let passedMs = 0; ; passedMs += stepMs) {
        if (isSo()) return passedMs
        if (passedMs > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`)
        await travel(stepMs, stepMs)
      }
    },
    view: () => lineViewOf(line.session.phase()),
  }
}

const mostRuns = 100
const runs = Math.min(mostRuns, Number(process.env['PARLEY_RUNS'] ?? 1))
/** Each row of the fault matrix runs once, or as often as PARLEY_RUNS says, each time with other chances. */
export const faultSeeds = Array.from({ length: runs }, (_, at) => at + 1)
