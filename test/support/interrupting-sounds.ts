// What is heard while the voice speaks: sounds of a room and short words that want nothing of it, and words that do. Coughs, throats,
// laughter and keys are synthesised (there are no recordings of them that may be kept here); words are spoken by eight voices.
import { joinAudio, say, silence, trimmed, type TestVoice } from './say.ts'
import { mixed, whiteNoise } from './noise.ts'
import { seededRandom } from './seeded-random.ts'

export interface Interrupting {
  what: string
  samples: Int16Array
}

export const eightVoices: readonly TestVoice[] = [
  'espeak',
  'espeak:en-us+f2',
  'espeak:en-gb+m3',
  'espeak:en-gb-scotland+f4',
  'espeak:en-029+m7',
  'espeak:en-gb-x-rp+f5',
  'festival-slt',
  'festival-kal',
]

const backChannels = [
  'yeah',
  'mm hm',
  'uh huh',
  'right',
  'okay',
  'I see',
  'sure',
  'yes',
  'really',
  'oh',
  'hm',
  'got it',
]

const sentences = [
  'Wait, that is not what I meant.',
  'Stop please, I have another question.',
  'No, I want the other one.',
  'Hold on, what was the second name?',
  'Could you say that again more slowly?',
  'Actually, tell me about tomorrow instead.',
  'That is enough, thank you very much.',
  'How much would that cost me?',
  'Let me interrupt you for a moment.',
  'I think you are wrong about that.',
  'Never mind, play some music.',
  'Who told you such a thing?',
  'Please go back to the first one.',
]

type Random = () => number
type Make = (random: Random) => Int16Array

const between = (random: Random, from: number, to: number): number => from + (to - from) * random()

/** Noise through one resonance, in an envelope over its whole length (0–1). */
function breath(
  random: Random,
  ms: number,
  hz: number,
  width: number,
  envelope: (share: number) => number,
): Int16Array {
  const length = Math.round(ms * 24)
  const radius = Math.exp((-Math.PI * width) / 24_000)
  const cosine = 2 * radius * Math.cos((2 * Math.PI * hz) / 24_000)
  let [one, two] = [0, 0]
  const raw = Float64Array.from({ length }, (_, at) => {
    const next = (random() * 2 - 1) * envelope(at / length) + cosine * one - radius * radius * two
    ;[two, one] = [one, next]
    return next
  })
  const peak = raw.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9)
  return Int16Array.from(raw, (sample) => Math.round((sample / peak) * 11_000))
}

/** A burst, and the air behind it. */
const cough: Make = (random) => {
  const one = (): Int16Array =>
    breath(random, between(random, 180, 320), between(random, 500, 1_300), between(random, 300, 900), (share) =>
      share < 0.06 ? share / 0.06 : Math.exp(-between(random, 3.8, 4.2) * share),
    )
  return random() < 0.4 ? joinAudio(one(), silence(between(random, 180, 350)), one()) : one()
}

/** Rough: the air comes in pulses. */
const throat: Make = (random) => {
  const pulsesHz = between(random, 28, 55)
  const ms = between(random, 250, 480)
  return breath(random, ms, between(random, 250, 600), 350, (share) => {
    const pulse = Math.max(0, Math.sin((2 * Math.PI * pulsesHz * share * ms) / 1_000)) ** 2
    return pulse * Math.sin(Math.PI * Math.min(1, share * 1.2)) ** 0.5
  })
}

/** Short voiced puffs of breath, each a little lower than the one before. */
const laughter: Make = (random) => {
  const parts: Int16Array[] = []
  let hz = between(random, 160, 320)
  for (let puff = 0; puff < 2 + Math.floor(random() * 2); puff++) {
    const ms = between(random, 80, 130)
    const noise = breath(random, ms, between(random, 700, 1_100), 500, (share) => Math.sin(Math.PI * share))
    const own = hz
    const voiced = noise.map(
      (sample, at) => sample * (0.4 + 0.6 * Math.max(0, Math.sin((2 * Math.PI * own * at) / 24_000))),
    )
    parts.push(voiced, silence(between(random, 90, 140)))
    hz *= 0.94
  }
  return joinAudio(...parts)
}

/** Keys being typed, with their return a little behind. */
const keyboard: Make = (random) => {
  const samples = new Int16Array(24 * 1_200)
  for (let key = 0; key < 3 + random() * 6; key++) {
    const start = Math.floor(random() * (samples.length - 3_000))
    for (const [behind, loud] of [
      [0, 1],
      [between(random, 1_200, 2_400), 0.5],
    ] as const)
      for (let at = 0; at < 300; at++)
        samples[start + Math.floor(behind) + at] = Math.round((random() * 2 - 1) * 9_000 * loud * Math.exp(-at / 50))
  }
  return samples
}

const roomSounds: readonly (readonly [string, Make])[] = [
  ['cough', cough],
  ['throat', throat],
  ['laughter', laughter],
  ['keyboard', keyboard],
]

/** A fifth of each kind; the words among them by all voices in turn. At −20 to −8 dBFS. */
export async function roomOf(count: number): Promise<Interrupting[]> {
  const random = seededRandom(12)
  const sounds: Interrupting[] = []
  for (let at = 0; at < count; at++) {
    const made = roomSounds[at % (roomSounds.length + 1)]
    const words = backChannels[Math.floor(at / 5) % backChannels.length] ?? ''
    const voice = eightVoices[Math.floor(at / 5) % eightVoices.length] ?? 'espeak'
    const sound = made ? made[1](random) : trimmed(await say(words, { voice }))
    sounds.push({ what: made ? made[0] : `“${words}” (${voice})`, samples: louder(sound, between(random, 0.35, 1)) })
  }
  return sounds
}

export async function interruptionsOf(count: number): Promise<Interrupting[]> {
  const random = seededRandom(21)
  const sounds: Interrupting[] = []
  for (let at = 0; at < count; at++) {
    const text = sentences[at % sentences.length] ?? ''
    const voice = eightVoices[at % eightVoices.length] ?? 'espeak'
    const samples = louder(trimmed(await say(text, { voice })), between(random, 0.15, 0.8))
    sounds.push({ what: `“${text}” (${voice})`, samples })
  }
  return sounds
}

/** In a quiet room, with time before and behind. */
export function inRoom(samples: Int16Array, beforeMs = 600, behindMs = 1_200): Int16Array {
  const whole = joinAudio(silence(beforeMs), samples, silence(behindMs))
  return mixed(whole, whiteNoise(Math.ceil(whole.length / 24), -65))
}

const louder = (samples: Int16Array, by: number): Int16Array => samples.map((sample) => Math.round(sample * by))
