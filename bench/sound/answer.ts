// What Parley adds to an answer: from the end of what is said at the microphone to the first sound of the answer at the speaker,
// with a service that thinks no time at all, and the two ways of it. Also from its word that it hears somebody to silence.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToSamples, samplesToBytes } from '../../src/core/audio/pcm.ts'
import { createSound } from '../../src/main/audio/sound.ts'
import { decodeBase64, encodeBase64 } from '../../src/main/base64.ts'
import { systemClock } from '../../src/main/clock.ts'
import { composeCompanion } from '../../src/main/compose.ts'
import { createWayOut } from '../../src/main/net/way-out.ts'
import { openConversations } from '../../src/main/store/conversations.ts'
import { whenLive } from '../../src/main/talk/talk.ts'
import { embeddedEndpoint, embeddedVoice } from '../../test/support/embedded-voice.ts'
import { createScriptedServer, type ScriptedConnection } from '../../test/support/scripted-server.ts'
import { speakIntoMicrophone } from '../../test/support/virtual-devices.ts'
import { percentile, printTable } from '../statistics.ts'
import { firstLoud, lastLoud, passing, record, tone } from './recorder.ts'

const times = 30
const loud = 2_000

export async function run(): Promise<void> {
  const speaker = await record('vspeaker.monitor')
  const microphone = await record('vmic')
  const server = await createScriptedServer()
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const store = await openConversations({ folder, clock: systemClock, random: Math.random })
  const companion = composeCompanion({
    ...createSound({ clock: systemClock, devices: { microphone: null, speaker: null } }),
    folder,
    record: await store.open('bench'),
    config: embeddedVoice('server'),
    address: () => Promise.resolve({ baseUrl: server.url, key: 'bench-key' }),
    wayOut: createWayOut({ choice: () => 'none', env: {} }),
    endpoint: embeddedEndpoint,
  })
  const live = whenLive({ companion, where: 'a service that thinks no time' })
  await companion.wake()
  const line = await server.connection()
  await live
  const { passOver, hearEnd } = inputOf(line)

  const wholeMs: number[] = []
  const upMs: number[] = []
  const downMs: number[] = []
  const silentMs: number[] = []
  for (let turn = 0; wholeMs.length < times && turn < 3 * times; turn++) {
    await passOver()
    const beganMs = performance.now()
    const spoken = speakIntoMicrophone(tone(300 + 7 * turn))
    const endAtServiceMs = await hearEnd()
    answer(line, turn)
    await spoken
    await passing(500)
    const heard = microphone.samples()
    const from = firstLoud(heard, microphone.sampleAt(beganMs), loud)
    const endMs = microphone.timeOf(lastLoud(heard, from, loud, 100))
    const first = firstLoud(speaker.samples(), speaker.sampleAt(beganMs), loud)
    // Where the card itself dropped out, the service took the gap for the end.
    const isWhole = endAtServiceMs >= endMs && first >= 0
    if (isWhole) wholeMs.push(speaker.timeOf(first) - endMs)
    if (isWhole) upMs.push(endAtServiceMs - endMs)
    if (isWhole) downMs.push(speaker.timeOf(first) - endAtServiceMs)
    const startedMs = performance.now()
    line.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: `over${turn}` })
    await passing(600)
    const last = lastLoud(speaker.samples(), speaker.sampleAt(startedMs - 20), loud, 40)
    silentMs.push(speaker.timeOf(last) - startedMs)
    line.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 1, item_id: `over${turn}` })
    await companion.hush()
    await passing(400)
  }
  await companion.stop()
  await server.close()
  await store.close()
  await Promise.all([speaker.stop(), microphone.stop()])
  await rm(folder, { recursive: true })
  const row = (values: readonly number[]): string =>
    `p50 ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms (${values.length})`
  printTable([
    ['end of speech to first answered sound, beside the thinking', row(wholeMs), 'p95 ≤ 120 ms'],
    ['… of that from the microphone to the service', row(upMs), ''],
    ['… of that from the service to the speaker', row(downMs), ''],
    ['the service’s speech_started to silence at the speaker', row(silentMs), 'p95 ≤ 60 ms'],
  ])
}

/** What a service hears, frame by frame. */
function inputOf(line: ScriptedConnection) {
  let heard = 0
  const next = async (): Promise<Int16Array> => {
    heard += 1
    return bytesToSamples(decodeBase64((await line.next('input_audio_buffer.append')).audio))
  }
  return {
    /** What was said until now is of no interest any more. */
    async passOver() {
      while (heard < line.all('input_audio_buffer.append').length) await next()
    },
    /** When the first frame with a millisecond of quiet at its end, behind sound, was there. */
    async hearEnd() {
      let isSounding = false
      for (;;) {
        const samples = await next()
        isSounding ||= samples.some((sample) => Math.abs(sample) > loud)
        if (isSounding && !samples.subarray(-24).some((sample) => Math.abs(sample) > loud)) return performance.now()
      }
    },
  }
}

function answer(line: ScriptedConnection, turn: number): void {
  const ids = { response: `r${turn}`, item: `a${turn}` }
  line.hearTurn(`u${turn}`, null, 'hello')
  line.beginAnswer({ ...ids, previous: `u${turn}` })
  const of = { response_id: ids.response, item_id: ids.item, output_index: 0, content_index: 0 }
  for (let piece = 0; piece < 15; piece++)
    line.send({ type: 'response.output_audio.delta', ...of, delta: encodeBase64(samplesToBytes(tone(200))) })
  line.endAnswer(ids, 'hello')
}
