import { describe, expect, it } from 'vitest'
import { restInMs, restRules } from '../../../src/core/audio/rest.ts'
import { createAppSound, type AppSound } from '../../../src/main/app/sound.ts'
import { createStateBroadcast } from '../../../src/main/app/state-broadcast.ts'
import { noHealth } from '../../../src/core/health/window.ts'
import type { AppState, DeviceView, Notice } from '../../../src/core/ipc.ts'
import { createClockedSpeaker } from '../../support/clocked-speaker.ts'
import { createHeldMicrophone, createHeldSpeaker } from '../../support/held-devices.ts'
import { ramp } from '../../support/ramp.ts'
import { createStillClock } from '../../support/still-clock.ts'

function openSound({ listens = false } = {}) {
  const clock = createStillClock()
  const microphone = createHeldMicrophone()
  const speaker = createHeldSpeaker(clock)
  const silentSpeaker = createClockedSpeaker(clock)
  const sound = createAppSound({
    clock,
    microphone: microphone.microphone,
    speaker: speaker.speaker,
    silentSpeaker,
    listens: () => listens,
  })
  return { clock, microphone, speaker, sound }
}

/** Whatever has become due has been begun. */
const begun = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function becomes(sound: AppSound, part: 'microphone' | 'speaker', type: DeviceView['type']): Promise<void> {
  return new Promise((resolve) => {
    const undo = sound.on(part, (view) => {
      if (view.type !== type) return
      undo()
      resolve()
    })
  })
}

async function rested(one: ReturnType<typeof openSound>): Promise<void> {
  await one.sound.recover()
  const both = Promise.all([becomes(one.sound, 'microphone', 'resting'), becomes(one.sound, 'speaker', 'resting')])
  one.clock.pass(restRules.microphoneMs)
  await both
}

describe('devices that rest', () => {
  it('[A15] nobody presses for a minute and nothing plays for half of one: both devices are closed', async () => {
    const { clock, microphone, speaker, sound } = openSound()
    await sound.recover()
    const quiet = becomes(sound, 'speaker', 'resting')
    clock.pass(restRules.speakerMs - 1)
    expect([microphone.asked, speaker.asked]).toEqual([['open'], ['open']])
    clock.pass(1)
    await quiet
    expect(speaker.asked).toEqual(['open', 'close'])
    clock.pass(restRules.microphoneMs - restRules.speakerMs - 1)
    expect(microphone.asked).toEqual(['open'])
    const deaf = becomes(sound, 'microphone', 'resting')
    clock.pass(1)
    await deaf
    expect(microphone.asked).toEqual(['open', 'close'])
    expect(sound.isAwake()).toBe(false)
    expect(clock.waiting()).toBe(0)
  })

  it('[A15] each press puts the rest off by its whole time, and so does each answer', async () => {
    const { clock, microphone, speaker, sound } = openSound()
    await sound.recover()
    for (let at = 0; at < 10; at++) {
      clock.pass(20_000)
      await begun()
      sound.rouse()
    }
    clock.pass(20_000)
    sound.speaker.play('a', ramp(0, 2_400))
    sound.speaker.finish('a')
    clock.pass(20_000)
    await begun()
    expect([microphone.asked, speaker.asked]).toEqual([['open'], ['open']])
  })

  it('[A15] while it plays the speaker stays open, however long an answer is', async () => {
    const { clock, speaker, sound } = openSound()
    await sound.recover()
    sound.speaker.play('a', ramp(0, 24_000 * 90))
    sound.speaker.finish('a')
    clock.pass(89_000)
    await begun()
    expect(speaker.asked).toEqual(['open'])
  })

  it('[A15] hands-free the microphone stays open, and so it does while it is tried', async () => {
    for (const free of [true, false]) {
      const { clock, microphone, sound } = openSound({ listens: free })
      await sound.recover()
      if (!free) sound.tryMicrophone(true)
      clock.pass(10 * restRules.microphoneMs)
      await begun()
      expect(microphone.asked).toEqual(['open'])
    }
  })

  it('[A15] a press opens both at once; what nobody asked for leaves them resting', async () => {
    const one = openSound()
    await rested(one)
    await one.sound.recover()
    expect([one.microphone.isOpen(), one.speaker.isOpen()]).toEqual([false, false])
    const both = Promise.all([becomes(one.sound, 'microphone', 'open'), becomes(one.sound, 'speaker', 'open')])
    one.sound.rouse()
    await both
    expect([one.microphone.isOpen(), one.speaker.isOpen()]).toEqual([true, true])
  })

  it('[A16] what is said while the speaker rests is played whole, from its first sample', async () => {
    const one = openSound()
    await rested(one)
    one.speaker.hold()
    const samples = ramp(0, 24_000)
    one.sound.speaker.play('a', samples.subarray(0, 10_000))
    one.sound.speaker.play('a', samples.subarray(10_000))
    one.sound.speaker.finish('a')
    one.clock.pass(200)
    expect(one.speaker.recorded()).toHaveLength(0)
    const opened = becomes(one.sound, 'speaker', 'open')
    one.speaker.free()
    await opened
    one.clock.pass(2_000)
    expect(one.speaker.recorded().subarray(0, samples.length)).toEqual(samples)
  })

  it('[A16] what comes while it is being closed waits for the next opening', async () => {
    const { clock, microphone, speaker, sound } = openSound()
    await sound.recover()
    speaker.hold()
    microphone.hold()
    const resting = becomes(sound, 'speaker', 'resting')
    clock.pass(restRules.microphoneMs)
    await resting
    const samples = ramp(0, 4_800)
    sound.speaker.play('a', samples)
    sound.speaker.finish('a')
    sound.rouse()
    expect(speaker.asked).toEqual(['open', 'close'])
    const both = Promise.all([becomes(sound, 'speaker', 'open'), becomes(sound, 'microphone', 'open')])
    speaker.free()
    microphone.free()
    await both
    expect([speaker.asked, microphone.asked]).toEqual([
      ['open', 'close', 'open'],
      ['open', 'close', 'open'],
    ])
    clock.pass(2_000)
    expect(speaker.recorded().subarray(0, samples.length)).toEqual(samples)
  })

  it('[A16] a speaker that is gone after its rest is told, and what was said comes to its end', async () => {
    const one = openSound()
    await rested(one)
    one.speaker.unplug()
    const missing = becomes(one.sound, 'speaker', 'missing')
    const ended: string[] = []
    one.sound.speaker.onEnded(({ item }) => ended.push(item))
    one.sound.speaker.play('a', ramp(0, 4_800))
    one.sound.speaker.finish('a')
    await missing
    one.clock.pass(2_000)
    expect(ended).toEqual(['a'])
  })

  it('[A15] the time to wait is what is left since the last need', () => {
    expect(restInMs({ isInUse: false, neededMs: 1_000 }, 30_000, 11_000)).toBe(20_000)
    expect(restInMs({ isInUse: false, neededMs: 1_000 }, 30_000, 99_000)).toBe(0)
    expect(restInMs({ isInUse: true, neededMs: 1_000 }, 30_000, 99_000)).toBe(30_000)
  })

  it('[X27] while nothing moves it is looked for once a second; the first sound or turn makes it ten times again', () => {
    const clock = createStillClock()
    const told: Notice[] = []
    let looks = 0
    let moves = false
    const broadcast = createStateBroadcast({
      clock,
      state: () => ({ muted: ++looks < 0 }) as AppState,
      health: () => noHealth,
      levels: () => ({ microphone: -96, speaker: -96 }),
      moves: () => moves,
      tell: (notice) => told.push(notice),
    })
    clock.pass(1_000)
    looks = 0
    clock.pass(60_150)
    expect(looks).toBeLessThanOrEqual(61)
    expect(told.map(({ type }) => type)).toEqual(['state', 'level', 'health'])
    moves = true
    broadcast.look()
    looks = 0
    clock.pass(1_000)
    expect(looks).toBe(10)
    moves = false
    clock.pass(1_000)
    broadcast.stop()
    moves = true
    broadcast.look()
    expect(clock.waiting()).toBe(0)
  })
})
