import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { samplesToMs } from '../../src/core/audio/pcm.ts'
import { createSampleQueue } from '../../src/core/audio/sample-queue.ts'
import { loadSoundAddon, openInput, openOutput, type SoundAddon } from '../../src/main/audio/device.ts'
import { createSound, type Sound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import type { SoundTrouble } from '../../src/main/ports.ts'
import { microphoneContract } from '../support/microphone-contract.ts'
import { bestMatch, heardMs, sweep } from '../support/sound-analysis.ts'
import { speakerContract } from '../support/speaker-contract.ts'
import { recordSpeaker, speakIntoMicrophone } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

const usual = { microphone: null, speaker: null }

describe('the sound of this computer', () => {
  let sound: Sound
  beforeEach(() => {
    sound = createSound({ clock: systemClock, devices: usual })
  })
  afterEach(async () => {
    await Promise.all([sound.microphone.close(), sound.speaker.close()])
  })

  it('[A6] the microphone hears what is said into it', async () => {
    // A steady tone is noise to who suppresses noise.
    sound.clean({ echo: 'off', noise: false })
    const heard = createSampleQueue()
    sound.microphone.onFrame((frame) => heard.push(frame))
    await sound.microphone.open()
    await speakIntoMicrophone(sweep(1_500))
    const enough = new Promise<void>((resolve) => {
      const until = heard.length() + 24_000 / 2
      sound.microphone.onFrame(() => heard.length() >= until && resolve())
    })
    await within('half a second after what was said', enough)
    expectAlike(sweep(1_500), heard.all())
  })

  it('[A1] what is played is heard from the speaker, whole and once', async () => {
    const recording = await recordSpeaker()
    await sound.speaker.open()
    sound.speaker.play('a', sweep(1_500))
    sound.speaker.finish('a')
    await sound.speaker.drained()
    await recording.reaches(recording.recordedMs() + 500)
    await recording.stop()
    expectAlike(sweep(1_500), recording.samples())
    expect(heardMs(recording.samples()).length).toBeGreaterThan(1_440)
    expect(heardMs(recording.samples()).length).toBeLessThan(1_530)
  })

  it('[A3] ten cuts of ten report the milliseconds that were heard, and are silent soon after', async () => {
    const recording = await recordSpeaker()
    await sound.speaker.open()
    const silentAfterMs: number[] = []
    const wrongByMs: number[] = []
    for (let cut = 0; cut < 10; cut++) {
      const from = recording.recordedMs()
      sound.speaker.play(`tone ${cut}`, tone(3_000))
      await reached(sound, 300 + 37 * cut)
      const cutAtMs = recording.recordedMs()
      const [played] = await sound.speaker.cut()
      await recording.reaches(recording.recordedMs() + 400)
      const heard = heardMs(recording.samples().subarray(from * 24))
      wrongByMs.push(heard.length - (played?.playedMs ?? 0))
      silentAfterMs.push((heard.at(-1) ?? 0) + from - cutAtMs)
    }
    await recording.stop()
    console.log(`cut: silent after ${silentAfterMs.join(', ')} ms; heard minus reported ${wrongByMs.join(', ')} ms`)
    for (const wrongMs of wrongByMs) expect(Math.abs(wrongMs)).toBeLessThanOrEqual(30)
    // The middle one: a busy machine holds up the recorder as well.
    expect([...silentAfterMs].sort((one, other) => one - other)[5]).toBeLessThanOrEqual(150)
  })

  it('[A12] a device that is not there is replaced by the default one with a notice', async () => {
    sound = createSound({ clock: systemClock, devices: { microphone: 'Gone Headset', speaker: 'VSPEAK' } })
    const troubles: SoundTrouble[] = []
    sound.microphone.onTrouble((trouble) => troubles.push(trouble))
    sound.speaker.onTrouble((trouble) => troubles.push(trouble))
    await Promise.all([sound.microphone.open(), sound.speaker.open()])
    const [notice, ...others] = troubles.filter((trouble) => !trouble.message.includes('silence'))
    expect(notice).toMatchObject({ part: 'microphone', fatal: false })
    expect(notice?.message).toContain('Gone Headset')
    expect(others).toEqual([])
  })

  it('[A12] no device at all is an error that says what to do', async () => {
    const card = process.env['ALSA_CONFIG_PATH']
    process.env['ALSA_CONFIG_PATH'] = '/dev/null'
    try {
      const opened = sound.microphone.open()
      await expect(opened).rejects.toMatchObject({ name: 'SoundError', kind: 'no-device' })
      await expect(opened).rejects.toThrow(/Connect one/)
    } finally {
      process.env['ALSA_CONFIG_PATH'] = card
    }
  })

  it('[A12] lists what is connected, also while sound is open', async () => {
    await sound.speaker.open()
    expect((await sound.devices()).map((device) => device.name)).toEqual(
      expect.arrayContaining(['vmic', 'vspeaker', 'default']),
    )
  })

  it('[A8] a microphone of zeros is told within a few seconds', async () => {
    const told = new Promise<SoundTrouble>((resolve) => sound.microphone.onTrouble(resolve))
    await sound.microphone.open()
    expect(await within('to be told of silence', told)).toMatchObject({
      part: 'microphone',
      fatal: false,
      message: expect.stringContaining('gives only silence') as string,
    })
  })

  it('[A205] a microphone that the system has muted is told as that', async () => {
    const muted = (is: string): unknown => execFileSync('pactl', ['set-source-mute', '@DEFAULT_SOURCE@', is])
    muted('1')
    try {
      const told = new Promise<SoundTrouble>((resolve) => sound.microphone.onTrouble(resolve))
      await sound.microphone.open()
      expect((await within('to be told that it is muted', told)).message).toContain('muted in the system')
    } finally {
      muted('0')
    }
  })
})

// The addon is the real one; only its refusals are those of a card that knows no other rate, or no single channel.
const real = loadSoundAddon()
const refusing = (isRefused: (rateHz: number, channelCount: number) => boolean): SoundAddon => ({
  getDevices: () => real.getDevices().map((device) => ({ ...device, defaultSampleRate: 48_000 })),
  getHostAPIs: () => real.getHostAPIs(),
  create(options) {
    const { sampleRate, channelCount } = 'inOptions' in options ? options.inOptions : options.outOptions
    if (isRefused(sampleRate, channelCount)) throw new Error('Format not supported: Invalid sample rate')
    return real.create(options)
  },
})

describe.each([
  ['another rate', refusing((rateHz) => rateHz !== 48_000)],
  ['another rate and only pairs', refusing((rateHz, channelCount) => rateHz !== 48_000 || channelCount !== 2)],
])('a device that knows %s', (_, addon) => {
  it('[A14] is played', async () => {
    const recording = await recordSpeaker()
    const output = await openOutput(addon, 'vspeaker')
    expect(output.rateHz).toBe(48_000)
    const sound = sweep(1_000)
    for (let at = 0; at < sound.length; at += 480) await output.write(sound.subarray(at, at + 480))
    // What the device still holds is dropped at its closing.
    for (let frame = 0; frame < 10; frame++) await output.write(new Int16Array(480))
    await recording.reaches(recording.recordedMs() + 300)
    await output.close()
    await recording.stop()
    expectAlike(sound, recording.samples())
  })

  it('[A14] is heard', async () => {
    const input = await openInput(addon, 'vmic')
    const heard = createSampleQueue()
    const rest = { ms: Number.POSITIVE_INFINITY }
    void speakIntoMicrophone(sweep(1_000)).then(() => (rest.ms = 500))
    while (rest.ms > 0) {
      const samples = (await input.read()) ?? new Int16Array(0)
      heard.push(samples)
      rest.ms -= samplesToMs(samples.length)
    }
    await input.close()
    expectAlike(sweep(1_000), heard.all())
  })
})

it('[A14] a device that refuses everything is an error that says what to do', async () => {
  const opened = openOutput(
    refusing(() => true),
    'vspeaker',
  )
  await expect(opened).rejects.toMatchObject({ name: 'SoundError', kind: 'device-refused' })
  await expect(opened).rejects.toThrow(/vspeaker.*Close other programs/)
})

/** Quarter by quarter and in order: the virtual card itself drops out now and then when the machine is busy. */
function expectAlike(sound: Int16Array, recording: Int16Array): void {
  const quarter = Math.floor(sound.length / 4)
  const matches = [0, 1, 2, 3].map((at) => bestMatch(sound.subarray(at * quarter, (at + 1) * quarter), recording))
  const places = matches.map((match) => match.atSamples)
  expect(places).toEqual([...places].sort((one, other) => one - other))
  expect(matches.filter((match) => match.correlation > 0.98).length, JSON.stringify(matches)).toBeGreaterThanOrEqual(3)
}

function tone(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, at) => Math.round(12_000 * Math.sin((2 * Math.PI * at) / 24)))
}

function reached(sound: Sound, ms: number): Promise<void> {
  const event = new Promise<void>((resolve) => {
    const undo = sound.speaker.onPosition((at) => {
      if (at.playedMs < ms) return
      undo()
      resolve()
    })
  })
  return within(`${ms} ms to be played`, event)
}

speakerContract('a device', () => createSound({ clock: systemClock, devices: usual }).speaker)
microphoneContract('a device', () => createSound({ clock: systemClock, devices: usual }).microphone)
