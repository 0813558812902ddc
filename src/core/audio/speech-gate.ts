// Stands between the microphone and the line: while nobody speaks nothing is sent. Opens with what came before the voice, closes
// when the service has taken the turn or the person has long been silent. Where nobody can judge what is speech, everything
// passes. Counts in sound, not by a clock; who judges and who is told is main/audio/sent-speech.ts.
import { frameMs, frameSamples } from './pcm.ts'
import type { Sending } from '../views.ts'
import { createPreroll } from './preroll.ts'
import { windowMs } from './voice-windows.ts'

export interface SpeechGate {
  /** @param frame the next 20 ms of the microphone. @returns what is to be sent, oldest first */
  pass(frame: Int16Array): Int16Array[]
  /**
   * What was judged since the last time: of each moment of 32 ms how probably it was speech; null where nobody judges.
   * @returns what is to be sent because of it, oldest first
   */
  judged(speech: readonly number[] | null): Int16Array[]
  /** Somebody speaks already: what comes from now on is sent. */
  begin(): void
  /** The service hears that somebody speaks, or hears no more. */
  serviceHears(on: boolean): void
  /** The service has made a turn of what it heard. */
  taken(): void
  /** Whether only speech is sent. What was kept back is forgotten. */
  choose(onlySpeech: boolean): void
  /** What follows is no continuation, as after a mute. */
  forget(): void
  sending(): Sending
  counts(): { sentMs: number; keptMs: number }
}

export const speechGateRules = {
  /** From before the first sign of a voice. */
  prerollMs: 500,
  /** A sign of a voice may be so faint; it alone opens nothing, but the voice is taken to begin with it … */
  sign: 0.1,
  /** … unless so long nothing like it followed. */
  signGapMs: 640,
  /** A sound that rings like a voice for a moment is none: so much, on average over that many moments, opens. */
  evidence: [
    { moments: 4, mean: 0.6 },
    { moments: 8, mean: 0.5 },
    { moments: 12, mean: 0.45 },
  ],
  /** Once open, so much goes on to be a voice. */
  voiced: 0.3,
  /** Behind a turn that was taken, this much silence; a voice later than that after the taking is of the next turn. */
  closeAfterMs: 400,
  sameTurnMs: 250,
  /** Without a turn. A patient service waits as long by itself … */
  silentMs: 8_000,
  /** … and has its turn open a little longer; then it is given digital silence, in which every service hears an end. */
  roomMs: 10_000,
  endlessMs: 20_000,
  /** Nobody has told for so long what is speech: everything is sent. */
  unjudgedMs: 2_000,
} as const

/**
 * What is left out is a multiple of 160 ms: a service that looks at sound in steps of 10, 20, 32 or 40 ms sees it in the very
 * steps in which it would have seen all of it, and ends a turn not a step later.
 */
const stepFrames = 8
/** Longer than it takes to find that nobody judges, so that nothing is lost until then. */
const keptMost = 2_600
const mostMoments = Math.max(...speechGateRules.evidence.map(({ moments }) => moments))

/** `signMs`: since the first sign of a voice; `gapMs`: since the last one. */
interface Closed {
  type: 'closed'
  signMs: number | null
  gapMs: number
}

/** `takenMs`: since the service took a turn that nothing followed. */
interface Open {
  type: 'open'
  quietMs: number
  takenMs: number | null
}

const closed: Closed = { type: 'closed', signMs: null, gapMs: 0 }
const opened: Open = { type: 'open', quietMs: 0, takenMs: null }

export function createSpeechGate(): SpeechGate {
  const rules = speechGateRules
  const kept = createPreroll(keptMost)
  let onlySpeech = false
  let state: Closed | Open = closed
  let recent: number[] = []
  let unjudgedMs = 0
  let hasJudge = true
  let isHeard = false
  let passedMs = 0
  let sentMs = 0

  const sending = (): Sending =>
    !onlySpeech ? 'all' : isUnjudged() ? 'unjudged' : state.type === 'open' ? 'speech' : 'nothing'

  const isUnjudged = (): boolean => !hasJudge || unjudgedMs > rules.unjudgedMs

  function forget(): void {
    kept.drain()
    state = closed
    recent = []
    unjudgedMs = 0
  }

  function give(frames: Int16Array[]): Int16Array[] {
    sentMs += frames.length * frameMs
    return frames
  }

  function hear(speech: number): Int16Array[] {
    recent = [...recent, speech].slice(-mostMoments)
    if (state.type === 'open') {
      if (speech >= rules.voiced) hearVoice(state)
      return []
    }
    const next = withSign(state, speech)
    state = next
    if (!isVoice()) return []
    state = opened
    const wanted = Math.ceil(((next.signMs ?? 0) + rules.prerollMs + windowMs) / frameMs)
    const keptBack = (passedMs - sentMs) / frameMs
    return give(kept.drain().slice(-wanted - ((((keptBack - wanted) % stepFrames) + stepFrames) % stepFrames)))
  }

  function hearVoice({ takenMs }: Open): void {
    const isNext = takenMs !== null && takenMs > rules.sameTurnMs
    state = { type: 'open', quietMs: 0, takenMs: isNext ? null : takenMs }
  }

  function isVoice(): boolean {
    return rules.evidence.some(({ moments, mean }) => {
      const last = recent.slice(-moments)
      return last.length === moments && last.reduce((sum, one) => sum + one, 0) >= mean * moments
    })
  }

  function closeIfOver(): void {
    if (state.type === 'closed') return
    const { quietMs, takenMs } = state
    const isTaken = takenMs !== null && quietMs >= rules.closeAfterMs && !isHeard
    if (isTaken || quietMs >= (isHeard ? rules.endlessMs : rules.silentMs)) {
      state = closed
      recent = []
    }
  }

  return {
    pass(frame) {
      passedMs += frameMs
      if (!onlySpeech) return give([frame])
      unjudgedMs += frameMs
      if (isUnjudged()) return give([...kept.drain(), frame])
      if (state.type === 'closed') {
        kept.push(frame)
        return []
      }
      const { quietMs, takenMs } = state
      state = { type: 'open', quietMs: quietMs + frameMs, takenMs: takenMs === null ? null : takenMs + frameMs }
      closeIfOver()
      return give([quietMs < rules.roomMs ? frame : new Int16Array(frameSamples)])
    },
    judged(speech) {
      hasJudge = speech !== null
      if (!onlySpeech) return []
      if (speech === null) return give(kept.drain())
      if (speech.length > 0) unjudgedMs = 0
      return speech.flatMap(hear)
    },
    begin() {
      forget()
      state = opened
    },
    serviceHears: (on) => void (isHeard = on),
    taken() {
      if (state.type === 'open') state = { ...state, takenMs: 0 }
    },
    choose(only) {
      if (only === onlySpeech) return
      onlySpeech = only
      forget()
    },
    forget,
    sending,
    counts: () => ({ sentMs, keptMs: passedMs - sentMs }),
  }
}

function withSign({ signMs, gapMs }: Closed, speech: number): Closed {
  const isSign = speech >= speechGateRules.sign
  const gap = isSign ? 0 : gapMs + windowMs
  if (signMs === null) return isSign ? { type: 'closed', signMs: windowMs, gapMs: 0 } : closed
  return gap > speechGateRules.signGapMs ? closed : { type: 'closed', signMs: signMs + windowMs, gapMs: gap }
}
