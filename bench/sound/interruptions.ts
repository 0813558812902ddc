// How soon the voice gives way, through PortAudio on the virtual card: to the key, to the service's word, to somebody who speaks.
// What is heard is taken from a recording of the speaker, whose own delay is in every figure.
import { createSound, type Sound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import { say, trimmed } from '../../test/support/say.ts'
import { speakIntoMicrophone } from '../../test/support/virtual-devices.ts'
import { within } from '../../test/support/within.ts'
import { percentile, printTable } from '../statistics.ts'
import { firstLoud, lastLoud, passing, peaks, record, tone, type Recorder } from './recorder.ts'

const silent = 250
const times = { cuts: 50, speech: 30 }
const usual = { microphone: null, speaker: null }

export async function run(): Promise<void> {
  const speaker = await record('vspeaker.monitor')
  const microphone = await record('vmic')
  const sound = createSound({ clock: systemClock, devices: usual })
  await Promise.all([sound.speaker.open(), sound.microphone.open()])
  const key = await cuts(sound, speaker)
  const { duckedMs, silentMs, backMs } = await spokenOver(sound, speaker, microphone)
  await Promise.all([sound.speaker.close(), sound.microphone.close()])
  await Promise.all([speaker.stop(), microphone.stop()])
  const row = (values: readonly number[]): string =>
    `p50 ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms (${values.length})`
  console.log(`recorded minus told: ${key.wrongMs.join(', ')}`)
  const exact = key.wrongMs.filter((ms) => Math.abs(ms) <= 10).length
  printTable([
    ['key to silence at the speaker', row(key.silentMs), 'p95 ≤ 60 ms'],
    ['milliseconds told within 10 of those recorded', `${exact} of ${key.wrongMs.length}`, '50 of 50'],
    ['first sound of a word over the voice to the voice being lowered', row(duckedMs), 'p95 ≤ 80 ms'],
    ['… to silence', row(silentMs), 'p95 ≤ 350 ms'],
    ['end of a back-channel to the voice being back', row(backMs), 'p95 ≤ 300 ms'],
  ])
}

async function cuts(sound: Sound, speaker: Recorder) {
  const silentMs: number[] = []
  const wrongMs: number[] = []
  for (let cut = 0; cut < times.cuts; cut++) {
    const item = `cut ${cut}`
    const from = speaker.sampleAt(performance.now())
    sound.speaker.play(item, tone(3_000))
    await reached(sound, item, 250 + 23 * (cut % 20))
    await passing((cut * 7) % 20)
    const cutMs = performance.now()
    const [played] = await sound.speaker.cut()
    await passing(250)
    const samples = speaker.samples()
    const first = firstLoud(samples, from, silent)
    const last = lastLoud(samples, speaker.sampleAt(cutMs), silent, 40)
    silentMs.push(speaker.timeOf(last) - cutMs)
    // The fade of 5 ms is heard and not counted; where the card itself dropped out, nothing is.
    const heard = peaks(samples, first, Math.ceil((last - first) / 24)).filter((peak) => peak > silent).length
    wrongMs.push(heard - 5 - (played?.playedMs ?? 0))
  }
  return { silentMs, wrongMs }
}

async function spokenOver(sound: Sound, speaker: Recorder, microphone: Recorder) {
  const { floor } = sound.speaker
  floor?.listen(true)
  const duckedMs: number[] = []
  const silentMs: number[] = []
  const backMs: number[] = []
  const voices = ['espeak', 'espeak:en-us+f2', 'espeak:en-gb+m3', 'espeak:en-gb-scotland+f4', 'festival-slt'] as const
  for (let time = 0; time < times.speech; time++) {
    const voice = voices[time % voices.length] ?? 'espeak'
    // They begin with a voiced sound: what is no voice yet is nobody's speech.
    const sentence = ['Wait a moment please, I mean something else.', 'No, not that one, another one please.'][time % 2]
    const isShort = time % 3 === 2
    const words = trimmed(await say(isShort ? 'yeah' : (sentence ?? ''), { voice }))
    const item = `over ${time}`
    sound.speaker.play(item, tone(6_000))
    await reached(sound, item, 300)
    const beganMs = performance.now()
    await speakIntoMicrophone(words)
    await passing(isShort ? 700 : 400)
    const heard = microphone.samples()
    const at = firstLoud(heard, microphone.sampleAt(beganMs), 600)
    const spokenMs = microphone.timeOf(at)
    const samples = speaker.samples()
    const from = speaker.sampleAt(spokenMs)
    const loud = peaks(samples, from, 1_600)
    const ducked = loud.findIndex((peak) => peak < 6_000)
    const quiet = loud.findIndex((peak, ms) => peak < silent && (loud[ms + 10] ?? 0) < silent)
    if (ducked >= 0) duckedMs.push(ducked)
    if (quiet >= 0 && !isShort) silentMs.push(quiet)
    if (isShort) {
      const endMs = microphone.timeOf(lastLoud(heard, at, 600, 100))
      const back = peaks(samples, speaker.sampleAt(endMs), 900).findIndex(
        (peak, ms, all) => peak > 10_000 && (all[ms + 20] ?? 0) > 10_000,
      )
      if (back >= 0) backMs.push(back)
    }
    await sound.speaker.cut()
    await passing(300)
  }
  return { duckedMs, silentMs, backMs }
}

function reached(sound: Sound, item: string, ms: number): Promise<void> {
  const event = new Promise<void>((resolve) => {
    const undo = sound.speaker.onPosition((at) => {
      if (at.item !== item || at.playedMs < ms) return
      undo()
      resolve()
    })
  })
  return within(`${ms} ms to be played`, event)
}
