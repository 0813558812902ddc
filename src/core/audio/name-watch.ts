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
  firstReadMs: 560,
  nextReadMs: 240,
  /** Silence in which what was said so far is read to its end, and one that ends it. */
  pauseMs: 160,
  overMs: 352,
  /** A phrase stands at the beginning: what goes on longer without one is none, until there is a pause. */
  longestMs: 3_000,
  /** Behind the phrase: so much of a voice is the same breath, so much silence ends it. */
  goesOnMs: 256,
  aloneMs: 480,
} as const

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
  /** `readMs`: how much of it had come at the last reading. */
  | { type: 'voice'; quietMs: number; readMs: number; isReading: boolean; isOver: boolean }
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
    return []
  }

  function hearQuiet({ signMs }: State & { type: 'quiet' }, speech: number): NameWatchEvent[] {
    recent = [...recent, speech].slice(-rules.moments)
    const next = speech < rules.sign && signMs === null ? null : Math.min(rules.signMostMs, (signMs ?? 0) + windowMs)
    const isStale = next !== null && recent.length === rules.moments && recent.every((one) => one < rules.sign)
    state = { type: 'quiet', signMs: isStale ? null : next }
    if (recent.length < rules.moments || recent.reduce((sum, one) => sum + one, 0) < rules.evidence * rules.moments)
      return []
    keepLast(Math.min((next ?? 0) + rules.leadMs, sinceVoiceMs))
    state = { type: 'voice', quietMs: 0, readMs: 0, isReading: false, isOver: false }
    return []
  }

  function hearVoice(voice: State & { type: 'voice' }, speech: number): NameWatchEvent[] {
    const quietMs = speech >= rules.sign ? 0 : voice.quietMs + windowMs
    const next = { ...voice, quietMs }
    state = next
    if (quietMs >= rules.overMs) return endVoice(next)
    if (heldMs() > rules.longestMs) return spend()
    return readIfDue(next)
  }

  function endVoice(voice: State & { type: 'voice' }): NameWatchEvent[] {
    // What is being read may be the phrase.
    if (!voice.isReading) return quieten()
    state = { ...voice, isOver: true }
    return []
  }

  function spend(): NameWatchEvent[] {
    frames = []
    state = { type: 'spent', quietMs: 0 }
    return []
  }

  function readIfDue(voice: State & { type: 'voice' }): NameWatchEvent[] {
    const ms = heldMs()
    const isPause = voice.quietMs >= rules.pauseMs && voice.readMs < ms - voice.quietMs
    const isDue =
      voice.readMs === 0
        ? ms >= rules.firstReadMs + rules.leadMs
        : ms - voice.readMs >= rules.nextReadMs && voice.quietMs < rules.pauseMs
    if (voice.isReading || !(isPause || isDue)) return []
    state = { ...voice, isReading: true, readMs: ms }
    return [{ type: 'read', samples: joined(frames) }]
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

  function giveWords(): NameWatchEvent[] {
    const words = frames
    quieten()
    return [{ type: 'words', frames: words }]
  }

  return {
    pass(frame) {
      frames.push(frame)
      sinceVoiceMs += frameMs
      if (state.type === 'spent') frames = []
      if (state.type === 'quiet')
        keepLast(Math.min((state.signMs ?? 0) + rules.leadMs + rules.moments * windowMs, sinceVoiceMs))
      return []
    },
    judged(speech) {
      const told: NameWatchEvent[] = []
      for (const one of speech) {
        switch (state.type) {
          case 'quiet':
            told.push(...hearQuiet(state, one))
            break
          case 'voice':
            told.push(...hearVoice(state, one))
            break
          case 'spent': {
            const quietMs: number = one >= rules.sign ? 0 : state.quietMs + windowMs
            state = { type: 'spent', quietMs }
            if (quietMs >= rules.overMs) quieten()
            break
          }
          case 'called':
            told.push(...hearCalled(state, one))
        }
      }
      return told
    },
    read({ isCalled, hasMore }) {
      if (state.type !== 'voice' || !state.isReading) return []
      const { isOver, quietMs } = state
      state = { ...state, isReading: false }
      if (!isCalled) return isOver ? quieten() : readIfDue(state)
      if (hasMore) return [{ type: 'called' }, ...giveWords()]
      if (isOver) {
        quieten()
        return [{ type: 'called' }, { type: 'alone' }]
      }
      state = { type: 'called', voicedMs: 0, quietMs }
      return [{ type: 'called' }]
    },
    isStirring: () =>
      state.type === 'voice' || state.type === 'called' || (state.type === 'quiet' && state.signMs !== null),
    forget: () => void quieten(),
    heldMs,
  }
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(frames.length * frameSamples)
  for (const [at, frame] of frames.entries()) all.set(frame, at * frameSamples)
  return all
}
