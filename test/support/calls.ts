// Calls, and talk that is none, by voices that the engine does not speak with: what a phrase is told from. The same at every run.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nameWatchRules } from '../../src/core/audio/name-watch.ts'
import { createNameListener } from '../../src/main/audio/name-listener.ts'
import type { Hearing } from '../../src/main/audio/hearing.ts'
import { createJudgedMicrophone } from './judged-microphone.ts'
import { mixed, whiteNoise } from './noise.ts'
import { fan, music, speechAt } from './room-sounds.ts'
import { joinAudio, say, silence, trimmed, type TestVoice } from './say.ts'
import { seededRandom } from './seeded-random.ts'

export const callVoices: readonly TestVoice[] = [
  'espeak',
  'espeak:en-us+f2',
  'espeak:en-gb+m3',
  'espeak:en-gb-scotland+f4',
  'espeak:en-029+m7',
  'espeak:en-gb-x-rp+f5',
  'festival-slt',
  'festival-kal',
]

/** What is said behind the phrase; empty: nothing. */
export const callWords: readonly string[] = [
  '',
  'what time is it?',
  'set a timer for ten minutes.',
  '',
  'how is the weather tomorrow?',
  'read my messages.',
]

export const nearMisses: readonly string[] = [
  'Hey party people, are you ready?',
  'Barley soup is on the stove.',
  'Hey Charlie, come over here.',
  'They parley with the enemy.',
  'It is partly cloudy today.',
  'Hey, are you coming along?',
  'Harley is my neighbour.',
  'A party for all of us.',
  'Charlie and Marley are brothers.',
  'Hey there, how are you?',
  'He hardly ever calls.',
  'Okay, probably not today.',
  'Parliament meets on Monday.',
  'Hey Molly, where is the car?',
  'We grow barley and wheat.',
  'Hello Peter, this is Paula.',
  'Hey, buddy, sit down.',
  'May partly is a cold month.',
]

const noiseDbfs = -45

/** Half a second of noise, the call over it, and a second and a half behind it. @returns where the phrase alone ends, else null */
export async function callAt(
  words: string,
  voice: TestVoice,
  overDb: number,
  seed = 7,
): Promise<{ audio: Int16Array; endsMs: number | null }> {
  const speech = speechAt(
    trimmed(await say(`Hey Parley${words === '' ? '.' : `, ${words}`}`, { voice })),
    overDb,
    noiseDbfs,
  )
  const audio = joinAudio(silence(700), speech, silence(1_500))
  return {
    audio: mixed(audio, fan(Math.ceil(audio.length / 24), noiseDbfs, seed)),
    endsMs: words === '' ? 700 + speech.length / 24 : null,
  }
}

/** Sentences as people write them, from the manuals, with another name in place of ours. */
function sentences(): string[] {
  const folder = fileURLToPath(new URL('../../docs/', import.meta.url))
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  return text
    .replace(/Parley/g, 'Charlie')
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?])\s/)
    .filter((one) => /^[A-Z][A-Za-z ,'’-]{20,110}[.!?]$/.test(one))
}

/** Talk without a call: pieces of several seconds in turn, every twelfth sentence a near miss. @param ms at least so much */
export async function* otherTalk(ms: number, seed: number): AsyncGenerator<{ audio: Int16Array; words: string }> {
  const random = seededRandom(seed)
  const plain = sentences()
  const any = <Of>(of: readonly Of[]): Of => of[Math.floor(random() * of.length)] as Of
  let made = 0
  for (let number = 0; made < ms; number++) {
    const words = number % 12 === 11 ? any(nearMisses) : any(plain)
    const spoken = speechAt(trimmed(await say(words, { voice: any(callVoices) })), 20, noiseDbfs)
    // Now and then somebody goes on without a pause, as on television.
    const audio = joinAudio(spoken, silence(random() < 0.3 ? 120 : 500 + Math.floor(random() * 900)))
    const lengthMs = Math.ceil(audio.length / 24)
    const behind =
      random() < 0.25
        ? music(lengthMs, -38, any(['piano', 'strings', 'lead']), number)
        : fan(lengthMs, noiseDbfs, number)
    made += lengthMs
    yield { audio: mixed(audio, behind), words }
  }
}

export interface CallListening {
  /** @returns when it was called, ms of sound into this; null: it was not */
  hear(audio: Int16Array): Promise<{ calledMs: number | null; readMs: number }>
  /** Silence, in which whatever was heard is over. */
  pause(): Promise<void>
  stop(): void
}

/** The listener with the real detector and the real recogniser; a reading takes no time of the sound's. */
export function listenForCalls(hearing: Hearing, phrase = 'Hey Parley'): CallListening {
  let readMs = 0
  const timed: Hearing = {
    ...hearing,
    async fit(...asked) {
      const sinceMs = performance.now()
      const fit = await hearing.fit(...asked)
      readMs = performance.now() - sinceMs
      return fit
    },
  }
  const microphone = createJudgedMicrophone()
  const listener = createNameListener({ microphone, hearing: timed })
  microphone.speech?.listen(true)
  listener.listenFor(phrase)
  let calls = 0
  listener.on('called', () => calls++)
  const frame = 480

  async function hear(audio: Int16Array): Promise<{ calledMs: number | null; readMs: number }> {
    const before = calls
    let calledMs: number | null = null
    let took = 0
    for (let at = 0; at < audio.length; at += frame) {
      await microphone.hear(audio.subarray(at, at + frame))
      await listener.settled()
      if (calls > before && calledMs === null) {
        calledMs = (at + frame) / 24
        took = readMs
      }
    }
    return { calledMs, readMs: took }
  }

  return {
    hear,
    async pause() {
      await hear(whiteNoise(nameWatchRules.aloneMs + 600, -70))
    },
    stop: () => listener.stop(),
  }
}
