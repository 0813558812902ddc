import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { frameSamples, levelDbfs, msToSamples, samplesToBytes } from '../../../src/core/audio/pcm.ts'
import { mixDown, parseWav, writeWav } from '../../../src/core/audio/wav.ts'
import { SoundError } from '../../../src/main/audio/errors.ts'
import { createFileMicrophone, type FileMicrophone } from '../../../src/main/audio/file-microphone.ts'
import { createFileSpeaker } from '../../../src/main/audio/file-speaker.ts'
import { createPipeMicrophone } from '../../../src/main/audio/pipe-microphone.ts'
import { systemClock } from '../../../src/main/clock.ts'
import type { Microphone } from '../../../src/main/ports.ts'
import { microphoneContract } from '../../support/microphone-contract.ts'
import { bestMatch, sweep } from '../../support/sound-analysis.ts'
import { speakerContract } from '../../support/speaker-contract.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'

let folder: string
let files = 0
let clock: StillClock
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  clock = createStillClock()
})

const newFile = (): string => join(folder, `${(files += 1)}.wav`)

async function wavOf(samples: Int16Array, rateHz = 24_000): Promise<string> {
  const file = newFile()
  await writeFile(file, writeWav({ rateHz, channels: [Float32Array.from(samples, (sample) => sample / 32_768)] }))
  return file
}

function listen(microphone: Microphone): { frames: Int16Array[]; samples(): Int16Array; ends(): number } {
  const frames: Int16Array[] = []
  let ends = 0
  microphone.onFrame((frame) => frames.push(frame))
  microphone.onEnd(() => (ends += 1))
  return { frames, samples: () => Int16Array.from(frames.flatMap((frame) => [...frame])), ends: () => ends }
}

/** `say` reads the file first, which takes as long as it takes: time passes until it is over. */
async function said(microphone: FileMicrophone, file: string): Promise<void> {
  const saying = microphone.say(file)
  const state = { isOver: false }
  const over = (): void => void (state.isOver = true)
  saying.then(over, over)
  while (!state.isOver) {
    await new Promise((resolve) => setImmediate(resolve))
    clock.pass(20)
  }
  await saying
}

describe('file as a microphone', () => {
  it('[A13] gives exactly the samples of the file, silence after it, and says that it ended', async () => {
    const tone = Int16Array.from({ length: 1_000 }, (_, at) => at + 1)
    const microphone = createFileMicrophone({ clock, file: await wavOf(tone) })
    const heard = listen(microphone)
    await microphone.open()
    clock.pass(200)
    expect(heard.samples().subarray(0, 1_000)).toEqual(tone)
    expect(
      heard
        .samples()
        .subarray(1_000)
        .every((sample) => sample === 0),
    ).toBe(true)
    expect(heard.ends()).toBe(1)
    await microphone.close()
  })

  it('[A13] keeps real time without drift, however late the clock calls', async () => {
    const microphone = createFileMicrophone({ clock, file: null })
    const heard = listen(microphone)
    await microphone.open()
    for (let step = 0; step < 1_000; step++) clock.pass(7)
    expect(heard.frames).toHaveLength(7_000 / 20 + 1)
    clock.pass(10_000)
    expect(heard.frames).toHaveLength(17_000 / 20 + 1)
    await microphone.close()
    clock.pass(1_000)
    expect(heard.frames).toHaveLength(17_000 / 20 + 1)
  })

  it('[A13] says several files one after the other, and each is over when its last frame went out', async () => {
    const microphone = createFileMicrophone({ clock, file: null })
    const heard = listen(microphone)
    await microphone.open()
    const [one, two] = [await wavOf(sweep(100)), await wavOf(sweep(60).map((sample) => -sample))]
    const order: string[] = []
    const first = microphone.say(one).then(() => order.push('one'))
    const second = microphone.say(two).then(() => order.push('two'))
    await Promise.all([said(microphone, await wavOf(sweep(20))), first, second])
    expect(order).toEqual(['one', 'two'])
    const sounding = heard.frames.filter((frame) => levelDbfs(frame) > -60)
    expect(sounding).toHaveLength(5 + 3 + 1)
    await microphone.close()
  })

  it.each([8_000, 16_000, 22_050, 44_100, 48_000])('[A13] brings a file of %d Hz to 24 kHz', async (rateHz) => {
    const microphone = createFileMicrophone({ clock, file: await wavOf(sweep(1_000, rateHz), rateHz) })
    const heard = listen(microphone)
    await microphone.open()
    clock.pass(1_100)
    const match = bestMatch(sweep(1_000), heard.samples().subarray(0, msToSamples(1_100)))
    expect(match.correlation).toBeGreaterThan(0.999)
    expect(Math.abs(match.atSamples)).toBeLessThanOrEqual(1)
    await microphone.close()
  })

  it.each([
    ['no-file', async () => join(folder, 'nowhere.wav')],
    ['no-file', async () => folder],
    ['empty-file', async () => wavOf(new Int16Array(0))],
    [
      'not-wav',
      async () => {
        const file = newFile()
        await writeFile(file, 'these are words and no sound at all')
        return file
      },
    ],
  ])('[A13] a file that is no sound is an error (%s) in plain words', async (kind, makeFile) => {
    const file = await makeFile()
    const opened = createFileMicrophone({ clock, file }).open()
    await expect(opened).rejects.toMatchObject({ name: 'SoundError', kind })
    await expect(opened).rejects.not.toThrow(folder)
    const microphone = createFileMicrophone({ clock, file: null })
    await microphone.open()
    await expect(microphone.say(file)).rejects.toBeInstanceOf(SoundError)
    await said(microphone, await wavOf(sweep(20)))
    await microphone.close()
  })

  it('[A13] nobody waits for what was not said when it closes', async () => {
    const microphone = createFileMicrophone({ clock, file: null })
    await microphone.open()
    const saying = microphone.say(await wavOf(sweep(500)))
    const failed = expect(saying).rejects.toMatchObject({ kind: 'closed' })
    await microphone.close()
    await failed
  })
})

describe('pipe as a microphone', () => {
  it('[A13] gives what is piped in, cut anywhere, in real time and silence when nothing is there', async () => {
    const tone = Int16Array.from({ length: 2_000 }, (_, at) => at + 1)
    const bytes = samplesToBytes(tone)
    const pieces = [bytes.subarray(0, 333), bytes.subarray(333, 334), bytes.subarray(334)]
    const microphone = createPipeMicrophone({ clock, input: Readable.from(pieces) })
    const heard = listen(microphone)
    await microphone.open()
    while (heard.ends() === 0) {
      clock.pass(20)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect([...heard.samples()].filter((sample) => sample !== 0)).toEqual([...tone])
    clock.pass(100)
    expect(heard.ends()).toBe(1)
    await microphone.close()
  })

  it('[A13] reads no more than a second ahead', async () => {
    let read = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1
        yield new Uint8Array(48_000)
      }
    }
    const microphone = createPipeMicrophone({ clock, input: endless() })
    await microphone.open()
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(read).toBeLessThanOrEqual(2)
    await microphone.close()
  })
})

describe('file as a speaker', () => {
  it('[A13] holds what was played and the silence around it', async () => {
    const file = newFile()
    const speaker = createFileSpeaker({ clock, file })
    await speaker.open()
    clock.pass(190)
    speaker.play('a', sweep(500))
    speaker.finish('a')
    clock.pass(1_000)
    await speaker.close()
    const match = bestMatch(sweep(500), mixDown(parseWav(await readFile(file))))
    expect(match).toEqual({ atSamples: 10 * frameSamples, correlation: expect.closeTo(1, 6) as number })
  })

  it('[A13] leaves out the silence before the first sound when asked to', async () => {
    const file = newFile()
    const speaker = createFileSpeaker({ clock, file, trimStart: true })
    await speaker.open()
    clock.pass(5_000)
    speaker.play('a', sweep(100))
    speaker.finish('a')
    clock.pass(200)
    await speaker.close()
    expect(bestMatch(sweep(100), mixDown(parseWav(await readFile(file)))).atSamples).toBe(0)
  })

  it('[A13] can be read before it is closed', async () => {
    const file = newFile()
    const speaker = createFileSpeaker({ clock, file })
    await speaker.open()
    clock.pass(2_000)
    let bytes = await readFile(file)
    while (bytes.length < 40_000) bytes = await readFile(file)
    expect(mixDown(parseWav(bytes)).length).toBeGreaterThan(19_000)
    await speaker.close()
  })

  it('[A13] a file that cannot be written is an error in plain words', async () => {
    const speaker = createFileSpeaker({ clock, file: join(folder, 'no', 'such', 'folder.wav') })
    await expect(speaker.open()).rejects.toMatchObject({ kind: 'no-file' })
  })
})

speakerContract('a WAV file', () => createFileSpeaker({ clock: systemClock, file: newFile() }))
microphoneContract('a WAV file', async () =>
  createFileMicrophone({ clock: systemClock, file: await wavOf(sweep(200)) }),
)
microphoneContract('a pipe', () =>
  createPipeMicrophone({ clock: systemClock, input: Readable.from([samplesToBytes(sweep(200))]) }),
)
