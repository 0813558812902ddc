import { beforeAll, describe, expect, it } from 'vitest'
import { frameMs, frameSamples, levelDbfs } from '../../../src/core/audio/pcm.ts'
import type { EchoView } from '../../../src/core/audio/echo-view.ts'
import { loadCanceller, type OpenCanceller } from '../../../src/main/audio/canceller.ts'
import { createCleaner } from '../../../src/main/audio/cleaner.ts'
import { openNoiseSuppression } from '../../../src/main/audio/noise-suppression.ts'
import { farSpeech, nearFromSamples, nearSpeech, runCell } from '../../support/echo-table.ts'
import { whiteNoise } from '../../support/noise.ts'
import { echoOf } from '../../support/room.ts'
import { joinAudio, silence } from '../../support/say.ts'

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
function live(
  load: () => OpenCanceller,
  echo: (far: Int16Array) => Int16Array,
  speaker = 'computed',
  voice: Int16Array = far,
) {
  const views: EchoView[] = []
  const cleaner = createCleaner({ load, onView: (view) => views.push(view) })
  cleaner.speaker(speaker)
  const captured = echo(voice)
  const sent: Int16Array[] = []
  for (let at = 0; at + frameSamples <= captured.length; at += frameSamples) {
    cleaner.played(voice.subarray(at, at + frameSamples))
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
      expect(kept).toBeGreaterThanOrEqual(0.78)
    }
  })

  it('[A340] noise is taken out of what is sent, and let through while the voice sounds, without a click between', () => {
    const fan = whiteNoise(8_000, -45)
    const voice = far.subarray(0, 3 * 24_000)
    const { sent } = live(
      loadCanceller,
      (played) => {
        const captured = echoOf(played, { delayMs: 80, echoDb: -20, noiseDbfs: -90 })
        return captured.map((sample, at) => sample + (fan[at] ?? 0))
      },
      'computed',
      joinAudio(silence(3_000), voice, silence(2_000)),
    )
    const level = (fromMs: number, untilMs: number): number =>
      levelDbfs(joinAudio(...sent.slice(fromMs / frameMs, untilMs / frameMs)))
    expect(level(2_000, 2_900)).toBeLessThan(-55)
    expect(level(7_200, 7_900)).toBeLessThan(-55)
    // The voice's first word, and the time after its last.
    expect(level(6_200, 6_500)).toBeGreaterThan(-50)
    const samples = joinAudio(...sent)
    const steps = samples.map((sample, at) => Math.abs(sample - (samples[at - 1] ?? 0)))
    const largest = (from: number, until: number): number =>
      steps.subarray(from * 24, until * 24).reduce((most, step) => Math.max(most, step), 0)
    expect(largest(6_650, 7_000)).toBeLessThanOrEqual(largest(6_200, 6_600) * 1.2)
  })

  it('[A340] both ways are as late as each other: what is heard at the change is heard once', () => {
    const suppression = openNoiseSuppression(loadCanceller())
    const quiet = openNoiseSuppression(loadCanceller())
    const [open, suppressed] = [near.slice(0, 96_000), near.slice(0, 96_000)].map((samples, which) =>
      joinAudio(
        ...Array.from({ length: 200 }, (_, at) =>
          (which === 0 ? suppression : quiet).pass(samples.subarray(at * 480, (at + 1) * 480), which === 0),
        ),
      ),
    ) as [Int16Array, Int16Array]
    const alike = (lag: number): number =>
      open.subarray(24_000, 90_000).reduce((sum, one, at) => sum + one * (suppressed[24_000 + at + lag] ?? 0), 0)
    const lags = Array.from({ length: 49 }, (_, at) => at - 24)
    const best = lags.reduce((one, other) => (alike(other) > alike(one) ? other : one), 0)
    expect(Math.abs(best)).toBeLessThanOrEqual(2)
    suppression.close()
    quiet.close()
  })

  it('[A341] who talks at length over the voice is not taken for its echo: the microphone stays open', () => {
    for (const room of rooms) {
      const { cleaner, closedFrames } = runCell(far, near, room)
      expect(cleaner.view().mode).toEqual({ type: 'cancelling' })
      expect(closedFrames).toBe(0)
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
