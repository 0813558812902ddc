import { describe, expect, it } from 'vitest'
import { startBeforeHandOver } from '../../support/cut-hand-over.ts'
import { firstBreak } from '../../support/ramp.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 12)
const seeds = Array.from({ length: runs }, (_, at) => at + 1)
const faults = ['refused', 'stalled', 'killed', 'old one cut'] as const

const itemsOf = (connection: ScriptedConnection): unknown[] =>
  connection.all('conversation.item.create').map(({ item }) => JSON.stringify(item).match(/"text":"(.*?)"/)?.[1])

describe('a hand-over that meets a fault', () => {
  it.each(seeds)('[C5] %i: no turn is lost, no sample, and nobody is told of it', async (seed) => {
    const chance = seededRandom(seed)
    const fault = faults[seed % faults.length]!
    const { line, first } = await startBeforeHandOver({
      refuse: (n) => (n === 2 && fault === 'refused' ? { status: 503 } : null),
      withholdUpdated: (n) => n === 2,
    })
    const failed = line.told('phase', ({ type }) => type === 'live')
    const next = fault === 'refused' ? null : line.server.connection()
    await line.speak(60, first)
    let carrying = first
    if (next !== null) {
      const second = await next
      await second.next('session.update')
      await line.speak(Math.floor(chance() * 100), first)
      if (fault === 'killed') second.terminate()
      if (fault === 'stalled') await line.speak(300, first)
      if (fault === 'old one cut') {
        const opening = line.told('phase', ({ type }) => type === 'opening')
        first.terminate()
        await opening
        const live = line.told('phase', ({ type }) => type === 'live')
        second.send({ type: 'session.updated', session: { id: 'next' } })
        await live
        carrying = second
      }
    }
    if (carrying === first) expect(await failed).toMatchObject({ type: 'live', socket: 1 })
    await line.speak(20, carrying)
    carrying.hearTurn('u2', 'u1', 'She is six.')
    await line.record.stored('words-heard', ({ turn }) => turn === 'u2')
    await line.speak(20, carrying)
    await carrying.settled()

    // Every sample is with whom it was for, and what comes next knows every turn.
    const heard = carrying.samples()
    expect(firstBreak(first.samples())).toBeNull()
    expect(firstBreak(heard)).toBeNull()
    // What the lost line had not proven to have is sent again, so that nothing is missing.
    expect(line.spokenFrames() * 480 - heard.length).toBeLessThanOrEqual(
      carrying === first ? 0 : first.samples().length,
    )
    expect(line.server.mostOpen()).toBeLessThanOrEqual(2)
    expect(line.heard('fatal')).toEqual([])
    expect(line.heard('notice')).toEqual([])
    const later = line.server.connection()
    const again = line.told('phase', ({ type }) => type === 'live')
    carrying.terminate()
    await line.told('phase', ({ type }) => type === 'waiting')
    line.clock.pass(0)
    const third = await later
    await again
    expect(itemsOf(third)).toEqual(['My dog is called Bruno.', 'She is six.'])
  })
})
