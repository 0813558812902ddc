import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Speech } from '../../../src/engine/ports.ts'
import { keyClicks, mainsHum, mixed, whiteNoise } from '../../support/noise.ts'
import { joinAudio, say, silence, trimmed } from '../../support/say.ts'
import { fixed, listenTo, openSpeech, semantic } from '../../support/speech.ts'

let speech: Speech
beforeAll(async () => {
  speech = await openSpeech()
})
afterAll(() => speech.close())

async function conversation(): Promise<Int16Array> {
  return joinAudio(
    silence(1000),
    trimmed(await say('What time is it in Paris?')),
    silence(1500),
    trimmed(await say('Set a timer for ten minutes.', { voice: 'festival-slt' })),
    silence(1500),
  )
}

describe('what begins a turn', () => {
  it.each([
    ['digital silence', silence(5000)],
    ['white noise', whiteNoise(8000, -30)],
    ['mains hum', mainsHum(8000, -20)],
    ['typing', keyClicks(8000, -6)],
    ['typing over a fan', mixed(keyClicks(8000, -10), whiteNoise(8000, -40))],
  ])('[E1] %s does not', async (_name, sound) => {
    const { input, told } = await listenTo(speech, joinAudio(silence(500), sound, silence(2500)))
    input.close()
    expect(told).toEqual([])
  })

  it.each(['espeak', 'festival-slt', 'festival-kal'] as const)(
    '[E2] the voice of %s does, where it begins',
    async (voice) => {
      const leadMs = 1700
      const spoken = trimmed(await say('Tell me a story about a dragon.', { voice }))
      const { input, turns } = await listenTo(speech, joinAudio(silence(leadMs), spoken, silence(1000)))
      input.close()
      const [started] = turns
      expect(started?.name).toBe('started')
      const startMs = started?.name === 'started' ? started.audioStartMs : NaN
      expect(Math.abs(startMs - (leadMs - 300))).toBeLessThanOrEqual(100)
    },
  )

  it('[E2] speech above a noisy fan is still found, and only the speech', async () => {
    const said = joinAudio(silence(2000), await say('How far is the moon?', { voice: 'festival-slt' }), silence(2000))
    const { input, turns } = await listenTo(speech, mixed(said, whiteNoise(6000, -45)))
    input.close()
    expect(turns.map(({ name }) => name)).toEqual(['started', 'stopped'])
  })
})

describe('what ends a turn', () => {
  it('[E3] the same audio makes the same turns in frames, in odd pieces and in one burst', async () => {
    const audio = await conversation()
    const heard = []
    for (const pieceSamples of [480, 1777, audio.length]) {
      const { input, turns } = await listenTo(speech, audio, { pieceSamples })
      input.close()
      heard.push(turns)
    }
    expect(heard[0]).toHaveLength(4)
    expect(heard[1]).toEqual(heard[0])
    expect(heard[2]).toEqual(heard[0])
  })

  it('[E4] a fixed rule ends a turn after its silence, which is part of the turn', async () => {
    const spoken = trimmed(await say('What time is it in Paris?', { voice: 'festival-slt' }))
    const { input, turns } = await listenTo(speech, joinAudio(silence(1000), spoken, silence(2000)), { rule: fixed })
    input.close()
    const stopped = turns.find((event) => event.name === 'stopped')
    const endMs = 1000 + spoken.length / 24
    expect(stopped?.audioEndMs).toBeGreaterThanOrEqual(endMs + 400)
    expect(stopped?.audioEndMs).toBeLessThanOrEqual(endMs + 650)
  })

  it('[E11] without a rule nobody is told anything, and the words are there when asked for', async () => {
    const audio = await conversation()
    const { input, told } = await listenTo(speech, audio, { rule: { type: 'none' } })
    const { text } = await input.read(0, audio.length / 24)
    input.close()
    expect(told).toEqual([])
    expect(text.toLowerCase()).toMatch(/time is it in paris.*timer for (10|ten) minutes/s)
  })

  it('[E11] a turn being spoken is dropped when the rule goes', async () => {
    const spoken = trimmed(await say('Tell me a story about a dragon.'))
    const { input, told } = await listenTo(speech, joinAudio(silence(500), spoken))
    input.follow({ type: 'none' })
    input.hear(silence(3000))
    await input.settled()
    input.follow(semantic)
    input.hear(silence(1000))
    await input.settled()
    input.close()
    expect(told.map(({ name }) => name).filter((name) => name !== 'partial')).toEqual(['started'])
  })
})
