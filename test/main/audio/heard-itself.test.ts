import { beforeAll, describe, expect, it } from 'vitest'
import { loadVoiceDetector, type VoiceDetector } from '../../../src/main/audio/voice-detector.ts'
import { modelsFolder } from '../../../src/main/folders.ts'
import { hearItself, readAloud, type HeardItself } from '../../support/heard-itself.ts'

const minutes = Number(process.env['PARLEY_RUNS'] ?? 0.33)
const room = { delayMs: 80, echoDb: -12 }

let detector: VoiceDetector
beforeAll(async () => {
  detector = await loadVoiceDetector(modelsFolder)
})

const row = (what: string, { minutes: of, lowered, silenced, ended, closed }: HeardItself): string =>
  `${what}: ${of.toFixed(1)} minutes of speaking, ended ${ended}, silenced ${silenced}, lowered ${lowered} times; ` +
  `microphone closed ${(closed * 100).toFixed(0)} %`

describe('the voice on a loudspeaker', () => {
  it(
    '[A292] does not interrupt itself at −12 dB, and would without cancellation',
    async () => {
      const cleaned = await hearItself(readAloud(minutes), detector, room, { echo: 'on', noise: true })
      console.log(row('with cancellation', cleaned))
      const left = await hearItself(readAloud(minutes), detector, room, { echo: 'off', noise: false })
      console.log(row('without', left))
      expect(cleaned.ended).toBe(0)
      expect(cleaned.silenced).toBe(0)
      expect(left.ended).toBeGreaterThan(minutes)
    },
    60_000 + minutes * 60_000,
  )
})
