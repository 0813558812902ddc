// How long sound takes from the write to the speaker until a frame with it is back in main, where the microphone hears the speaker
// itself, and what Parley adds to naudiodon; in one run. And what sound costs while both talk.
import { setTimeout as passed } from 'node:timers/promises'
import type { CleaningChoice } from '../../src/core/audio/echo-view.ts'
import { createSound, type Sound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import { farSpeech, nearSpeech } from '../../test/support/echo-table.ts'
import { speakIntoMicrophone } from '../../test/support/virtual-devices.ts'
import { soundCard } from '../../test/support/virtual-sound.ts'
import { readTree } from '../process-tree.ts'
import { percentile, printTable } from '../statistics.ts'
import { chromiumRoundTrips } from './chromium.ts'
import { openSameBuffers, openStock, openWriter, type Path } from './plain.ts'
import { tone } from './recorder.ts'

const times = 60
const talkSeconds = 20
const microphone = 'vmonitor'
const loud = 1_000

export async function run(): Promise<void> {
  const stock = await alone(openStock(microphone))
  const bare = await alone(await openSameBuffers(microphone))
  const parley = await alone(await openParley())
  // What it plays itself would be cancelled, so another one plays what is to come through.
  const withoutCleaning = await alone(await openReader({ echo: 'off', noise: false }))
  const withCleaning = await alone(await openReader({ echo: 'on', noise: true }))
  const other = await chromiumRoundTrips(times)
  const [processMs, mainMs] = await costWhileTalking()
  const median = (values: readonly number[]): number => percentile(values, 0.5)
  const row = (values: readonly number[]): string =>
    `p50 ${median(values).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms (${values.length})`
  const cleaningMs = median(withCleaning) - median(withoutCleaning)
  const allOnMs = median(parley) + cleaningMs
  const added = (to: readonly number[]): string =>
    `${(median(parley) - median(to)).toFixed(0)} ms; with both ${(allOnMs - median(to)).toFixed(0)} ms`
  const share = (ms: number): string => `${((ms / (talkSeconds * 1_000)) * 100).toFixed(1)} %`
  printTable([
    ['write to the speaker to the frame in main, without cancellation and suppression', row(parley), 'p50 ≤ 70 ms'],
    ['… with both, which look ahead', `p50 ${allOnMs.toFixed(0)} ms (${cleaningMs.toFixed(0)} ms more)`, 'p50 ≤ 70 ms'],
    ['naudiodon’s addon alone with the buffers that Parley opens', row(bare), ''],
    ['… what Parley adds to it', added(bare), '≤ 10 ms'],
    ['naudiodon with its stock settings and streams, which run dry again and again', row(stock), ''],
    ['Chromium’s getUserMedia and AudioWorklet, cancellation on', other.on === null ? other.why : row(other.on), ''],
    ['… off', other.off === null ? other.why : row(other.off), ''],
    ['of one core while both talk: the sound process', share(processMs), '≤ 12 %'],
    ['… and in main', share(mainMs), ''],
  ])
}

async function alone(path: Path): Promise<number[]> {
  const tookMs: number[] = []
  let awaited: { sinceMs: number; heard: () => void } | null = null
  path.onFrame((frame) => {
    if (awaited === null || !frame.some((sample) => Math.abs(sample) > loud)) return
    tookMs.push(performance.now() - awaited.sinceMs)
    awaited.heard()
    awaited = null
  })
  await passed(1_500)
  for (let time = 0; time < times; time++) {
    await passed(300 + ((time * 37) % 100) / 4)
    const heard = new Promise<void>((resolve) => (awaited = { sinceMs: performance.now(), heard: resolve }))
    path.write(tone(60, 16_000))
    // What is lost is not counted; the row says how many were heard.
    await Promise.race([heard, passed(3_000)])
    awaited = null
  }
  await path.close()
  return tookMs
}

async function openParley(): Promise<Path> {
  const sound = createSound({ clock: systemClock, devices: { microphone, speaker: null } })
  sound.clean({ echo: 'off', noise: false })
  await Promise.all([sound.speaker.open(), sound.microphone.open()])
  let items = 0
  return {
    write(samples) {
      items += 1
      sound.speaker.play(`click ${items}`, samples)
      sound.speaker.finish(`click ${items}`)
    },
    onFrame: (listen) => void sound.microphone.onFrame(listen),
    close: async () => void (await Promise.all([sound.speaker.close(), sound.microphone.close()])),
  }
}

/** Parley hears, and naudiodon's addon plays. */
async function openReader(cleaning: CleaningChoice): Promise<Path> {
  const sound = createSound({ clock: systemClock, devices: { microphone, speaker: null } })
  sound.clean(cleaning)
  await sound.microphone.open()
  const writer = await openWriter()
  return {
    write: writer.write,
    onFrame: (listen) => void sound.microphone.onFrame(listen),
    close: async () => void (await Promise.all([writer.close(), sound.microphone.close()])),
  }
}

/** Processor time of the sound process (with its spare) and of main, in ms, while the voice speaks without a pause. */
async function costWhileTalking(): Promise<[processMs: number, mainMs: number]> {
  const sound: Sound = createSound({ clock: systemClock, devices: { microphone: null, speaker: null } })
  const [far, near] = [await farSpeech(), await nearSpeech()]
  await soundCard('loopback', 'on')
  sound.clean({ echo: 'on', noise: true })
  await Promise.all([sound.speaker.open(), sound.microphone.open()])
  sound.speaker.floor?.listen(true)
  sound.microphone.speech?.listen(true)
  await passed(3_000)
  for (let part = 0; part < 3; part++) sound.speaker.play('voice', far)
  await passed(2_000)
  const before = costs()
  await Promise.all([passed(talkSeconds * 1_000), speakIntoMicrophone(near.map((sample) => Math.round(sample / 8)))])
  const after = costs()
  await Promise.all([sound.speaker.close(), sound.microphone.close()])
  await soundCard('loopback', 'off')
  return [after.processMs - before.processMs, after.mainMs - before.mainMs]
}

function costs(): { processMs: number; mainMs: number } {
  const tree = readTree(process.pid).filter(({ pid, name }) => pid === process.pid || name === 'other')
  const { user, system } = process.cpuUsage()
  const processMs = tree.filter(({ pid }) => pid !== process.pid).reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  return { processMs, mainMs: (user + system) / 1_000 }
}
