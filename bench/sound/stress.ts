// Every core kept busy by stress-ng: is anything of the microphone lost, and are the gaps that Parley counts those of the recording?
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { createSampleQueue } from '../../src/core/audio/sample-queue.ts'
import { createSound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import { printTable } from '../statistics.ts'
import { passing, record, tone } from './recorder.ts'

const seconds = Number(process.env['PARLEY_SECONDS'] ?? 60)
const everyMs = 500
const quiet = 250
const leastGapMs = 2

export async function run(): Promise<void> {
  const stress = spawn('stress-ng', ['--cpu', String(availableParallelism()), '--timeout', `${seconds}s`], {
    stdio: 'ignore',
  })
  const isThere = await Promise.race([once(stress, 'spawn').then(() => true), once(stress, 'error').then(() => false)])
  if (!isThere) {
    console.log('Not measured under load: stress-ng is not installed (on Debian: apt-get install stress-ng).')
    return
  }
  const speaker = await record('vspeaker.monitor')
  const sound = createSound({ clock: systemClock, devices: { microphone: null, speaker: null } })
  sound.clean({ echo: 'off', noise: false })
  const heard = createSampleQueue()
  sound.microphone.onFrame((frame) => heard.push(frame))
  await Promise.all([sound.speaker.open(), sound.microphone.open()])
  const talk = speak(seconds * 1_000)
  await passing(1_500)
  const before = sound.speaker.health().underruns
  const from = speaker.samples().length
  sound.speaker.play('tone', tone((seconds - 4) * 1_000))
  sound.speaker.finish('tone')
  await sound.speaker.drained()
  const counted = sound.speaker.health().underruns - before
  await passing(500)
  const gaps = gapsOf(speaker.samples().subarray(from))
  talk.kill('SIGTERM')
  await Promise.all([sound.speaker.close(), sound.microphone.close()])
  await speaker.stop()
  if (stress.exitCode === null) await once(stress, 'exit')
  const { marks, lost, late } = lostOf(heard.all())
  printTable([
    [
      `every core busy for ${seconds} s: frames of the microphone lost`,
      `${lost} (of ${marks} marks; ${late} came late)`,
      '0',
    ],
    ['… gaps counted by Parley, in the recording', `${counted}, ${gaps.length} (${gaps.join(', ')} ms)`, 'the same'],
  ])
}

/** A click each half second into the microphone, all of it given in advance: it does not depend on who is busy. */
function speak(ms: number) {
  const player = spawn(
    'pacat',
    [
      '--playback',
      '--device=vmic_in',
      '--latency-msec=2000',
      '--raw',
      '--format=s16le',
      '--rate=24000',
      '--channels=1',
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  const samples = new Int16Array(ms * 24)
  for (let at = 0; at < samples.length; at += everyMs * 24) samples.fill(16_000, at, at + 24)
  // It is ended before it has taken all.
  player.stdin.on('error', () => undefined)
  player.stdin.end(Buffer.from(samples.buffer))
  return player
}

/** Between two clicks less than their distance came: frames are missing. More: the card itself had nothing to give. */
function lostOf(samples: Int16Array) {
  const marks: number[] = []
  for (let at = 0; at < samples.length; at++)
    if (Math.abs(samples[at] ?? 0) > 4_000 && at - (marks.at(-1) ?? -Infinity) > 24 * 100) marks.push(at)
  const offMs = marks.slice(1).map((at, before) => (at - (marks[before] ?? 0)) / 24 - everyMs)
  return {
    marks: marks.length,
    lost: offMs.filter((ms) => ms < -5).reduce((sum, ms) => sum + Math.ceil(-ms / 20), 0),
    late: offMs.filter((ms) => ms > 5).length,
  }
}

/** Lengths in ms of the silences between the first and the last sound. */
function gapsOf(samples: Int16Array): number[] {
  const gaps: number[] = []
  let last = -1
  for (let at = 0; at < samples.length; at++) {
    if (Math.abs(samples[at] ?? 0) <= quiet) continue
    if (last >= 0 && at - last > leastGapMs * 24) gaps.push(Math.round((at - last) / 24))
    last = at
  }
  return gaps
}
