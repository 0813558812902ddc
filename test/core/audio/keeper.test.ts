import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SoundDevice } from '../../../src/core/audio/device-choice.ts'
import {
  keeperRules,
  noSoundWanted,
  restartAfterMs,
  stepKeeper,
  type KeeperEffect,
  type KeeperEvent,
  type KeeperState,
} from '../../../src/core/audio/keeper.ts'

const device: SoundDevice = {
  id: 0,
  name: 'headset',
  inputChannels: 1,
  outputChannels: 2,
  rateHz: 48_000,
  isDefaultInput: true,
  isDefaultOutput: true,
}

let state: KeeperState
let nowMs: number
beforeEach(() => {
  state = noSoundWanted
  nowMs = 1_000
})

/** What was done, in short: `open microphone`, `kill`, `trouble speaker`. */
function tell(event: KeeperEvent): string[] {
  const [next, ...effects] = stepKeeper(state, event, nowMs)
  state = next
  return effects.map((effect: KeeperEffect) => ('part' in effect ? `${effect.type} ${effect.part}` : effect.type))
}

/** Lets time pass in ticks. `signs` are the parts that work meanwhile. */
function pass(ms: number, ...signs: ('microphone' | 'speaker')[]): string[] {
  const effects: string[] = []
  for (const untilMs = nowMs + ms; nowMs < untilMs;) {
    nowMs += keeperRules.tickMs
    for (const part of signs) effects.push(...tell({ type: 'sign', part }))
    effects.push(...tell({ type: 'tick' }))
  }
  return effects
}

function bothWork(): void {
  tell({ type: 'wanted', part: 'microphone' })
  tell({ type: 'wanted', part: 'speaker' })
  tell({ type: 'sign', part: 'microphone' })
  tell({ type: 'sign', part: 'speaker' })
}

describe('keeper of the sound process', () => {
  it('[A11] starts one process for both parts and tells each when it works', () => {
    expect(tell({ type: 'wanted', part: 'speaker' })).toEqual(['start', 'open speaker'])
    expect(tell({ type: 'wanted', part: 'microphone' })).toEqual(['open microphone'])
    expect(tell({ type: 'sign', part: 'speaker' })).toEqual(['opened speaker'])
    expect(tell({ type: 'sign', part: 'speaker' })).toEqual([])
    expect(pass(2_000, 'speaker')).toEqual([])
  })

  it('[A11] replaces a process that dies at once, with both parts', () => {
    bothWork()
    expect(tell({ type: 'died', how: 'SIGSEGV' })).toEqual([
      'kill',
      'start',
      'open microphone',
      'open speaker',
      'trouble process',
    ])
  })

  it.each(['microphone', 'speaker'] as const)(
    '[A11] replaces it when the %s gives no sign for half a second',
    (part) => {
      bothWork()
      const other = part === 'microphone' ? 'speaker' : 'microphone'
      expect(pass(500, other)).toEqual([])
      const replaced = ['kill', 'start', 'open microphone', 'open speaker', `trouble ${part}`]
      expect(pass(100, other)).toEqual(replaced)
    },
  )

  it('[A11] does not take its own standstill for that of the process', () => {
    bothWork()
    nowMs += 60_000
    expect(tell({ type: 'tick' })).toEqual([])
    expect(pass(400)).toEqual([])
    expect(pass(100)).toContain('kill')
  })

  it('[A290] three deaths within five minutes are made good at once, then longer is waited each time', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map(restartAfterMs)).toEqual([0, 0, 0, 1_000, 2_000, 5_000, 5_000])
    bothWork()
    for (let death = 1; death <= 3; death++) {
      expect(tell({ type: 'died', how: 'code 1' })).toContain('start')
      pass(60_000, 'microphone', 'speaker')
    }
    expect(tell({ type: 'died', how: 'code 1' })).toEqual(['kill', 'trouble process'])
    expect(pass(900)).toEqual([])
    expect(pass(100)).toEqual(['start', 'open microphone', 'open speaker'])
    expect(pass(200_000, 'microphone', 'speaker')).toEqual(['opened microphone', 'opened speaker'])
    // Of the four before it the first two are more than five minutes ago.
    expect(tell({ type: 'died', how: 'code 1' })).toContain('start')
  })

  it('[A11] gives up after many deaths in a row, and forgets them when it was stable', () => {
    bothWork()
    for (let death = 1; death <= keeperRules.mostFailures; death++) {
      expect(tell({ type: 'died', how: 'code 1' })).toContain('trouble process')
      pass(restartAfterMs(death) + 100)
      expect(state.process.type).toBe('running')
    }
    expect(tell({ type: 'died', how: 'code 1' })).toEqual(['kill', 'trouble process'])
    expect(state).toEqual(noSoundWanted)

    bothWork()
    for (let death = 1; death <= 3 * keeperRules.mostFailures; death++) {
      pass(keeperRules.stableAfterMs + 200, 'microphone', 'speaker')
      tell({ type: 'died', how: 'code 1' })
      pass(restartAfterMs(death) + 100)
      expect(state.process.type).toBe('running')
    }
  })

  it('[A290] losses between which devices were changed are not in a row', () => {
    bothWork()
    for (let death = 1; death <= 2 * keeperRules.mostFailures; death++) {
      tell({ type: 'died', how: 'code 1' })
      pass(restartAfterMs(death) + 100)
      tell({ type: 'chosen' })
      expect(state.process.type).toBe('running')
    }
  })

  it('[A12] whoever opens the first time is told that there is no device', () => {
    tell({ type: 'wanted', part: 'microphone' })
    const effects = tell({ type: 'refused', part: 'microphone', kind: 'no-device', message: 'none' })
    expect(effects).toEqual(['kill', 'failed microphone'])
    expect(state).toEqual(noSoundWanted)
  })

  it('[A12] a device that is gone is told once and looked for without disturbing the other part', () => {
    bothWork()
    tell({ type: 'died', how: 'SIGKILL' })
    tell({ type: 'sign', part: 'speaker' })
    const refusal: KeeperEvent = { type: 'refused', part: 'microphone', kind: 'no-device', message: 'none' }
    expect(tell(refusal)).toEqual(['trouble microphone'])
    const looked = pass(30_000, 'speaker')
    expect(new Set(looked)).toEqual(new Set(['probe']))
    expect(looked.length).toBeGreaterThan(4)
    expect(tell({ type: 'probed', devices: [{ ...device, inputChannels: 0 }] })).toEqual([])
    expect(tell({ type: 'probed', devices: [device] })).toEqual(['kill', 'start', 'open microphone', 'open speaker'])
    expect(tell({ type: 'sign', part: 'microphone' })).toEqual(['opened microphone'])
  })

  it('[A12] a device that somebody else holds is tried again in the same process', () => {
    bothWork()
    tell({ type: 'died', how: 'SIGKILL' })
    tell({ type: 'sign', part: 'speaker' })
    tell({ type: 'refused', part: 'microphone', kind: 'device-refused', message: 'busy' })
    expect(pass(1_100, 'speaker')).toEqual(['open microphone'])
  })

  it('[A11] a device that does not open within ten seconds is tried again in a new process', () => {
    tell({ type: 'wanted', part: 'microphone' })
    expect(pass(10_000)).toEqual([])
    expect(pass(100)).toEqual(['kill', 'start', 'open microphone', 'trouble microphone'])
  })

  it('[A344] a device that was pulled out between its opening and its first sample is given up after three seconds', () => {
    tell({ type: 'wanted', part: 'microphone' })
    pass(1_000)
    tell({ type: 'taken', part: 'microphone' })
    expect(pass(3_000)).toEqual([])
    expect(pass(100)).toEqual(['kill', 'start', 'open microphone', 'trouble microphone'])
  })

  it('[A344] an hour of sleep while a device opens is no time that it took', () => {
    tell({ type: 'wanted', part: 'microphone' })
    pass(1_000)
    nowMs += 3_600_000
    expect(pass(8_000)).toEqual([])
    expect(tell({ type: 'sign', part: 'microphone' })).toEqual(['opened microphone'])
  })

  it('[A11] a part that is being closed is not watched, and the last one ends the process', () => {
    bothWork()
    tell({ type: 'unwanted', part: 'microphone' })
    expect(pass(2_000, 'speaker')).toEqual([])
    expect(tell({ type: 'let-go', hung: false })).toEqual([])
    tell({ type: 'unwanted', part: 'speaker' })
    expect(tell({ type: 'let-go', hung: false })).toEqual(['kill'])
    expect(state).toEqual(noSoundWanted)
  })

  it('[A11] one that hangs while a part is closed is replaced for the other', () => {
    bothWork()
    tell({ type: 'unwanted', part: 'microphone' })
    expect(tell({ type: 'let-go', hung: true })).toEqual(['kill', 'start', 'open speaker'])
    tell({ type: 'unwanted', part: 'speaker' })
    expect(tell({ type: 'died', how: 'SIGKILL' })).toEqual(['kill'])
  })

  it('[A11] whatever happens, there is one process when sound is wanted and none when it is not', () => {
    const part = fc.constantFrom('microphone' as const, 'speaker' as const)
    const event = fc.oneof(
      part.map((of): KeeperEvent => ({ type: 'wanted', part: of })),
      part.map((of): KeeperEvent => ({ type: 'unwanted', part: of })),
      part.map((of): KeeperEvent => ({ type: 'taken', part: of })),
      part.map((of): KeeperEvent => ({ type: 'sign', part: of })),
      part.map((of): KeeperEvent => ({ type: 'refused', part: of, kind: 'no-device', message: '' })),
      fc.boolean().map((hung): KeeperEvent => ({ type: 'let-go', hung })),
      fc.constantFrom<KeeperEvent>(
        { type: 'died', how: '' },
        { type: 'probed', devices: [device] },
        { type: 'chosen' },
        { type: 'tick' },
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(12_000)), { maxLength: 60 }), (happened) => {
        state = noSoundWanted
        let running = 0
        const perform = (effects: string[]): void => {
          for (const effect of effects) {
            if (effect === 'kill') running = 0
            if (effect === 'start') running += 1
            expect(running).toBeLessThanOrEqual(1)
          }
        }
        for (const [one, laterMs] of happened) {
          nowMs += laterMs
          if (one.type === 'died' && running === 0) continue
          perform(tell(one))
          expect(running).toBe(state.process.type === 'running' ? 1 : 0)
        }
        for (const of of ['microphone', 'speaker'] as const) tell({ type: 'unwanted', part: of })
        perform(tell({ type: 'let-go', hung: false }))
        expect(running).toBe(0)
      }),
    )
  })
})
