import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSound, type Sound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import { say, trimmed } from '../support/say.ts'
import { heardMs } from '../support/sound-analysis.ts'
import { recordSpeaker, speakIntoMicrophone } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

const tone = (ms: number): Int16Array =>
  Int16Array.from({ length: ms * 24 }, (_, at) => Math.round(12_000 * Math.sin((2 * Math.PI * at) / 24)))

/** The loudest of the last milliseconds of a recording. */
const loudest = (samples: Int16Array, fromMs: number, toMs: number): number =>
  samples.subarray(fromMs * 24, toMs * 24).reduce((most, one) => Math.max(most, Math.abs(one)), 0)

describe('speech over the voice, at a virtual microphone and speaker', () => {
  let sound: Sound
  beforeEach(async () => {
    sound = createSound({ clock: systemClock, devices: { microphone: null, speaker: null } })
    await Promise.all([sound.speaker.open(), sound.microphone.open()])
    sound.speaker.floor?.listen(true)
  })
  afterEach(async () => {
    await Promise.all([sound.microphone.close(), sound.speaker.close()])
  })

  /** What is decided about words that are said 500 ms into a tone, and the recording of what was heard meanwhile. */
  async function sayOver(words: string) {
    const recording = await recordSpeaker()
    sound.speaker.play('a', tone(8_000))
    await within('500 ms to be played', reached(500))
    const decided = new Promise<string>((resolve) => sound.speaker.floor?.onDecided(resolve))
    // As the conversation answers it.
    const cut = decided.then((decision) => (decision === 'ended' ? sound.speaker.cut() : []))
    await speakIntoMicrophone(trimmed(await say(words)))
    const decision = await within('a decision', decided)
    const atMs = recording.recordedMs()
    await recording.reaches(atMs + 400)
    await recording.stop()
    return { decision, samples: recording.samples(), atMs, cut: await cut }
  }

  function reached(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const undo = sound.speaker.onPosition((at) => {
        if (at.playedMs < ms) return
        undo()
        resolve()
      })
    })
  }

  it('[A240] who speaks on is given the floor by the sound process alone, and what was played is told exactly', async () => {
    const { decision, samples, atMs, cut } = await sayOver('Wait a moment please, I want to say something else.')
    expect(decision).toBe('ended')
    expect(loudest(samples, atMs + 200, atMs + 400)).toBeLessThan(328)
    expect(Math.abs(heardMs(samples).length - (cut[0]?.playedMs ?? 0))).toBeLessThanOrEqual(30)
  })

  it('[A240] after a back-channel the voice is as loud as before', async () => {
    const { decision, samples, atMs } = await sayOver('yeah')
    expect(decision).toBe('kept')
    expect(loudest(samples, atMs + 200, atMs + 400)).toBeGreaterThan(11_000)
    const quiet = Array.from({ length: Math.floor(atMs / 20) }, (_, at) => loudest(samples, at * 20, at * 20 + 20))
    // Lowered at least, between loud moments.
    const first = quiet.findIndex((peak) => peak > 11_000)
    expect(Math.min(...quiet.slice(first, -3))).toBeLessThan(6_000)
  })
})
