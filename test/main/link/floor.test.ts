import { describe, expect, it } from 'vitest'
import { createEmitter } from '../../../src/core/emitter.ts'
import { createFloor } from '../../../src/main/link/floor.ts'
import { createRemoteSpeaker } from '../../../src/main/link/remote-speaker.ts'
import type { PlayedItem } from '../../../src/main/ports.ts'
import { createStillClock } from '../../support/still-clock.ts'

type Said = { type: string; at?: number; cut?: number }

/** A device that plays at once whatever it was sent, as far as it is told to. */
function device(clock = createStillClock()) {
  const said: Said[] = []
  const got = new Map<number, number>()
  const speaker = createRemoteSpeaker({
    clock,
    send: (value) => {
      const { sound } = value as { sound: Said }
      said.push(sound)
      if (sound.type === 'cut') queueMicrotask(() => speaker.hear(sound))
    },
    sendBytes(bytes) {
      const at = Buffer.from(bytes).readUInt32LE(0)
      got.set(at, (got.get(at) ?? 0) + (bytes.length - 4) / 48)
    },
  })
  const played: PlayedItem[] = []
  const ended: PlayedItem[] = []
  speaker.onPosition((at) => played.push(at))
  speaker.onEnded((at) => ended.push(at))
  return { speaker, said, got, played, ended, clock }
}

const sound = (ms: number): Int16Array => new Int16Array(ms * 24).fill(1_000)

function floorBetween() {
  const [here, there] = [device(), device()]
  const frames = createEmitter<{ frame: Int16Array }>()
  let isOpen = false
  const microphone = {
    onFrame: (listen: (frame: Int16Array) => void) => frames.on('frame', listen),
    onEnd: () => () => undefined,
    onTrouble: () => () => undefined,
    open: async () => void (isOpen = true),
    close: async () => void (isOpen = false),
  }
  const floor = createFloor({ microphone, speaker: here.speaker })
  const heard: number[] = []
  const positions: PlayedItem[] = []
  const ended: PlayedItem[] = []
  floor.microphone.onFrame(([first = 0]) => heard.push(first))
  floor.speaker.onPosition((at) => positions.push(at))
  floor.speaker.onEnded((at) => ended.push(at))
  const say = (first: number): void => frames.emit('frame', new Int16Array(480).fill(first))
  return { here, there, microphone, floor, heard, positions, ended, say, isOpen: () => isOpen }
}

describe('the loudspeaker of another device', () => {
  it('[L251] counts what sounded there by the device’s word, and never more than it was sent', async () => {
    const { speaker, got, played, ended } = device()
    speaker.play('item', sound(5_000))
    expect(got.get(1)).toBe(3_000)
    speaker.hear({ type: 'position', at: 1, playedMs: 1_000 })
    expect(got.get(1)).toBe(4_000)
    for (const nonsense of [
      null,
      7,
      {},
      { type: 'position', at: 9, playedMs: 1 },
      { type: 'position', at: 1, playedMs: 'x' },
    ])
      speaker.hear(nonsense)
    speaker.hear({ type: 'position', at: 1, playedMs: 1e7 })
    expect(played.at(-1)).toEqual({ item: 'item', playedMs: 4_000 })
    speaker.finish('item')
    speaker.hear({ type: 'position', at: 1, playedMs: 4_500 })
    speaker.hear({ type: 'ended', at: 1, playedMs: 5_000 })
    expect(ended).toEqual([{ item: 'item', playedMs: 5_000 }])
    expect(await speaker.cut()).toEqual([])
  })

  it('[L251] a cut waits for the device’s last word, but not for long, and not for a device that is gone', async () => {
    const { speaker, clock } = device()
    speaker.play('a', sound(1_000))
    speaker.play('b', sound(500))
    const cutting = speaker.cut()
    speaker.hear({ type: 'position', at: 1, playedMs: 730 })
    expect(await cutting).toEqual([
      { item: 'a', playedMs: 730 },
      { item: 'b', playedMs: 0 },
    ])
    const mute = createRemoteSpeaker({ clock, send: () => undefined, sendBytes: () => undefined })
    mute.play('c', sound(1_000))
    mute.hear({ type: 'position', at: 1, playedMs: 400 })
    const waiting = mute.cut()
    clock.pass(500)
    expect(await waiting).toEqual([{ item: 'c', playedMs: 400 }])
    mute.play('d', sound(100))
    mute.lose()
    expect(await mute.cut()).toEqual([{ item: 'd', playedMs: 0 }])
  })
})

describe('the floor', () => {
  it('[L252] when it moves, what has not sounded sounds where it went, and positions go on; ten times in one answer', async () => {
    const { here, there, floor, positions, ended } = floorBetween()
    await floor.speaker.open()
    floor.speaker.play('answer', sound(2_000))
    floor.speaker.finish('answer')
    let at = 1
    let thereAt = 0
    for (let turn = 0; turn < 10; turn++) {
      const [from, number] = turn % 2 === 0 ? [here, at] : [there, thereAt]
      from.speaker.hear({ type: 'position', at: number, playedMs: 100 })
      expect(positions.at(-1)).toEqual({ item: 'answer', playedMs: 100 * (turn + 1) })
      if (turn % 2 === 0) {
        await floor.give('phone', there.speaker)
        thereAt += 1
        expect(there.got.get(thereAt)).toBe(2_000 - 100 * (turn + 1))
      } else {
        await floor.takeBack('phone')
        at += 1
        expect(here.got.get(at)).toBe(2_000 - 100 * (turn + 1))
      }
    }
    expect(floor.holder()).toBe(null)
    here.speaker.hear({ type: 'ended', at, playedMs: 1_000 })
    expect(ended).toEqual([{ item: 'answer', playedMs: 2_000 }])
  })

  it('[L253] one is heard at a time; the computer’s microphone is closed meanwhile, and comes back when the device is gone', async () => {
    const { there, floor, heard, say, isOpen } = floorBetween()
    await floor.microphone.open()
    const far = (first: number, who = 'phone'): void => floor.hear(who, new Int16Array(480).fill(first))
    say(1)
    far(2)
    await floor.give('phone', there.speaker)
    expect(isOpen()).toBe(false)
    say(3)
    far(4)
    far(5, 'tablet')
    expect(heard).toEqual([1, 4])
    // Gone in the middle of an answer: what it had heard counts, the rest sounds here.
    floor.speaker.play('answer', sound(1_000))
    there.speaker.hear({ type: 'position', at: 1, playedMs: 250 })
    there.speaker.lose()
    await floor.takeBack('tablet')
    expect(floor.holder()).toBe('phone')
    await floor.takeBack('phone')
    expect(isOpen()).toBe(true)
    say(6)
    expect(heard).toEqual([1, 4, 6])
    expect(await floor.speaker.cut()).toEqual([{ item: 'answer', playedMs: 250 }])
  })

  it('[L252] what is played in the moment after a cut is of the next answer, and sounds', async () => {
    const order: string[] = []
    const { here, microphone } = floorBetween()
    const speaker = {
      ...here.speaker,
      play: (item: string) => void order.push(`play ${item}`),
      cut: () => Promise.resolve(order.push('cut')).then(() => []),
    }
    const floor = createFloor({ microphone, speaker })
    floor.speaker.play('answer', sound(100))
    const cutting = floor.speaker.cut()
    floor.speaker.play('next', sound(100))
    await cutting
    expect(order).toEqual(['play answer', 'cut', 'play next'])
  })
})
