import { loadavg } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { percentile } from '../../bench/statistics.ts'
import { forkHost, type HostProcess } from '../../src/main/audio/host-process.ts'
import type { FromHost } from '../../src/main/audio/messages.ts'
import { createSound, type Sound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import type { PlayedItem, SoundTrouble } from '../../src/main/ports.ts'
import { createHeadset, headsetNames, type Headset, type HeadsetPart } from '../support/headset.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { heardMs } from '../support/sound-analysis.ts'
import { recordSpeaker } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

const points = Number(process.env['PARLEY_RUNS'] ?? 3)
const kinds = ['speaker', 'microphone', 'default'] as const
const lengthMs = 1_800

let headset: Headset
let sound: Sound
let ended: PlayedItem[]
let troubles: SoundTrouble[]
let hear: (message: FromHost) => void = () => undefined

beforeEach(async () => {
  headset = await createHeadset()
  ended = []
  troubles = []
})
afterEach(async () => {
  await Promise.all([sound.microphone.close(), sound.speaker.close()])
  await headset.remove()
})

async function open(devices: Record<HeadsetPart, string | null>): Promise<void> {
  const startHost = (): HostProcess => {
    const host = forkHost()
    host.onMessage((message) => hear(message))
    return host
  }
  sound = createSound({ clock: systemClock, devices, startHost })
  for (const part of [sound.speaker, sound.microphone]) part.onTrouble((trouble) => troubles.push(trouble))
  sound.speaker.onEnded((at) => ended.push(at))
  await Promise.all([sound.microphone.open(), sound.speaker.open()])
  // Answered by the spare, which looks for what is connected.
  await sound.devices()
}

const tone = (ms: number): Int16Array =>
  Int16Array.from({ length: ms * 24 }, (_, at) => Math.round(12_000 * Math.sin((2 * Math.PI * at) / 24)))

const passing = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const openedAt = (part: HeadsetPart, device: string): Promise<number> =>
  within(
    `the ${part} “${device}” to be opened`,
    new Promise((resolve) => {
      hear = (message) => {
        if (message.type === 'opened' && message.part === part && message.device === device) resolve(performance.now())
      }
    }),
  )

const toldOf = (part: HeadsetPart): Promise<number> =>
  within(
    `to be told of the ${part}`,
    new Promise((resolve) => {
      const undo = sound[part].onTrouble(({ message }) => {
        if (!message.includes(`“${headsetNames[part]}”`)) return
        undo()
        resolve(performance.now())
      })
    }),
    { seen: () => troubles.map(({ message }) => message).join(' ') },
  )

async function turn(item: string, disturb: () => Promise<void>): Promise<void> {
  sound.speaker.play(item, tone(lengthMs))
  sound.speaker.finish(item)
  await disturb()
  await within('the turn to end', sound.speaker.drained())
  expect(ended.filter((one) => one.item === item)).toEqual([{ item, playedMs: lengthMs }])
  expect(troubles.filter(({ fatal }) => fatal)).toEqual([])
}

const row = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5).toFixed(0)}, p95 ${percentile(values, 0.95).toFixed(0)} ms, ` +
  `within a second ${values.filter((ms) => ms <= 1_000).length} of ${values.length}`

describe('devices that come and go in a turn', () => {
  it(
    '[A294] what is pulled out is told, what is back is used again, another default is followed, and the turn is kept',
    async () => {
      const random = seededRandom(294)
      const [toldMs, backMs, movedMs]: number[][] = [[], [], []]
      await headset.plug('speaker')
      await headset.plug('microphone')
      await open({ ...headsetNames })
      for (let point = 0; point < points; point++) {
        const kind = kinds[point % kinds.length]
        if (kind === 'default' || kind === undefined) continue
        await turn(`turn ${point}`, async () => {
          await passing(random() * 400)
          const told = toldOf(kind)
          await headset.pull(kind)
          const pulledMs = performance.now()
          toldMs!.push((await told) - pulledMs)
          await headset.plug(kind)
          const pluggedMs = performance.now()
          const back = openedAt(kind, headsetNames[kind])
          backMs!.push((await back) - pluggedMs)
        })
      }
      await Promise.all([sound.microphone.close(), sound.speaker.close()])

      await open({ speaker: null, microphone: null })
      const recording = await recordSpeaker('earpiece.monitor')
      for (let point = 2; point < points; point += 3) {
        await turn(`turn ${point}`, async () => {
          await passing(random() * 400)
          const fromMs = recording.recordedMs()
          await headset.makeDefault('speaker', true)
          await recording.reaches(fromMs + 1_000)
          movedMs!.push(heardMs(recording.samples().subarray(fromMs * 24))[0] ?? Infinity)
          await headset.makeDefault('speaker', false)
        })
      }
      await recording.stop()
      console.log(
        `told ${row(toldMs!)}; preferred device back ${row(backMs!)}; another default heard ${row(movedMs!)}; ` +
          `load ${loadavg()[0]?.toFixed(1) ?? ''}`,
      )
    },
    60_000 + points * 20_000,
  )
})
