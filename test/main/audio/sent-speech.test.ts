// Through the very detector: what of the sounds of a room is sent (nothing), and what of what is said (all of it). The long form is an
// hour of a room and 200 utterances, with its figures printed.
import { describe, expect, it } from 'vitest'
import { createSampleQueue } from '../../../src/core/audio/sample-queue.ts'
import { createResampler } from '../../../src/main/audio/resample.ts'
import { createSentSpeech, noVoiceDetector } from '../../../src/main/audio/sent-speech.ts'
import { loadVoiceActivity } from '../../../src/speech/voice-activity.ts'
import { noTurn, silenceMs, step, thresholdsAt } from '../../../src/engine/speech/turn.ts'
import { modelsFolder } from '../../../src/main/folders.ts'
import { eightVoices } from '../../support/interrupting-sounds.ts'
import { createJudgedMicrophone, type JudgedMicrophone } from '../../support/judged-microphone.ts'
import { keyClicks, mainsHum, mixed, whiteNoise } from '../../support/noise.ts'
import { fan, music, musicKinds, speechAt } from '../../support/room-sounds.ts'
import { joinAudio, say, silence, trimmed } from '../../support/say.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 0)
const inLongForm = runs > 0
const withinMs = 1_800_000

const wish = { onlySpeech: true, handsFree: true }

type MakeNoise = (ms: number, seed: number) => Int16Array

const rooms: Record<string, MakeNoise> = {
  silence: (ms) => silence(ms),
  'a quiet room': (ms) => whiteNoise(ms, -62),
  keyboard: (ms) => mixed(keyClicks(ms, -10), whiteNoise(ms, -62)),
  fan: (ms, seed) => fan(ms, -38, seed),
  hum: (ms) => mixed(mainsHum(ms, -35), whiteNoise(ms, -62)),
  ...Object.fromEntries(
    musicKinds.map((kind): [string, MakeNoise] => [
      `music, ${kind}`,
      (ms, seed) => mixed(music(ms, -30, kind, seed), whiteNoise(ms, -62)),
    ]),
  ),
}

/** A service that finds turns by half a second of silence, as the built-in voice does. */
async function createListeningService() {
  const detector = await loadVoiceActivity(modelsFolder)
  const listener = detector.createListener()
  const resampler = await createResampler(24_000, 16_000)
  const queue = createSampleQueue()
  let turn = noTurn
  let windows = 0
  return {
    close: () => detector.close(),
    /** @returns what it tells because of that frame */
    async hear(frame: Int16Array): Promise<('started' | 'ended')[]> {
      const told: ('started' | 'ended')[] = []
      queue.push(resampler.push(frame))
      while (queue.length() >= 512) {
        const next = step(turn, windows, await listener(queue.take(512)), thresholdsAt(0.5))
        windows++
        if (turn.type === 'quiet' && next.type === 'voiced') told.push('started')
        turn = next
        if (silenceMs(turn, windows) < 500) continue
        turn = noTurn
        told.push('ended')
      }
      return told
    },
  }
}

interface Said {
  what: string
  samples: Int16Array
  /** Of the first and of the last sample that is speech. */
  from: number
  to: number
}

/** An utterance in its noise, with a moment before and behind. */
async function inNoise(at: number, overDb: number, noise: MakeNoise, noiseDbfs: number): Promise<Said> {
  const voice = eightVoices[at % eightVoices.length] ?? 'espeak'
  const text = sentences[Math.floor(at / eightVoices.length) % sentences.length] ?? ''
  const speech = speechAt(trimmed(await say(text, { voice })), overDb, noiseDbfs)
  const from = 24 * (2_500 + 7 * (at % 13))
  const whole = joinAudio(silence(from / 24), speech, silence(3_000))
  const samples = mixed(whole, noise(Math.ceil(whole.length / 24), at + 1))
  return { what: `“${text}” (${voice}) at ${overDb} dB`, samples, from, to: from + speech.length }
}

const sentences = [
  'What time is it?',
  'Could you say that again more slowly?',
  'Yes, please.',
  'Remind me in ten minutes to call Ada.',
  'Stop.',
  'Hold on, what was the second name?',
]

/** With and without the gate, each with a service of its own. Times in frames of the microphone. */
async function speak(said: Said, isGated: boolean) {
  const service = await createListeningService()
  const microphone = createJudgedMicrophone()
  const sent: Int16Array[] = []
  const way = createSentSpeech({ microphone, send: (frame) => frame && sent.push(frame) })
  way.choose({ ...wish, onlySpeech: isGated })
  let given = 0
  const ends: number[] = []
  const whole = Math.floor(said.samples.length / 480)
  for (let frame = 0; frame < whole; frame++) {
    await microphone.hear(said.samples.subarray(frame * 480, (frame + 1) * 480))
    for (; given < sent.length; given++)
      for (const told of await service.hear(sent[given]!)) {
        way.serviceHears(told === 'started')
        if (told === 'started') continue
        way.taken()
        ends.push(frame)
      }
  }
  way.stop()
  await service.close()
  return { ends, sent: joinAudio(...sent), sending: way.sending() }
}

/** Where `part` lies in `all`, whole and in one piece; -1 where it does not. */
function find(all: Int16Array, part: Int16Array): number {
  const [one, other] = [Buffer.from(all.buffer, all.byteOffset, all.byteLength), Buffer.from(part.slice().buffer)]
  for (let at = one.indexOf(other); at !== -1; at = one.indexOf(other, at + 1)) if (at % 2 === 0) return at / 2
  return -1
}

async function sentOf(microphone: JudgedMicrophone, samples: Int16Array): Promise<number> {
  let frames = 0
  const way = createSentSpeech({ microphone, send: (frame) => frame && frames++ })
  way.choose(wish)
  await microphone.hear(samples)
  way.stop()
  return frames * 960
}

describe('what hands-free sends', () => {
  it(
    '[A266] of silence, keys, a fan, hum and music not one byte',
    async () => {
      const microphone = createJudgedMicrophone()
      const names = Object.keys(rooms)
      const minutes = inLongForm ? Math.ceil(60 / names.length) : 0
      const opened: string[] = []
      let cpuMs = 0
      let heardMs = 0
      for (const name of names)
        for (let piece = 0; piece < Math.max(1, minutes); piece++) {
          const ms = inLongForm ? 60_000 : 8_000
          const sound = rooms[name]!(ms, piece + 1)
          const from = process.cpuUsage()
          const bytes = await sentOf(microphone, sound)
          const { user, system } = process.cpuUsage(from)
          if (name !== 'silence') {
            cpuMs += (user + system) / 1_000
            heardMs += ms
          }
          if (bytes > 0) opened.push(`${name}, ${piece}: ${bytes} bytes`)
        }
      const pieces = names.length * Math.max(1, minutes)
      console.log(
        `${pieces} pieces of noise, of ${opened.length} something was sent (${opened.join('; ')}); gate and detector take ${(cpuMs / (heardMs / 1_000)).toFixed(2)} ms of CPU for a second of sound`,
      )
      expect(opened.filter((what) => !what.startsWith('music'))).toEqual([])
      expect(opened.length, opened.join('; ')).toBeLessThanOrEqual(inLongForm ? pieces * 0.05 : 0)
    },
    withinMs,
  )

  it(
    '[A267] of what is said all of it from its first sound, and the turn is taken as without the gate, with few exceptions at most one step of the service later',
    async () => {
      const count = inLongForm ? 200 : 6
      const random = seededRandom(4)
      const kinds: [string, MakeNoise][] = [
        ['a quiet room', (ms) => whiteNoise(ms, -40)],
        ['fan', (ms, seed) => fan(ms, -40, seed)],
        ['keyboard', (ms) => mixed(keyClicks(ms, -20), whiteNoise(ms, -40))],
        ['music', (ms, seed) => music(ms, -40, 'piano', seed)],
      ]
      const wrong: string[] = []
      const unheard: string[] = []
      let whole = 0
      let latest = -Infinity
      let later = 0
      const spanDb = inLongForm ? 26 : 20
      for (let at = 0; at < count; at++) {
        const [room, noise] = kinds[at % kinds.length]!
        const overDb = Math.round(20 - spanDb * (inLongForm ? at / (count - 1) : random()))
        const said = await inNoise(at, overDb, noise, -40)
        const [all, gated] = [await speak(said, false), await speak(said, true)]
        const isWhole = find(gated.sent, said.samples.slice(said.from, said.to)) !== -1
        if (isWhole) whole++
        const what = `${said.what} in ${room}`
        // Whom the service does not hear at all without the gate, nobody can miss.
        if (all.ends.length === 0 && !isWhole) unheard.push(what)
        else if (!isWhole) wrong.push(what)
        else if (gated.ends.length < all.ends.length)
          wrong.push(`${what}: ${gated.ends.length} turns of ${all.ends.length}`)
        const lastOf = (ends: number[]): number => ends.at(-1) ?? 0
        const byMs = (lastOf(gated.ends) - lastOf(all.ends)) * 20
        if (!isWhole || all.ends.length === 0) continue
        latest = Math.max(latest, byMs)
        if (byMs > 20) later++
      }
      console.log(
        `${whole} of ${count} utterances sent whole; ${unheard.length} that the service does not hear either (${unheard.join('; ')}); ` +
          `${wrong.length} wrong (${wrong.join('; ')}); the turn ends at most ${latest} ms later, ${later} times more than 20 ms`,
      )
      // Near the noise and under it the detector itself is unsure, here as in a service.
      expect(wrong.length, wrong.join('; ')).toBeLessThanOrEqual(count * 0.02)
      expect(later).toBeLessThanOrEqual(count * (inLongForm ? 0.25 : 0.5))
      if (!inLongForm) expect(latest).toBeLessThanOrEqual(40)
      if (!inLongForm) expect(whole).toBe(count)
    },
    withinMs,
  )

  it(
    '[A266] a television’s speech is speech: it is sent',
    async () => {
      const programme: Int16Array[] = []
      for (let at = 0; at < (inLongForm ? 24 : 2); at++)
        programme.push(
          await say(sentences[at % sentences.length] ?? '', {
            voice: eightVoices[at % eightVoices.length] ?? 'espeak',
          }),
          silence(700),
        )
      for (const dbfs of inLongForm ? [-30, -45, -60] : [-30]) {
        const speech = speechAt(joinAudio(...programme), 0, dbfs)
        const sound = mixed(speech, whiteNoise(Math.ceil(speech.length / 24), -62))
        const bytes = await sentOf(createJudgedMicrophone(), sound)
        const percent = Math.round((100 * bytes) / 2 / sound.length)
        console.log(`television at ${dbfs} dBFS: ${percent} % of it sent`)
        expect(percent).toBeGreaterThanOrEqual(90)
      }
    },
    withinMs,
  )

  it('[A264] without a detector everything is sent from the first frame on, and that is told once', async () => {
    const microphone = createJudgedMicrophone(() => Promise.reject(new Error('missing')))
    const told: string[] = []
    let frames = 0
    const way = createSentSpeech({ microphone, send: () => frames++ })
    way.onTrouble((message) => told.push(message))
    way.choose(wish)
    await microphone.hear(silence(5_000))
    expect(frames).toBe(250)
    expect(way.sending()).toBe('unjudged')
    way.mute(true)
    way.mute(false)
    await microphone.hear(silence(5_000))
    expect(told).toEqual([noVoiceDetector])
  })

  it('[A263] by key, and where everything is wanted, every frame passes at once and nobody judges', async () => {
    for (const other of [
      { onlySpeech: true, handsFree: false },
      { onlySpeech: false, handsFree: true },
    ]) {
      const microphone = createJudgedMicrophone()
      let frames = 0
      const way = createSentSpeech({ microphone, send: () => frames++ })
      way.choose(other)
      await microphone.hear(silence(1_000))
      expect(frames).toBe(50)
      expect(way.sending()).toBe('all')
    }
  })
})
