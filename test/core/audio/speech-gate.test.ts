import { describe, expect, it } from 'vitest'
import { createSpeechGate, speechGateRules, type SpeechGate } from '../../../src/core/audio/speech-gate.ts'

/** Frames by number; the moments of 32 ms that belong to them are told before the frame with which they are complete. */
function drive(gate: SpeechGate) {
  const sent: (number | 'silence')[] = []
  let frames = 0
  let moments = 0
  const note = (given: Int16Array[]): void =>
    void sent.push(...given.map(([first = 0]) => (first === 0 ? 'silence' : first)))
  return {
    sent,
    /** For so long every moment is speech by that probability; null: nobody says so. */
    hear(ms: number, speech: number | null) {
      const before = sent.length
      for (const end = frames + ms / 20; frames < end;) {
        frames++
        for (; speech !== null && (moments + 1) * 32 <= frames * 20; moments++) note(gate.judged([speech]))
        if (speech === null) moments = Math.floor((frames * 20) / 32)
        note(gate.pass(new Int16Array(480).fill(frames)))
      }
      return sent.slice(before)
    },
    frames: () => frames,
  }
}

function open() {
  const gate = createSpeechGate()
  gate.choose(true)
  return { gate, ...drive(gate) }
}

const frames = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('the gate before the line', () => {
  it('[A260] sends nothing while nobody speaks', () => {
    const { gate, hear } = open()
    expect(hear(60_000, 0.05)).toEqual([])
    expect(gate.sending()).toBe('nothing')
    expect(gate.counts()).toEqual({ sentMs: 0, keptMs: 60_000 })
  })

  it('[A260] a moment that rings like a voice opens nothing', () => {
    const { hear } = open()
    hear(2_000, 0)
    for (let beat = 0; beat < 20; beat++) expect([...hear(60, 0.9), ...hear(500, 0.02)]).toEqual([])
  })

  it('[A261] sends a voice from half a second before its first sign, without a gap and every frame once', () => {
    const { gate, hear, sent, frames: heard } = open()
    hear(3_040, 0.02)
    const first = heard() + 1
    hear(200, 0.15)
    hear(2_000, 0.95)
    expect(gate.sending()).toBe('speech')
    const begin = sent[0] as number
    expect(sent).toEqual(frames(begin, heard()))
    expect((first - begin) * 20).toBeGreaterThanOrEqual(500)
    expect((first - begin) * 20).toBeLessThanOrEqual(500 + 60 + 160)
  })

  it('[A261] leaves out a multiple of 160 ms, so that a service sees the sound in the steps in which it would have seen all of it', () => {
    for (let later = 0; later < 8; later++) {
      const { gate, hear } = open()
      hear(3_000 + later * 20, 0.02)
      hear(640, 0.95)
      expect(gate.counts().keptMs % 160).toBe(0)
      expect(gate.counts().sentMs).toBeGreaterThan(0)
    }
  })

  it('[A262] stays open until the service has taken the turn, and 400 ms of silence', () => {
    const { gate, hear } = open()
    hear(2_000, 0)
    hear(2_000, 0.95)
    gate.serviceHears(true)
    expect(hear(1_000, 0)).toHaveLength(50)
    gate.serviceHears(false)
    gate.taken()
    expect(hear(2_000, 0).length).toBeLessThanOrEqual(1)
    expect(gate.sending()).toBe('nothing')
  })

  it('[A262] who goes on to speak behind a turn that was taken goes on to be sent', () => {
    const { gate, hear } = open()
    hear(2_000, 0)
    hear(2_000, 0.95)
    gate.taken()
    hear(300, 0)
    expect(hear(1_000, 0.95)).toHaveLength(50)
    expect(hear(7_000, 0)).toHaveLength(350)
    gate.taken()
    hear(20, 0)
    expect(hear(1_000, 0)).toEqual([])
  })

  it('[A262] without a turn it closes after eight seconds of silence', () => {
    const { hear } = open()
    hear(2_000, 0)
    hear(2_000, 0.95)
    const after = hear(20_000, 0)
    expect(Math.abs(after.length - speechGateRules.silentMs / 20)).toBeLessThanOrEqual(2)
    expect(hear(60_000, 0)).toEqual([])
  })

  it('[A262] a turn that the service does not end is given digital silence, and an end all the same', () => {
    const { gate, hear } = open()
    hear(2_000, 0)
    hear(2_000, 0.95)
    gate.serviceHears(true)
    const after = hear(60_000, 0)
    expect(after.slice(0, 490)).not.toContain('silence')
    expect(after.slice(510).every((frame) => frame === 'silence')).toBe(true)
    expect(Math.abs(after.length - speechGateRules.endlessMs / 20)).toBeLessThanOrEqual(2)
  })

  it('[A263] where it is not asked everything passes at once, and what was kept back is not sent later', () => {
    const { gate, hear, frames: heard } = open()
    hear(1_000, 0)
    gate.choose(false)
    expect(gate.sending()).toBe('all')
    expect(hear(1_000, 0)).toEqual(frames(51, heard()))
  })

  it('[A264] where nobody judges everything is sent, from the first frame on', () => {
    const { gate, hear } = open()
    expect(hear(1_000, null)).toEqual([])
    expect(gate.judged(null).map((frame) => frame[0])).toEqual(frames(1, 50))
    expect(gate.sending()).toBe('unjudged')
    expect(hear(1_000, null)).toEqual(frames(51, 100))
  })

  it('[A264] a judge that falls silent holds nothing back for longer than two seconds, and is heard again when it is back', () => {
    const { gate, hear, sent, frames: heard } = open()
    hear(5_000, 0)
    hear(4_000, null)
    expect(gate.sending()).toBe('unjudged')
    expect(sent).toEqual(frames(sent[0] as number, heard()))
    expect(sent[0] as number).toBeLessThanOrEqual(250)
    hear(40, 0)
    const before = sent.length
    hear(4_000, 0)
    expect(sent).toHaveLength(before)
    expect(gate.sending()).toBe('nothing')
  })

  it('[A265] what was heard before a mute is not sent after it', () => {
    const { gate, hear, sent, frames: heard } = open()
    hear(1_000, 0.02)
    hear(60, 0.3)
    gate.forget()
    const from = heard() + 1
    hear(1_000, 0.95)
    expect(sent).toEqual(frames(from, heard()))
  })
})
