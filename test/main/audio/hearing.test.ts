// The process that knows a phrase, real and with a recogniser, and what becomes of it when it rests or dies.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHearing, forkHearing, type Hearing, type HearingProcess } from '../../../src/main/audio/hearing.ts'
import { createResampler } from '../../../src/main/audio/resample.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { say, trimmed } from '../../support/say.ts'
import { createStillClock } from '../../support/still-clock.ts'

async function at16k(text: string): Promise<Int16Array> {
  const resampler = await createResampler(24_000, 16_000)
  const samples = resampler.push(trimmed(await say(text, { voice: 'festival-slt' })))
  resampler.close()
  return samples
}

describe('what knows a phrase', () => {
  let hearing: Hearing
  beforeAll(() => {
    hearing = createHearing({ clock: systemClock, start: forkHearing })
  })
  afterAll(() => hearing.stop())

  it('[A309] hears it alone and with words behind it, whatever they are spelt like, and not what sounds like it', async () => {
    const fit = async (text: string) => hearing.fit('Hey Parley', await at16k(text))
    expect(await fit('Hey Parley.')).toMatchObject({ isCalled: true, hasMore: false })
    expect(await fit('Hey Parley, what time is it?')).toMatchObject({ isCalled: true, hasMore: true })
    for (const other of [
      'Hey party people, are you ready?',
      'Barley soup is on the stove.',
      'Hey Charlie, come over here.',
    ])
      expect(await fit(other), other).toMatchObject({ isCalled: false })
  })

  it('[A309] a phrase that is too short, or said every day, is not taken; how well another is told apart is a figure', async () => {
    expect(await hearing.view('Okay')).toMatchObject({ verdict: 'short' })
    expect(await hearing.view('Good morning')).toMatchObject({ verdict: 'common', nearest: 'good morning' })
    const ours = await hearing.view('Hey Parley')
    const longer = await hearing.view('Wake up Susan')
    expect(ours).toMatchObject({ verdict: 'fine', nearest: 'hey party' })
    expect(longer?.apart).toBeGreaterThan(ours?.apart ?? 100)
  })

  it('[A311] it rests when nobody was heard for ten minutes, is started again when it died, and answers nobody twice', async () => {
    const clock = createStillClock()
    const exits: (() => void)[] = []
    let killed = 0
    const start = (): HearingProcess => ({
      post: () => undefined,
      onMessage: () => undefined,
      onExit: (listen) => void exits.push(listen),
      kill: () => void killed++,
    })
    const still = createHearing({ clock, start })
    still.warm()
    clock.pass(9 * 60_000)
    still.warm()
    clock.pass(9 * 60_000)
    expect(still.isThere()).toBe(true)
    clock.pass(60_000)
    expect([still.isThere(), killed]).toEqual([false, 1])
    const asked = still.fit('Hey Parley', new Int16Array(16_000))
    exits.at(-1)?.()
    expect(await asked).toBeNull()
    // One that dies at once is not started at every sound.
    expect(await still.fit('Hey Parley', new Int16Array(16_000))).toBeNull()
    clock.pass(5_000)
    still.warm()
    expect([still.isThere(), exits.length]).toEqual([true, 3])
    still.stop()
  })
})
