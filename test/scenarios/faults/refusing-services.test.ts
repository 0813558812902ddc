// Services that end or refuse the session: what is tried again, when, and what the person is told instead.
import { describe, expect, it } from 'vitest'
import { createFaultLine, faultSeeds, type FaultLine } from '../../support/fault-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const minute = 60_000

const isLive = (line: FaultLine): boolean => line.view().type === 'live'

describe.each(faultSeeds)('a service that refuses, seed %i', (seed) => {
  it('[F7] an expired session is replaced at once and the person is told of no error', async () => {
    const line = await createFaultLine({ seed })
    const first = await line.live()
    await line.travel(minute)
    const error = { type: 'invalid_request_error', code: 'session_expired', message: 'Too old', event_id: null }
    first.send({ type: 'error', error })
    first.close(1001, 'Too old')
    await line.until('the next session', () => line.server.attempts() === 2 && isLive(line), 500)
    expect(line.heard('notice')).toEqual([])
    expect(line.heard('phase').map(({ type }) => type)).not.toContain('waiting')
  })

  it('[F7] closed with 1011, 1012, 1013 five times: waits that grow and scatter, the cause is shown, a press tries at once', async () => {
    const line = await createFaultLine({ seed })
    const ceilings = [250, 500, 1_000, 2_000, 4_000]
    const waits: number[] = []
    line.session.start()
    for (const [at, ceilingMs] of ceilings.entries()) {
      const connection = await arrival(line)
      await line.until('it is live', () => isLive(line), 500)
      connection.close([1011, 1012, 1013][at % 3]!, 'Overloaded')
      await line.until('the end is seen', () => line.view().type === 'waiting', 500)
      const view = line.view()
      if (view.type !== 'waiting') throw new Error('it does not wait')
      expect(view).toMatchObject({ cause: 'Overloaded', attempt: at + 1 })
      waits.push(view.untilMs - line.clock.nowMs())
      expect(waits.at(-1)).toBeLessThanOrEqual(ceilingMs)
    }
    expect(new Set(waits).size).toBeGreaterThan(3)
    const before = line.clock.monotonicMs()
    line.session.press()
    await arrival(line)
    expect(line.clock.monotonicMs()).toBe(before)
    line.session.release()
  })

  it('[F8] a bad key is not tried again and says where it is mended', async () => {
    const line = await createFaultLine({ seed, script: { mute: () => true } })
    line.session.start()
    const first = await arrival(line)
    const error = { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect API key provided.' }
    first.send({ type: 'error', error: { ...error, event_id: null } })
    first.close(3000, 'invalid_request_error.invalid_api_key')
    await line.until('it is refused', () => line.view().type === 'refused', 500)
    expect(line.view()).toMatchObject({ remedy: 'key' })
    await line.travel(10 * minute, 1_000)
    expect(line.proxy.taken()).toBe(1)
  })

  it('[F8] no credit is not tried again, too many requests only when the server said', async () => {
    const poor = await createFaultLine({ seed })
    const first = await poor.live()
    const error = { type: 'insufficient_quota', code: 'insufficient_quota', message: 'No credit.', event_id: null }
    first.send({ type: 'error', error })
    await poor.until('it is refused', () => poor.view().type === 'refused', 500)
    expect(poor.view()).toMatchObject({ remedy: 'quota' })
    await poor.travel(10 * minute, 1_000)
    expect(poor.proxy.taken()).toBe(1)

    const busy = await createFaultLine({
      seed,
      script: { refuse: (n) => (n === 1 ? { status: 429, headers: { 'retry-after': '30' } } : null) },
    })
    busy.session.start()
    await busy.until('it waits', () => busy.view().type === 'waiting', 500)
    await busy.travel(29_000)
    expect(busy.proxy.taken()).toBe(1)
    await busy.until('live', () => isLive(busy), 2_000)
    expect(busy.proxy.taken()).toBe(2)
  })
})

/** The server's side of the next connection, which comes without time passing or after a wait. */
async function arrival(line: FaultLine): Promise<ScriptedConnection> {
  let arrived: ScriptedConnection | null = null
  void line.server.connection().then((connection) => (arrived = connection))
  await line.until('a connection', () => arrived !== null, 5_000)
  return arrived!
}
