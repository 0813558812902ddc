import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBackChannel, mayBecomeBackChannel } from '../../../src/core/turn/back-channel.ts'
import {
  interruptionRules,
  isInDoubt,
  noInterruption,
  stepInterruption,
  type InterruptionEffect,
  type InterruptionEvent,
} from '../../../src/core/turn/interruption.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 2_000)
const hopMs = 16

/** A machine with its clock; every effect with its time. */
function machine(rule: 'off' | 'usual' | 'strict' = 'usual') {
  let state = noInterruption
  let nowMs = 0
  const log: { effect: InterruptionEffect; atMs: number }[] = []
  const tell = (event: InterruptionEvent): void => {
    const [next, effects] = stepInterruption(state, event, nowMs)
    state = next
    for (const effect of effects) log.push({ effect, atMs: nowMs })
  }
  tell({ type: 'rule', rule })
  tell({ type: 'voice', on: true })
  const sound = (ms: number, speech: number): void => {
    for (let at = 0; at < ms; at += hopMs) {
      nowMs += hopMs
      tell({ type: 'sound', speech, ms: hopMs })
    }
  }
  return { tell, sound, log, effects: () => log.map(({ effect }) => effect), state: () => state, now: () => nowMs }
}

describe('an interruption of the voice', () => {
  it('[A230] lowers the voice with the first moment of speech, silences it after a quarter of a second and ends it when it goes on', () => {
    const one = machine()
    one.sound(400, 0.05)
    one.sound(1_000, 0.9)
    expect(one.effects()).toEqual(['duck', 'hold', 'end'])
    const [duck, hold, end] = one.log.map(({ atMs }) => atMs - 400)
    expect(duck).toBeLessThanOrEqual(hopMs)
    expect(hold).toBeLessThanOrEqual(250)
    expect(end).toBeLessThanOrEqual(740)
  })

  it('[A231] brings the voice back when short speech ends, within 300 ms', () => {
    for (const ms of [32, 160, 320, 640]) {
      const one = machine()
      one.sound(ms, 0.9)
      const overMs = one.now()
      one.sound(600, 0.02)
      expect(one.effects().at(-1)).toBe('resume')
      expect(one.effects()).not.toContain('end')
      expect(one.log.at(-1)!.atMs - overMs).toBeLessThanOrEqual(200)
      expect(isInDoubt(one.state())).toBe(false)
    }
  })

  it('[A231] several of them soon after one another are somebody who speaks', () => {
    const one = machine()
    for (let burst = 0; burst < 3; burst++) {
      one.sound(320, 0.9)
      one.sound(240, 0.02)
    }
    expect(one.effects()).toContain('end')
    const apart = machine()
    for (let burst = 0; burst < 3; burst++) {
      apart.sound(320, 0.9)
      apart.sound(1_500, 0.02)
    }
    expect(apart.effects()).not.toContain('end')
  })

  it('[A232] the service’s word silences the voice at once; who is not heard here lets it come back', () => {
    const one = machine()
    one.sound(100, 0.02)
    one.tell({ type: 'service' })
    expect(one.effects()).toEqual(['hold'])
    one.sound(interruptionRules.serviceAloneMs + 2 * hopMs, 0.02)
    expect(one.effects()).toEqual(['hold', 'resume'])
  })

  it('[A232] where nobody judges, the service’s word ends it', () => {
    const one = machine('off')
    one.sound(300, 1)
    expect(one.effects()).toEqual([])
    one.tell({ type: 'service' })
    expect(one.effects()).toEqual(['end'])
  })

  it('[A232] its late word about what was judged here changes nothing', () => {
    const one = machine()
    one.sound(200, 0.9)
    one.sound(400, 0.02)
    one.tell({ type: 'service' })
    expect(one.effects()).toEqual(['duck', 'resume'])
  })

  it('[A232] words that are no back-channel end what is in doubt', () => {
    const one = machine()
    one.sound(200, 0.9)
    one.tell({ type: 'words' })
    expect(one.effects()).toEqual(['duck', 'end'])
  })

  it('[A233] the key lowers what sounds while it is down, and key, click and typing end it', () => {
    const one = machine('off')
    one.tell({ type: 'key', down: true })
    one.tell({ type: 'key', down: true })
    one.tell({ type: 'key', down: false })
    expect(one.effects()).toEqual(['duck', 'resume'])
    one.tell({ type: 'stop' })
    expect(one.effects().at(-1)).toBe('end')
  })

  it('[A234] the stricter rule asks for clearer and longer speech', () => {
    const unclear = machine('strict')
    unclear.sound(2_000, 0.7)
    expect(unclear.effects()).toEqual([])
    const one = machine('strict')
    one.sound(900, 0.95)
    expect(one.effects()).toEqual(['duck', 'hold'])
    one.sound(300, 0.95)
    expect(one.effects()).toEqual(['duck', 'hold', 'end'])
  })

  it('[A235] whatever happens, the voice is never left in doubt, and each effect fits the one before', () => {
    const event: fc.Arbitrary<InterruptionEvent> = fc.oneof(
      {
        weight: 12,
        arbitrary: fc.record({
          type: fc.constant('sound' as const),
          speech: fc.double({ min: 0, max: 1, noNaN: true }),
          ms: fc.constant(hopMs),
        }),
      },
      fc.constantFrom<InterruptionEvent>(
        { type: 'service' },
        { type: 'words' },
        { type: 'stop' },
        { type: 'key', down: true },
        { type: 'key', down: false },
        { type: 'voice', on: true },
        { type: 'voice', on: false },
        { type: 'rule', rule: 'usual' },
        { type: 'rule', rule: 'strict' },
        { type: 'rule', rule: 'off' },
        { type: 'tick' },
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(60)), { maxLength: 120 }), (walk) => {
        let [state, nowMs] = [noInterruption, 0]
        let heard: 'loud' | 'quiet' | 'silent' = 'loud'
        const perform = (event: InterruptionEvent): void => {
          const [next, effects] = stepInterruption(state, event, nowMs)
          for (const effect of effects) {
            // What is said twice would be heard as nothing, but hides a mistake.
            expect([heard, effect]).not.toEqual(['silent', 'hold'])
            expect([heard, effect]).not.toEqual(['loud', 'resume'])
            heard = { duck: 'quiet', hold: 'silent', resume: 'loud', end: next.isKeyDown ? heard : 'loud' }[
              effect
            ] as typeof heard
            if (effect === 'end' && next.isKeyDown) heard = 'quiet'
          }
          state = next
          if (!isInDoubt(state)) expect(heard).toBe(state.isKeyDown ? 'quiet' : 'loud')
          else expect(heard).not.toBe('loud')
          if (state.rule === 'off') expect(isInDoubt(state)).toBe(false)
        }
        for (const [event, ms] of walk) {
          nowMs += ms
          perform(event)
        }
        // Nobody speaks any more, and nothing is heard of the microphone either.
        nowMs += interruptionRules.serviceAloneMs
        perform({ type: 'tick' })
        expect(isInDoubt(state)).toBe(false)
      }),
      { numRuns: runs },
    )
  })
})

describe('a back-channel', () => {
  it('[A236] is told from words that want something, in the languages of the window', () => {
    for (const said of [
      'Mm-hm.',
      'Yeah.',
      'uh huh',
      'Okay, okay.',
      'I see',
      'Right, right, yeah!',
      'Genau.',
      'Ach so, ja',
      'Sí, claro.',
      '',
      '…',
    ])
      expect([said, isBackChannel(said)]).toEqual([said, true])
    for (const said of [
      'Stop',
      'Wait.',
      'No',
      'yes but why',
      'okay stop',
      'What?',
      'Halt',
      'Nein',
      'para',
      'I see no reason',
    ])
      expect([said, isBackChannel(said)]).toEqual([said, false])
    expect(mayBecomeBackChannel('I')).toBe(true)
    expect(mayBecomeBackChannel('I want')).toBe(false)
  })
})
