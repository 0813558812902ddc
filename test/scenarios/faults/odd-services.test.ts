// Services that say too much, twice, out of order or not enough: the conversation is what was said.
import { describe, expect, it } from 'vitest'
import { createFaultLine, faultSeeds } from '../../support/fault-line.ts'
import type { ScriptedConnection, Tamper } from '../../support/scripted-server.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const answer = (n: number): { response: string; item: string } => ({ response: `r${n}`, item: `a${n}` })

/** One question and its answer, as the service tells them. */
function exchange(service: ScriptedConnection, n: number): void {
  service.hearTurn(`u${n}`, n === 0 ? null : `a${n - 1}`, `Question ${n}.`)
  service.beginAnswer({ ...answer(n), previous: `u${n}` })
  service.speak(answer(n), `Answer `, 100)
  service.speak(answer(n), `${n}.`, 100)
  service.endAnswer(answer(n), `Answer ${n}.`)
}

const canonical = (exchanges: number): string[] =>
  Array.from({ length: exchanges }, (_, n) => [`Question ${n}.`, `Answer ${n}.`]).flat()

describe.each(faultSeeds)('an odd service, seed %i', (seed) => {
  it('[F11] half of its events are of unknown types: they are counted and change nothing', async () => {
    const line = await createFaultLine({ seed })
    const service = await line.live()
    const before = line.session.health()
    service.tamper((event, pass) => {
      pass(event)
      pass({ type: 'response.daydream.delta', event_id: 'dream', delta: 'x', item_id: 'a0' })
    })
    for (let n = 0; n < 5; n++) exchange(service, n)
    await line.travel(5_000)
    const { events, unknown } = line.session.health()
    expect(unknown - before.unknown).toBe((events - before.events) / 2)
    expect(line.record.conversation().turns.map(({ text }) => text)).toEqual(canonical(5))
  })

  it('[F11] every event twice and neighbours swapped: the transcript is the same', async () => {
    const line = await createFaultLine({ seed })
    const service = await line.live()
    const chance = seededRandom(seed)
    let held: Parameters<Tamper>[0] | null = null
    service.tamper((event, pass) => {
      // One in three lets its neighbour go first.
      if (held === null && chance() < 1 / 3) return void (held = event)
      for (const each of held === null ? [event] : [event, held]) {
        pass(each)
        pass(each)
      }
      held = null
    })
    for (let n = 0; n < 5; n++) {
      exchange(service, n)
      // So that nothing is held back for good.
      service.send({ type: 'rate_limits.updated' })
      service.send({ type: 'rate_limits.updated' })
      await line.travel(1_000)
    }
    expect(line.record.conversation().turns.map(({ text }) => text)).toEqual(canonical(5))
  })

  it('[P345] one that answers no ping is not given up for it: after two lines at most it is let think and rest', async () => {
    const line = await createFaultLine({ seed, script: { ignoresPings: true } })
    await line.live()
    await line.travel(120_000, 250)
    const lines = line.proxy.taken()
    expect(lines).toBeLessThanOrEqual(3)
    await line.until('it is live', () => line.view().type === 'live', 5_000)
    await line.session.say('Think about it.')
    await line.travel(15_000, 250)
    await line.travel(120_000, 1_000)
    expect(line.proxy.taken()).toBe(lines)
    expect(line.view().type).toBe('live')
  })

  it('[F12] an answer that never ends, and an end without an answer: the turn is closed within 30 s and the next is answered', async () => {
    const line = await createFaultLine({ seed })
    const service = await line.live()
    service.hearTurn('u0', null, 'Question.')
    service.beginAnswer({ ...answer(0), previous: 'u0' })
    service.speak(answer(0), 'Half an', 200)
    const closed = (): boolean => line.record.conversation().turns.every(({ state }) => state.type !== 'open')
    expect(await line.until('the turn is closed', () => closed() && line.session.isQuiet(), 30_000)).toBeGreaterThan(0)
    const done = { id: 'r1', object: 'realtime.response', status: 'completed', conversation_id: 'conv', output: [] }
    service.send({ type: 'response.created', response: { ...done, status: 'in_progress' } })
    service.send({ type: 'response.done', response: { ...done, usage: null, status_details: null } })
    await line.until('it is quiet', () => line.session.isQuiet(), 30_000)
    exchange(service, 2)
    await line.travel(2_000)
    expect(line.record.conversation().turns.at(-1)).toMatchObject({ text: 'Answer 2.', state: { type: 'final' } })
    expect(line.proxy.taken()).toBe(1)
  })
})
