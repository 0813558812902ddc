import { describe, expect, it } from 'vitest'
import { changeSchema } from '../../../src/core/conversation/change.ts'
import { mutateFrame } from '../../support/mutated-frames.ts'
import { createVoiceLine, numberedFrame } from '../../support/voice-line.ts'

describe('a service that has lost its mind', () => {
  it('[V15] 20,000 damaged frames at a live session: no error, a record that can be read, and it goes on', async () => {
    const errors: unknown[] = []
    const onError = (error: unknown): void => void errors.push(error)
    process.on('unhandledRejection', onError)
    process.on('uncaughtExceptionMonitor', onError)
    const line = await createVoiceLine({ chance: () => 0 })
    let service = await line.live()
    for (let seed = 0; seed < 2_000; seed++) {
      for (const frame of mutateFrame(seed)) service.sendRaw(frame)
      line.session.hear(numberedFrame(seed))
      if (seed % 40 === 0) void line.session.say(`Words ${seed}.`)
      if (seed % 20 !== 0) continue
      await service.settled()
      line.clock.pass(100)
    }
    await service.settled()
    const { broken, unknown } = line.session.health()
    line.clock.pass(60_000)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', onError)
    process.off('uncaughtExceptionMonitor', onError)
    expect(errors).toEqual([])
    expect(line.record.changes.filter((change) => !changeSchema.safeParse(change).success)).toEqual([])
    expect([broken, unknown].map((count) => count > 1_000)).toEqual([true, true])

    if (line.session.phase().type !== 'live') {
      const live = line.told('phase', ({ type }) => type === 'live')
      service = await line.server.connection()
      await live
    }
    service.hearTurn('sane', null, 'Are you all right?')
    await line.record.stored('words-heard', ({ turn }) => turn === 'sane')
  })
})
