import { beforeAll, describe, expect, it } from 'vitest'
import { frameSamples, levelDbfs } from '../../../src/core/audio/pcm.ts'
import type { EchoView } from '../../../src/core/audio/echo-view.ts'
import { loadCanceller, type OpenCanceller } from '../../../src/main/audio/canceller.ts'
import { createCleaner } from '../../../src/main/audio/cleaner.ts'
import { farSpeech, nearFromSamples, nearSpeech, runCell } from '../../support/echo-table.ts'
import { echoOf } from '../../support/room.ts'

const isLong = process.env['PARLEY_RUNS'] !== undefined
const rooms = isLong
  ? [40, 80, 120, 250].flatMap((delayMs) => [-6, -12, -20].map((echoDb) => ({ delayMs, echoDb })))
  : [
      { delayMs: 40, echoDb: -6 },
      { delayMs: 80, echoDb: -12 },
      { delayMs: 250, echoDb: -20 },
    ]

let far: Int16Array
let near: Int16Array
beforeAll(async () => {
  ;[far, near] = await Promise.all([farSpeech(), nearSpeech()])
})

/** Speaks for so long into a room, as the host does it: each frame is told before it is played. */
function live(load: () => OpenCanceller, echo: (far: Int16Array) => Int16Array, speaker = 'computed') {
  const views: EchoView[] = []
  const cleaner = createCleaner({ load, onView: (view) => views.push(view) })
  cleaner.speaker(speaker)
  const captured = echo(far)
  const sent: Int16Array[] = []
  for (let at = 0; at + frameSamples <= captured.length; at += frameSamples) {
    cleaner.played(far.subarray(at, at + frameSamples))
    sent.push(...cleaner.heard(captured.subarray(at, at + frameSamples)).sent)
  }
  return { cleaner, views, sent, captured }
}

/** A canceller that cancels nothing, as one whose delay is beyond it. */
const useless: OpenCanceller = () => ({
  played: () => undefined,
  clean: () => undefined,
  setDelay: () => undefined,
  close: () => undefined,
})
const broken = (): OpenCanceller => {
  throw new Error('no such library')
}

describe('cleaner', () => {
  it('[A200] the voice is 20 dB quieter in the microphone after two seconds, at every delay and loudness', () => {
    const erles = rooms.map((room) => runCell(far, null, room).erleDb)
    for (const erleDb of erles) expect(erleDb).toBeGreaterThanOrEqual(20)
    expect([...erles].sort((one, other) => one - other)[Math.floor(erles.length / 2)]).toBeGreaterThanOrEqual(30)
  })

  it('[A200] what is said over the voice comes through, and the voice stays out after it', () => {
    const cells = rooms.filter(({ echoDb }) => echoDb === -12).map((room) => runCell(far, near, room))
    for (const { erleDb, kept } of cells) {
      expect(erleDb).toBeGreaterThanOrEqual(20)
      expect(kept).toBeGreaterThanOrEqual(0.7)
    }
  })

  it('[A200] without cancellation all of it is there: what the figures above are worth', () => {
    const { erleDb } = runCell(far, null, { delayMs: 80, echoDb: -12 }, { echo: 'off', noise: false })
    expect(Math.abs(erleDb)).toBeLessThan(1)
  })

  it('[A201] the delay and the loss are measured, and told', () => {
    const { cleaner } = runCell(far, null, { delayMs: 120, echoDb: -12 })
    const { mode, erleDb, delayMs } = cleaner.view()
    expect(mode).toEqual({ type: 'cancelling' })
    expect(erleDb).toBeGreaterThan(20)
    expect(delayMs).toBeGreaterThanOrEqual(100)
    expect(delayMs).toBeLessThanOrEqual(150)
  })

  it('[A202] a canceller that leaves the voice in closes the microphone while it speaks', () => {
    const { views, sent, cleaner } = live(
      () => useless,
      (voice) => echoOf(voice, { delayMs: 80, echoDb: -12 }),
    )
    expect(views.at(-1)?.mode).toEqual({ type: 'half-duplex', why: 'leak' })
    expect(cleaner.isHalfDuplex()).toBe(true)
    for (const frame of sent.slice(-100)) expect(levelDbfs(frame)).toBeLessThan(-90)
  })

  it('[A202] whoever speaks up is heard all the same, from the first syllable', () => {
    const loud = near.map((sample) => Math.max(-32_768, Math.min(32_767, sample * 2)))
    const { sent } = live(broken, (voice) => {
      const captured = echoOf(voice, { delayMs: 80, echoDb: -30 })
      for (const [at, sample] of loud.entries()) captured[nearFromSamples + at] = sample
      return captured
    })
    const heard = sent.slice(nearFromSamples / frameSamples).filter((frame) => levelDbfs(frame) > -40)
    expect(heard.length).toBeGreaterThan((loud.length / frameSamples) * 0.4)
  })

  it('[A203] a library that does not load is told, and the microphone closes instead', () => {
    const { views, sent } = live(broken, (voice) => echoOf(voice, { delayMs: 80, echoDb: -12 }))
    expect(views[0]?.mode).toEqual({ type: 'half-duplex', why: 'no-library' })
    const leaked = sent.slice(10).filter((frame) => levelDbfs(frame) > -50)
    expect(leaked.length).toBe(0)
  })

  it('[A203] one that fails on the way is given up for good', () => {
    let calls = 0
    const failing: OpenCanceller = (parts) => ({
      ...useless(parts),
      clean() {
        calls += 1
        throw new Error('gone')
      },
    })
    const { views } = live(
      () => failing,
      (voice) => echoOf(voice, { delayMs: 80, echoDb: -12 }),
    )
    expect(calls).toBe(1)
    expect(views.at(-1)?.mode).toEqual({ type: 'half-duplex', why: 'no-library' })
  })

  it('[A204] headphones by their name, and by their silence, need no cancellation', () => {
    const byName = live(loadCanceller, (voice) => echoOf(voice, { delayMs: 80, echoDb: -90 }), 'Anna’s AirPods')
    expect(byName.views.at(-1)?.mode).toEqual({ type: 'off', why: 'headphones' })
    const bySilence = live(loadCanceller, (voice) => echoOf(voice, { delayMs: 80, echoDb: -90 }))
    expect(bySilence.views.at(-1)?.mode).toEqual({ type: 'off', why: 'no-echo' })
    bySilence.cleaner.speaker('the loudspeaker')
    expect(bySilence.cleaner.view().mode).toEqual({ type: 'cancelling' })
  })

  it('[A200] a length that would end the process is refused before it gets there', () => {
    const canceller = loadCanceller()({ echo: true, noise: true })
    expect(() => canceller.clean(new Int16Array(100))).toThrow(RangeError)
    canceller.close()
  })
})
