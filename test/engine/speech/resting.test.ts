import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createResting } from '../../../src/engine/speech/resting.ts'
import { joinAudio, say, silence } from '../../support/say.ts'
import { openSpeech } from '../../support/speech.ts'
import { createStillClock } from '../../support/still-clock.ts'

const restAfterMs = 600_000

describe('what rests', () => {
  function opened() {
    const clock = createStillClock()
    const happened: string[] = []
    const open = (name: string) => ({ name, close: () => Promise.resolve(void happened.push(`closed ${name}`)) })
    let count = 0
    const part = createResting({
      clock,
      restAfterMs,
      first: open('first'),
      open: () => Promise.resolve(open(`later ${++count}`)),
    })
    return { clock, happened, part }
  }

  it('[X70] is closed ten minutes after its last use and opened by the next, which misses nothing', async () => {
    const { clock, happened, part } = opened()
    clock.pass(restAfterMs / 2)
    expect(await part.use(({ name }) => Promise.resolve(name))).toBe('first')
    clock.pass(restAfterMs - 1)
    expect(part.isOpen()).toBe(true)
    clock.pass(1)
    expect(part.isOpen()).toBe(false)
    await nextTurn()
    expect(happened).toEqual(['closed first'])
    expect(await part.use(({ name }) => Promise.resolve(name))).toBe('later 1')
    await part.close()
    expect(happened).toEqual(['closed first', 'closed later 1'])
  })

  it('[X70] does not rest while it is used, however long that takes, nor soon after somebody was heard', async () => {
    const { clock, happened, part } = opened()
    let end = (): void => undefined
    const using = part.use(() => new Promise<void>((resolve) => (end = resolve)))
    await nextTurn()
    clock.pass(3 * restAfterMs)
    expect(part.isOpen()).toBe(true)
    end()
    await using
    clock.pass(restAfterMs)
    part.rouse()
    clock.pass(restAfterMs - 1)
    expect(part.isOpen()).toBe(true)
    await part.close()
    expect(happened).toEqual(['closed first', 'closed later 1'])
  })
})

it('[X70] after a rest the first sentence is understood whole, and answered aloud', async () => {
  const clock = createStillClock()
  const speech = await openSpeech('base', { rests: { clock, afterMs: restAfterMs } })
  try {
    clock.pass(restAfterMs)
    const input = speech.createSpeechInput()
    const said = joinAudio(silence(200), await say('What time is it in Paris?'), silence(300))
    input.hear(said)
    expect((await input.read(0, said.length / 24)).text).toMatch(/what time is it in paris/i)
    let samples = 0
    const how = { voice: 'rms', speed: 1, signal: new AbortController().signal }
    for await (const piece of speech.synthesiser.speak('It is noon.', how)) samples += piece.length
    expect(samples).toBeGreaterThan(12_000)
    input.close()
  } finally {
    await speech.close()
  }
})
