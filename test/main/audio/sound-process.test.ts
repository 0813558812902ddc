import { beforeEach, describe, expect, it } from 'vitest'
import { createEmitter } from '../../../src/core/emitter.ts'
import { frameSamples } from '../../../src/core/audio/pcm.ts'
import type { HostProcess } from '../../../src/main/audio/host-process.ts'
import type { FromHost, ToHost } from '../../../src/main/audio/messages.ts'
import { createSound, type Sound } from '../../../src/main/audio/sound.ts'
import type { SoundTrouble } from '../../../src/main/ports.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'

/** A process of nothing but faults: it says and does what the test wants. The real one is in test/sound. */
interface FaultyHost extends HostProcess {
  told: ToHost[]
  isKilled: boolean
  say(message: FromHost): void
  die(): void
}

function createFaultyHost(): FaultyHost {
  const events = createEmitter<{ message: FromHost; exit: string }>()
  const host: FaultyHost = {
    pid: 1,
    told: [],
    isKilled: false,
    post: (message) => host.told.push(message),
    onMessage: (listen) => events.on('message', listen),
    onExit: (listen) => events.on('exit', listen),
    kill: () => (host.isKilled = true),
    say: (message) => events.emit('message', message),
    die: () => events.emit('exit', 'SIGSEGV'),
  }
  return host
}

const frame: FromHost = { type: 'frame', samples: new Int16Array(frameSamples), rawPeak: 1 }
const progress = { type: 'progress', at: null, ended: [], underruns: 0, startMs: 60 } as const satisfies FromHost

let clock: StillClock
let hosts: FaultyHost[]
let sound: Sound
beforeEach(() => {
  clock = createStillClock()
  hosts = []
  sound = createSound({
    clock,
    devices: { microphone: null, speaker: null },
    startHost() {
      const host = createFaultyHost()
      hosts.push(host)
      return host
    },
  })
})

const host = (at: number): FaultyHost => hosts[at] ?? createFaultyHost()

describe('sound process', () => {
  it('[A343] a voice that speaks into a muted speaker is told of once, and again after it was on', async () => {
    let isMuted: boolean | null = true
    let asked = 0
    sound = createSound({
      clock,
      devices: { microphone: null, speaker: null },
      startHost: () => hosts[hosts.push(createFaultyHost()) - 1]!,
      isSpeakerMuted: () => {
        asked += 1
        return Promise.resolve(isMuted)
      },
    })
    const told: string[] = []
    sound.speaker.onTrouble(({ message }) => told.push(message))
    const opened = sound.speaker.open()
    host(0).say(progress)
    await opened
    const speak = async (): Promise<void> => {
      for (const at of [{ key: '1', playedSamples: 480 }, { key: '1', playedSamples: 960 }, null])
        host(0).say({ ...progress, at })
      await Promise.resolve()
    }
    for (const now of [true, true, false, null, true]) {
      isMuted = now
      await speak()
    }
    expect(told).toHaveLength(2)
    expect(told[0]).toContain('muted in the system')
    expect(asked).toBe(5)
    // Of another speaker than the system's own nothing is known.
    sound.choose({ microphone: null, speaker: 'Another one' })
    host(hosts.length - 1).say(progress)
    await speak()
    expect(asked).toBe(5)
  })

  it('[A342] a microphone is open with its first sample that is not zero, and by then when it gives only zeros', async () => {
    const heard: string[] = []
    const zeros: FromHost = { ...frame, rawPeak: 0 }
    for (const then of [frame, zeros]) {
      const opened = sound.microphone.open().then(() => heard.push('open'))
      for (let at = 0; at < 10; at++) {
        host(0).say(zeros)
        clock.pass(20)
        await Promise.resolve()
      }
      heard.push('zeros')
      if (then === zeros) clock.pass(60)
      host(0).say(then)
      await opened
      const closed = sound.microphone.close()
      host(0).say({ type: 'closed', part: 'microphone' })
      await closed
      hosts = []
    }
    expect(heard).toEqual(['zeros', 'open', 'zeros', 'open'])
  })

  it('[A248] volume, the key and who may speak over the voice outlive the process, and what is not played is counted', async () => {
    const opened = sound.speaker.open()
    host(0).say(progress)
    await opened
    sound.speaker.setVolume?.(0.5)
    sound.speaker.floor?.listen(true)
    sound.speaker.floor?.key(true)
    host(0).say({ type: 'judging', able: true })
    expect(sound.speaker.floor?.isJudging()).toBe(true)
    host(0).die()
    expect(sound.speaker.floor?.isJudging()).toBe(false)
    expect(sound.speaker.floor?.serviceHears()).toBe(false)
    expect(host(1).told).toEqual(
      expect.arrayContaining([
        { type: 'volume', volume: 0.5 },
        { type: 'listen', on: true },
        { type: 'interruption', event: { type: 'key', down: true } },
      ]),
    )
    sound.speaker.floor?.mute(true)
    expect(host(1).told.at(-1)).toEqual({ type: 'listen', on: false })
    sound.speaker.play('a', new Int16Array(24_000 * 599))
    sound.speaker.play('a', new Int16Array(24_000 * 2))
    expect(sound.speaker.health().droppedMs).toBe(2_000)
  })

  it('[A11] keeps a spare once sound flows, and the spare takes over', async () => {
    const opened = sound.speaker.open()
    expect(hosts).toHaveLength(1)
    host(0).say(progress)
    await opened
    expect(hosts).toHaveLength(2)
    expect(host(1).told).toEqual([])
    sound.speaker.play('a', new Int16Array(960))
    sound.speaker.finish('a')
    host(0).say({ ...progress, at: { key: '1', playedSamples: 480 } })
    host(0).die()
    expect(host(1).told).toEqual([
      { type: 'clean', choice: { echo: 'automatic', noise: true } },
      { type: 'watch-speech', on: false },
      { type: 'play', key: '1', samples: new Int16Array(480) },
      { type: 'finish', key: '1' },
      { type: 'open', part: 'speaker', device: null },
    ])
    host(1).say(progress)
    expect(hosts).toHaveLength(3)
  })

  it('[A294] a spare that has to be loaded before it lists the devices does not put off the next look', async () => {
    const opened = sound.microphone.open()
    host(0).say({ type: 'opened', part: 'microphone', device: 'desk', isInstead: false, rateHz: 24_000 })
    host(0).say(frame)
    await opened
    const looks = (): number => host(1).told.filter(({ type }) => type === 'list').length
    const pass = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 100) {
        clock.pass(100)
        host(0).say(frame)
        await Promise.resolve()
      }
    }
    await pass(700)
    expect(looks()).toBe(1)
    await pass(900)
    host(1).say({ type: 'devices', devices: [], tookMs: 20 })
    await pass(100)
    await pass(700)
    expect(looks()).toBe(2)
  })

  it('[A11] hears nothing more of a process that was replaced', async () => {
    const opened = sound.microphone.open()
    host(0).say(frame)
    await opened
    let frames = 0
    sound.microphone.onFrame(() => (frames += 1))
    clock.pass(700)
    expect(host(0).isKilled).toBe(true)
    host(0).say(frame)
    host(0).die()
    expect(frames).toBe(0)
    expect(hosts).toHaveLength(2)
    host(1).say(frame)
    expect(frames).toBe(1)
  })

  it('[A11] a process that cannot live is given up, and whoever is waiting is told', async () => {
    const troubles: SoundTrouble[] = []
    sound.speaker.onTrouble((trouble) => troubles.push(trouble))
    const opened = sound.speaker.open()
    const failed = expect(opened).rejects.toMatchObject({ name: 'SoundError', kind: 'no-sound-system' })
    for (let life = 0; troubles.at(-1)?.fatal !== true && life < 50; life++) {
      host(life).die()
      // Until the next one starts, or never.
      for (let step = 0; hosts.length === life + 1 && step < 100; step++) clock.pass(100)
    }
    await failed
    expect(hosts.length).toBeLessThan(20)
    expect(clock.waitsMs()).toEqual([])
  })

  it('[A11] nothing keeps running when the last part is closed', async () => {
    const opened = sound.microphone.open()
    host(0).say(frame)
    await opened
    const closed = sound.microphone.close()
    host(0).say({ type: 'closed', part: 'microphone' })
    await closed
    expect(hosts.map((one) => one.isKilled)).toEqual([true, true])
    expect(clock.waitsMs()).toEqual([])
  })

  it('[A11] one that does not answer to the closing is killed after a second', async () => {
    const opened = sound.microphone.open()
    host(0).say(frame)
    await opened
    const closed = sound.microphone.close()
    clock.pass(1_000)
    await closed
    expect(host(0).isKilled).toBe(true)
  })

  it('[A12] a missing device is told once, not at every replacement', async () => {
    sound.choose({ microphone: 'Gone', speaker: null })
    const troubles: SoundTrouble[] = []
    sound.microphone.onTrouble((trouble) => troubles.push(trouble))
    const opened = sound.microphone.open()
    const opening: FromHost = { type: 'opened', part: 'microphone', device: 'usual', isInstead: true, rateHz: 24_000 }
    for (const at of [0, 1]) {
      host(at).say(opening)
      host(at).say(frame)
      if (at === 0) host(at).die()
    }
    await opened
    expect(troubles.filter((trouble) => trouble.message.includes('Gone'))).toHaveLength(1)
  })
})
