import { beforeAll, describe, expect, it } from 'vitest'
import { createFramer } from '../../../src/core/audio/framer.ts'
import type { InterruptionEffect } from '../../../src/core/turn/interruption.ts'
import { createInterruptions, type FloorDecision } from '../../../src/main/audio/interruptions.ts'
import { loadVoiceDetector, type VoiceDetector } from '../../../src/main/audio/voice-detector.ts'
import { modelsFolder } from '../../../src/main/folders.ts'
import { inRoom, interruptionsOf, roomOf, type Interrupting } from '../../support/interrupting-sounds.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 0)
const inLongForm = runs > 0
const withinMs = 600_000

let detector: VoiceDetector
beforeAll(async () => {
  detector = await loadVoiceDetector(modelsFolder)
})

/** The very detector and decision over the sound, by a clock that its samples move, while the voice speaks. */
async function overVoice(samples: Int16Array, isHalfDuplex = false) {
  const happened: { what: FloorDecision | InterruptionEffect; atMs: number }[] = []
  let nowMs = 0
  const note = (what: FloorDecision | InterruptionEffect): void => void happened.push({ what, atMs: nowMs })
  let able = false
  const interruptions = createInterruptions({
    playout: { hold: () => note('hold'), release: () => note('resume'), isSounding: () => true },
    loudness: { setDucked: (ducked) => ducked && note('duck') },
    nowMs: () => nowMs,
    loadDetector: () => Promise.resolve(detector),
    onDecided: note,
    onAble: (now) => (able = now),
  })
  interruptions.setHalfDuplex(isHalfDuplex)
  interruptions.listen(true)
  await Promise.resolve().then(() => undefined)
  await new Promise((resolve) => setImmediate(resolve))
  expect(able).toBe(true)
  interruptions.moved()
  for (const frame of createFramer().push(samples)) {
    nowMs += 20
    await interruptions.hear(frame)
    interruptions.moved()
  }
  return happened
}

async function ended(sounds: readonly Interrupting[]): Promise<string[]> {
  const which: string[] = []
  for (const { what, samples } of sounds) {
    const happened = await overVoice(inRoom(samples))
    if (happened.some((one) => one.what === 'ended')) which.push(what)
  }
  return which
}

describe('interruptions through the real detector', () => {
  it(
    '[A237] coughs, throats, laughter, keys and back-channels do not end the answer',
    async () => {
      const sounds = await roomOf(inLongForm ? 200 : 15)
      const wrong = await ended(sounds)
      if (inLongForm) console.log(`ended by ${wrong.length} of ${sounds.length}: ${wrong.join(', ')}`)
      expect(wrong.length, wrong.join(', ')).toBeLessThanOrEqual(sounds.length * 0.1)
    },
    withinMs,
  )

  it(
    '[A237] who speaks on ends it',
    async () => {
      const sounds = await interruptionsOf(inLongForm ? 100 : 8)
      const right = await ended(sounds)
      const missed = sounds.filter(({ what }) => !right.includes(what)).map(({ what }) => what)
      if (inLongForm)
        console.log(`ended by ${sounds.length - missed.length} of ${sounds.length}; not by ${missed.join(', ')}`)
      expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(sounds.length * 0.05)
    },
    withinMs,
  )

  it('[A238] the voice is lowered within 60 ms of the first voiced sample and silent within 300, and is back within 260 ms of its end', async () => {
    const [speech] = await interruptionsOf(1)
    const happened = await overVoice(inRoom(speech!.samples))
    const at = (what: string): number => happened.find((one) => one.what === what)!.atMs - 600
    expect(at('duck')).toBeLessThanOrEqual(60)
    expect(at('hold')).toBeLessThanOrEqual(300)
    expect(at('ended')).toBeGreaterThan(at('hold'))

    const sounds = await roomOf(5)
    const back = sounds.at(-1)!.samples
    const short = await overVoice(inRoom(back))
    expect(short.at(-1)!.what).toBe('kept')
    expect(short.at(-1)!.atMs - 600 - back.length / 24).toBeLessThanOrEqual(260)
  })

  it('[A234] where the microphone hears the voice itself, who speaks on still ends it, later', async () => {
    const [speech] = await interruptionsOf(1)
    const endsMs = (happened: Awaited<ReturnType<typeof overVoice>>): number =>
      happened.find(({ what }) => what === 'ended')!.atMs
    const [usual, strict] = [await overVoice(inRoom(speech!.samples)), await overVoice(inRoom(speech!.samples), true)]
    expect(endsMs(strict)).toBeGreaterThan(endsMs(usual) + 200)
  })

  it('[A239] without its model nobody judges, and the service’s word ends the voice', async () => {
    const decided: FloorDecision[] = []
    let able = true
    const interruptions = createInterruptions({
      playout: { hold: () => undefined, release: () => undefined, isSounding: () => true },
      loudness: { setDucked: () => undefined },
      nowMs: () => 0,
      loadDetector: () => Promise.reject(new Error('missing')),
      onDecided: (decision) => decided.push(decision),
      onAble: (now) => (able = now),
    })
    interruptions.listen(true)
    await new Promise((resolve) => setImmediate(resolve))
    interruptions.moved()
    await interruptions.hear(new Int16Array(480))
    expect(able).toBe(false)
    interruptions.tell({ type: 'service' })
    expect(decided).toEqual(['ended'])
  })
})
