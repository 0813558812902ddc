// From the talk key going down to the first sample that is kept, through PortAudio on the virtual card and the app itself: cold (no
// sound process, no device open) and warm. The person talks all the time, and the window is told that it is heard.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import { beginApp } from '../../test/support/begun-app.ts'
import { speakIntoMicrophone } from '../../test/support/virtual-devices.ts'
import { percentile, printTable } from '../statistics.ts'
import { firstLoud, passing, tone } from './recorder.ts'

const times = { cold: 100, warm: 100, begun: 20 }
const loud = 1_000

export async function run(): Promise<void> {
  const cold = await presses(true)
  const warm = await presses(false)
  const row = (values: readonly number[]): string =>
    `p50 ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms (${values.length})`
  printTable([
    ['key down to the first sample kept, cold', row(cold.keptMs), ''],
    ['… to the word that one is heard', row(cold.toldMs), ''],
    ['… that word not before the first sample', `${cold.inOrder} of ${cold.toldMs.length}`, '100 of 100'],
    ['key down to the first sample sent, warm', row(warm.keptMs), 'p95 ≤ 20 ms'],
    ['speech that began 200 ms before the key, sent from its first sample', `${warm.whole} of ${times.begun}`, ''],
  ])
}

async function presses(isCold: boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const sound = createSound({ clock: systemClock, devices: { microphone: null, speaker: null } })
  const { app, live, state, stop } = await beginApp(folder, {
    sound,
    settings: { turnMode: 'manual', suppressesNoise: false },
    restsSoon: isCold,
  })
  const service = await live()
  let heardMs = Infinity
  sound.microphone.onFrame((frame) => {
    if (frame.some((sample) => sample !== 0)) heardMs = Math.min(heardMs, performance.now())
  })
  let isHeardMs = Infinity
  app.hear((notice) => {
    if (notice.type === 'state' && notice.state.presence === 'listening')
      isHeardMs = Math.min(isHeardMs, performance.now())
  })
  const talk = keepTalking()
  const figures = { keptMs: [] as number[], toldMs: [] as number[], inOrder: 0, whole: 0 }
  await passing(1_000)
  for (let time = 0; time < (isCold ? times.cold : times.warm); time++) {
    if (isCold) await state(({ microphone, speaker }) => microphone.type === 'resting' && speaker.type === 'resting')
    await passing(isCold ? 60 : 90 + (time % 20))
    const before = service.all('input_audio_buffer.append').length
    heardMs = Infinity
    isHeardMs = Infinity
    const downMs = performance.now()
    app.talk('down')
    await until(() => heardMs < Infinity && isHeardMs < Infinity)
    if (isCold) figures.keptMs.push(heardMs - downMs)
    else {
      await until(() => service.all('input_audio_buffer.append').length > before)
      figures.keptMs.push(performance.now() - downMs)
    }
    figures.toldMs.push(isHeardMs - downMs)
    if (isHeardMs >= heardMs) figures.inOrder += 1
    await passing(250)
    app.talk('up')
    await passing(60)
  }
  await talk.end()
  if (!isCold) for (let time = 0; time < times.begun; time++) figures.whole += (await isBegunWhole()) ? 1 : 0
  await stop()
  await rm(folder, { recursive: true })
  return figures

  async function isBegunWhole(): Promise<boolean> {
    await passing(700)
    heardMs = Infinity
    const from = service.samples().length
    const isLoud = new Promise<void>((resolve) => {
      const undo = sound.microphone.onFrame((frame) => {
        if (firstLoud(frame, 0, loud) < 0) return
        undo()
        resolve()
      })
    })
    const spoken = speakIntoMicrophone(tone(800))
    await isLoud
    await passing(200)
    app.talk('down')
    await passing(400)
    app.talk('up')
    await spoken
    await passing(100)
    // Behind silence, with all of the 200 ms: from its first sample.
    const sent = service.samples().subarray(from)
    const first = firstLoud(sent, 0, loud)
    return first > 240 && sent.length - first > 24 * 550
  }
}

function keepTalking() {
  const talk = { goesOn: true }
  const talking = (async () => {
    while (talk.goesOn) await speakIntoMicrophone(tone(4_000, 6_000))
  })()
  return {
    end() {
      talk.goesOn = false
      return talking
    },
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const untilMs = performance.now() + 10_000
  while (!isSo() && performance.now() < untilMs) await passing(1)
}
