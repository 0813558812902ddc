// Which of the microphone's sound is worth reading for a phrase: the first seconds behind a pause, again and again while they grow.
// What is not the phrase is forgotten at once. Counts in sound, not by a clock; who reads and who opens is main/audio/name-listener.ts.
import { frameMs, frameSamples } from './pcm.ts'
import { windowMs } from './voice-windows.ts'

export const nameWatchRules = {
  /** A moment that may belong to a voice … */
  sign: 0.15,
  /** … and so many of them, on average so surely, are one. */
  moments: 4,
  evidence: 0.45,
  /** From before the first sign, but never from before the end of what was said last. */
  leadMs: 240,
  /** Faint signs may go on for long before a voice; the voice is taken to begin at most so long before it is sure. */
  signMostMs: 384,
  /** So much of a voice may be a short phrase; it is read then, and again after so much more. */
  firstReadMs: 800,
  nextReadMs: 240,
  /** Silence in which what was said so far is read to its end, and one that ends it. */
  pauseMs: 160,
  overMs: 352,
  /** A phrase stands at the beginning: what goes on longer without one is none, until there is a pause. */
  longestMs: 3_000,
  /** What knows the phrase may have to be started first. */
  mostHeldMs: 10_000,
  /** Behind the phrase: so much of a voice is the same breath, so much silence ends it. */
  goesOnMs: 256,
  aloneMs: 480,
} as const

/** `readMs`: how much of it was read, the last time. `endMs`: where in what is held it ended, null while it goes on. */
interface Voice {
  type: 'voice'
  quietMs: number
  readMs: number
  isReading: boolean
  endMs: number | null
}

/** `called` is told at once; `words` says whether what follows belongs to the same breath and gives it, from the phrase's first sound. */
export type NameWatchEvent =
  /** 24 kHz mono. Answer with `read`. */
  | { type: 'read'; samples: Int16Array }
  | { type: 'called' }
  | { type: 'words'; frames: Int16Array[] }
  | { type: 'alone' }

type State =
  /** `signMs`: since the first sign, null while there is none. */
  | { type: 'quiet'; signMs: number | null }
  | Voice
  /** Too long to be a phrase, or too much of it. */
  | { type: 'spent'; quietMs: number }
  /** Called: does it go on? `voicedMs` and `quietMs` since the phrase was known. */
  | { type: 'called'; voicedMs: number; quietMs: number }

export interface NameWatch {
  pass(frame: Int16Array): NameWatchEvent[]
  /** Of each moment of 32 ms since the last time: how probably it was speech. */
  judged(speech: readonly number[]): NameWatchEvent[]
  /** What came of the last `read`. `hasMore`: words behind the phrase. */
  read(outcome: { isCalled: boolean; hasMore: boolean }): NameWatchEvent[]
  /** Somebody may be speaking now: whoever reads can make ready. */
  isStirring(): boolean
  forget(): void
  /** How much sound is held, ms. */
  heldMs(): number
}

export function createNameWatch(): NameWatch {
  const rules = nameWatchRules
  let frames: Int16Array[] = []
  let state: State = { type: 'quiet', signMs: null }
  let recent: number[] = []
  /** What came while the voice before it was still being read. */
  let later: (Int16Array | readonly number[])[] = []
  /** Sound since the last voice ended; nothing from before it may be kept. */
  let sinceVoiceMs = 0

  const heldMs = (): number => frames.length * frameMs

  function keepLast(ms: number): void {
    frames = frames.slice(Math.max(0, frames.length - Math.ceil(ms / frameMs)))
  }

  function quieten(): NameWatchEvent[] {
    frames = []
    recent = []
    sinceVoiceMs = 0
    state = { type: 'quiet', signMs: null }
    return takeLater()
  }

  const isWaiting = (): boolean => state.type === 'voice' && state.endMs !== null

  function take(frame: Int16Array): NameWatchEvent[] {
    if (isWaiting()) {
      later.push(frame)
      return later.length > (2 * rules.mostHeldMs) / frameMs ? forget() : []
    }
    frames.push(frame)
    sinceVoiceMs += frameMs
    if (state.type === 'spent') frames = []
    if (state.type === 'quiet')
      keepLast(Math.min((state.signMs ?? 0) + rules.leadMs + rules.moments * windowMs, sinceVoiceMs))
    return []
  }

  function judge(speech: number): NameWatchEvent[] {
    if (isWaiting()) {
      later.push([speech])
      return []
    }
    switch (state.type) {
      case 'quiet':
        return hearQuiet(state, speech)
      case 'voice':
        return hearVoice(state, speech)
      case 'spent': {
        const quietMs = speech >= rules.sign ? 0 : state.quietMs + windowMs
        state = { type: 'spent', quietMs }
        return quietMs >= rules.overMs ? quieten() : []
      }
      case 'called':
        return hearCalled(state, speech)
    }
  }

  function forget(): NameWatchEvent[] {
    later = []
    return quieten()
  }

  function hearQuiet({ signMs }: State & { type: 'quiet' }, speech: number): NameWatchEvent[] {
    recent = [...recent, speech].slice(-rules.moments)
    const next = speech < rules.sign && signMs === null ? null : Math.min(rules.signMostMs, (signMs ?? 0) + windowMs)
    const isStale = next !== null && recent.length === rules.moments && recent.every((one) => one < rules.sign)
    state = { type: 'quiet', signMs: isStale ? null : next }
    if (recent.length < rules.moments || recent.reduce((sum, one) => sum + one, 0) < rules.evidence * rules.moments)
      return []
    keepLast(Math.min((next ?? 0) + rules.leadMs, sinceVoiceMs))
    state = { type: 'voice', quietMs: 0, readMs: 0, isReading: false, endMs: null }
    return []
  }

  function hearVoice(voice: Voice, speech: number): NameWatchEvent[] {
    const quietMs = speech >= rules.sign ? 0 : voice.quietMs + windowMs
    const endMs = voice.endMs ?? (quietMs >= rules.overMs ? heldMs() - quietMs + rules.pauseMs : null)
    const next = { ...voice, quietMs, endMs }
    state = next
    // Models that are just being loaded take their time; what is said meanwhile may be the phrase.
    if (next.isReading) return heldMs() > rules.mostHeldMs ? spend() : []
    return readIfDue(next)
  }

  function spend(): NameWatchEvent[] {
    frames = []
    state = { type: 'spent', quietMs: 0 }
    return []
  }

  function readIfDue(voice: Voice): NameWatchEvent[] {
    const { readMs, quietMs, endMs } = voice
    const wholeMs = Math.min(rules.longestMs, endMs ?? heldMs())
    if (endMs !== null || heldMs() >= rules.longestMs) {
      // Moments and frames are not of one length.
      if (readMs < wholeMs - 2 * windowMs) return read(voice, wholeMs)
      return endMs === null ? spend() : quieten()
    }
    const isPause = quietMs >= rules.pauseMs && readMs < wholeMs - quietMs
    const isMore = quietMs < rules.pauseMs && wholeMs >= (readMs === 0 ? rules.firstReadMs : readMs + rules.nextReadMs)
    return isPause || isMore ? read(voice, wholeMs) : []
  }

  function read(voice: Voice, ms: number): NameWatchEvent[] {
    state = { ...voice, isReading: true, readMs: ms }
    return [{ type: 'read', samples: joined(frames.slice(0, Math.ceil(ms / frameMs))) }]
  }

  function hearCalled(called: State & { type: 'called' }, speech: number): NameWatchEvent[] {
    const isVoice = speech >= rules.evidence
    const voicedMs = called.voicedMs + (isVoice ? windowMs : 0)
    const quietMs = isVoice ? 0 : called.quietMs + windowMs
    state = { type: 'called', voicedMs, quietMs }
    if (voicedMs >= rules.goesOnMs) return giveWords()
    if (quietMs < rules.aloneMs) return []
    quieten()
    return [{ type: 'alone' }]
  }

  /** What came meanwhile follows the phrase. */
  function takeLater(): NameWatchEvent[] {
    const waiting = later
    later = []
    return waiting.flatMap((one) => (one instanceof Int16Array ? take(one) : one.flatMap(judge)))
  }

  function giveWords(): NameWatchEvent[] {
    const words = [...frames, ...later.filter((one) => one instanceof Int16Array)]
    later = []
    quieten()
    return [{ type: 'words', frames: words }]
  }

  return {
    pass: take,
    judged: (speech) => speech.flatMap(judge),
    read({ isCalled, hasMore }) {
      if (state.type !== 'voice' || !state.isReading) return []
      const voice: Voice = { ...state, isReading: false }
      state = voice
      if (!isCalled) return readIfDue(voice)
      // While it was being read, more may have been said: then it is of the same breath.
      const isMore = (voice.endMs ?? heldMs() - voice.quietMs) - voice.readMs >= rules.goesOnMs
      if (hasMore || isMore) return [{ type: 'called' }, ...giveWords()]
      state = { type: 'called', voicedMs: 0, quietMs: voice.quietMs }
      return [{ type: 'called' }, ...takeLater()]
    },
    isStirring: () =>
      state.type === 'voice' || state.type === 'called' || (state.type === 'quiet' && state.signMs !== null),
    forget: () => void forget(),
    heldMs,
  }
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(frames.length * frameSamples)
  for (const [at, frame] of frames.entries()) all.set(frame, at * frameSamples)
  return all
}
