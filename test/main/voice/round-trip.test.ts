import { describe, expect, it } from 'vitest'
import { heartbeatFigures } from '../../../src/core/connection/heartbeat.ts'
import { createVoiceLine } from '../../support/voice-line.ts'

describe('the round trip', () => {
  it('[W43] is the time from our own ping to its answer', async () => {
    const line = await createVoiceLine()
    await line.live()
    const { silentMs, everyMs } = heartbeatFigures.idle
    const measured = line.told('roundTripMs')
    // The ping goes out within this; the answer arrives when all of it has passed.
    line.clock.pass(Math.max(silentMs, everyMs) + heartbeatFigures.checkEveryMs + 40)
    const roundTripMs = await measured
    expect(roundTripMs).toBeGreaterThanOrEqual(40)
    expect(roundTripMs).toBeLessThanOrEqual(2 * heartbeatFigures.checkEveryMs + 40)
    expect(line.session.phase().type).toBe('live')
  })
})
