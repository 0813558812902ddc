import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forkHost, type HostProcess } from '../../src/main/audio/host-process.ts'
import { createSound, type Sound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import type { PlayedItem, SoundTrouble } from '../../src/main/ports.ts'
import { isAlive } from '../support/alive.ts'
import { heardMs } from '../support/sound-analysis.ts'
import { recordSpeaker, speakIntoMicrophone } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

let hosts: HostProcess[]
let sound: Sound
let troubles: SoundTrouble[]

beforeEach(async () => {
  hosts = []
  troubles = []
  sound = createSound({
    clock: systemClock,
    devices: { microphone: null, speaker: null },
    startHost() {
      const host = forkHost()
      hosts.push(host)
      return host
    },
  })
  for (const part of [sound.speaker, sound.microphone]) part.onTrouble((trouble) => troubles.push(trouble))
  await Promise.all([sound.microphone.open(), sound.speaker.open()])
  // Answered by the spare: now it stands ready.
  await sound.devices()
})
afterEach(async () => {
  await Promise.all([sound.microphone.close(), sound.speaker.close()])
})

const tone = (ms: number): Int16Array =>
  Int16Array.from({ length: ms * 24 }, (_, at) => Math.round(12_000 * Math.sin((2 * Math.PI * at) / 24)))

function reached(ms: number): Promise<PlayedItem> {
  const event = new Promise<PlayedItem>((resolve) => {
    const undo = sound.speaker.onPosition((at) => {
      if (at.playedMs < ms) return
      undo()
      resolve(at)
    })
  })
  return within(`${ms} ms to be played`, event)
}

const drained = (): Promise<void> => within('all to be played', sound.speaker.drained())

function nextFrame(): Promise<Int16Array> {
  const event = new Promise<Int16Array>((resolve) => {
    const undo = sound.microphone.onFrame((frame) => {
      undo()
      resolve(frame)
    })
  })
  return within('a frame from the microphone', event)
}

/** @returns when it was sent, monotonic */
function signal(host: HostProcess | undefined, name: 'SIGKILL' | 'SIGSTOP'): number {
  process.kill(host?.pid ?? 0, name)
  return performance.now()
}

describe('a sound process that is lost', () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    '[A10] [A11] after a %s the rest is played, all of it is counted, and the microphone goes on',
    async (name) => {
      const ended: PlayedItem[] = []
      sound.speaker.onEnded((at) => ended.push(at))
      const recording = await recordSpeaker()
      sound.speaker.play('a', tone(2_000))
      sound.speaker.finish('a')
      sound.speaker.play('b', tone(200))
      sound.speaker.finish('b')
      const at = await reached(600)
      const lostMs = signal(hosts[0], name)
      const [after] = await Promise.all([reached(at.playedMs + 100), nextFrame()])
      const backMs = performance.now()
      await drained()
      await recording.reaches(recording.recordedMs() + 400)
      await recording.stop()
      expect(after.item).toBe('a')
      expect(ended).toEqual([
        { item: 'a', playedMs: 2_000 },
        { item: 'b', playedMs: 200 },
      ])
      const heard = heardMs(recording.samples())
      const gapMs = Math.max(...heard.map((ms, place) => ms - (heard[place - 1] ?? ms)))
      console.log(
        `${name}: next position after ${Math.round(backMs - lostMs)} ms, gap ${gapMs} ms, heard ${heard.length} ms`,
      )
      // What lay in the device's queue dies with the process; what it had not reported yet is played once more.
      expect(heard.length).toBeGreaterThan(2_200 - 120)
      expect(heard.length).toBeLessThan(2_200 + 120)
      expect(troubles.filter((trouble) => trouble.fatal)).toEqual([])
      expect(troubles.some((trouble) => trouble.message.includes('started again'))).toBe(true)
      expect(gapMs).toBeLessThan(1_000)
    },
  )

  it('[A11] the microphone of the next process hears', async () => {
    signal(hosts[0], 'SIGKILL')
    await new Promise<void>((resolve) => {
      const undo = sound.speaker.onTrouble(() => {
        undo()
        resolve()
      })
    })
    const loud = new Promise<void>((resolve) => {
      sound.microphone.onFrame((frame) => frame.some((sample) => Math.abs(sample) > 3_000) && resolve())
    })
    await Promise.all([within('the tone in the microphone', loud), speakIntoMicrophone(tone(1_500))])
  })

  it('[A10] a cut right after the loss counts what was reported, and plays nothing again', async () => {
    const ended: PlayedItem[] = []
    sound.speaker.onEnded((at) => ended.push(at))
    sound.speaker.play('a', tone(3_000))
    sound.speaker.finish('a')
    const at = await reached(400)
    signal(hosts[0], 'SIGSTOP')
    const [cut] = await sound.speaker.cut()
    expect(cut?.item).toBe('a')
    expect(cut?.playedMs).toBeGreaterThanOrEqual(at.playedMs)
    expect(cut?.playedMs).toBeLessThan(at.playedMs + 200)
    sound.speaker.play('b', tone(100))
    sound.speaker.finish('b')
    await drained()
    expect(ended).toEqual([{ item: 'b', playedMs: 100 }])
  })

  it('[A11] other devices are taken in the middle of an item', async () => {
    const ended: PlayedItem[] = []
    sound.speaker.onEnded((at) => ended.push(at))
    sound.speaker.play('a', tone(1_000))
    sound.speaker.finish('a')
    await reached(300)
    sound.choose({ microphone: 'vmic', speaker: 'vspeaker' })
    await Promise.all([drained(), nextFrame()])
    expect(ended).toEqual([{ item: 'a', playedMs: 1_000 }])
    expect(troubles.filter((trouble) => !trouble.message.includes('silence'))).toEqual([])
  })

  it('[A11] one that hangs does not hold up the closing', async () => {
    const pids = hosts.map((host) => host.pid ?? 0)
    sound.speaker.play('a', tone(1_000))
    await reached(100)
    signal(hosts[0], 'SIGSTOP')
    await Promise.all([sound.microphone.close(), sound.speaker.close()])
    const alive = (): number[] => [...pids, ...hosts.map((host) => host.pid ?? 0)].filter(isAlive)
    await vi.waitFor(() => expect(alive()).toEqual([]), 20_000)
  })

  it('[A11] no sound process outlives the one who started it', async () => {
    const file = fileURLToPath(new URL('../support/sound-owner.ts', import.meta.url))
    const owner = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(owner.stdout, 'data')) as [Buffer]
    const pids = JSON.parse(line.toString()) as number[]
    expect(pids).toHaveLength(2)
    for (const pid of pids) expect(isAlive(pid)).toBe(true)
    owner.kill('SIGKILL')
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), 20_000)
  })
})
