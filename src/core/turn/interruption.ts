// Does somebody interrupt the voice? The one place that decides: a detector's probabilities, the service's word, the key and
// what was understood go in; lowering the voice, holding it, bringing it back and ending it come out. Short speech that
// ends (a cough, “mm-hm”) brings it back. Pure: time is given, sound and devices are the caller's.

/** `off`: nobody listens for it (hold-to-talk, a muted microphone). `strict`: the microphone may hear the voice itself. */
export type InterruptionRule = 'off' | 'usual' | 'strict'

export type InterruptionEvent =
  /** Of one moment of the microphone's sound: how probably it is speech, 0–1. `ms` since the last such event. */
  | { type: 'sound'; speech: number; ms: number }
  /** The service hears somebody. */
  | { type: 'service' }
  /** Words were understood that are no back-channel. */
  | { type: 'words' }
  /** By key, click, Esc or typing: always the end. */
  | { type: 'stop' }
  | { type: 'key'; down: boolean }
  /** Something of the voice is on its way to the ear, or nothing is. */
  | { type: 'voice'; on: boolean }
  | { type: 'rule'; rule: InterruptionRule }
  /** Time passes; needed where no sound comes. */
  | { type: 'tick' }

export type InterruptionEffect =
  /** Quieter, at once; it goes on. */
  | 'duck'
  /** Silent, at once; it waits where it is. */
  | 'hold'
  /** As loud as before; after a hold from the word where it was. */
  | 'resume'
  /** Silent, for good. */
  | 'end'

/** One stretch of speech with its short pauses. */
interface Burst {
  fromMs: number
  /** Milliseconds of it that were speech. */
  speechMs: number
  lastSpeechMs: number
}

export interface InterruptionState {
  rule: InterruptionRule
  isKeyDown: boolean
  isVoiceOn: boolean
  doubt:
    | { type: 'none' }
    | ({ type: 'ducked' } & Burst)
    /** `byService`: it is the service that heard somebody, which we may not. */
    | ({ type: 'held'; sinceMs: number; byService: boolean } & Burst)
  /** What was judged as too little lately: several of them soon after one another are somebody who speaks. */
  before: Burst
}

export interface InterruptionLimits {
  /** From this on a moment may be speech: enough to lower the voice. */
  notice: number
  /** From this on it is. */
  speech: number
  /** Speech that goes on after so long silences the voice … */
  holdMs: number
  /** … and so much of it ends it: what is longer is no back-channel. */
  endMs: number
}

const limits: Record<Exclude<InterruptionRule, 'off'>, InterruptionLimits> = {
  usual: { notice: 0.1, speech: 0.35, holdMs: 240, endMs: 720 },
  // The echo of the voice is speech, too: only what is clear counts, and it must last.
  strict: { notice: 0.85, speech: 0.85, holdMs: 400, endMs: 1_000 },
}

export const interruptionRules = {
  /** So long without speech, and it is over: with what the sound needs to come back, under 300 ms. */
  overMs: 120,
  /** What is heard as speech began so long before, in the mean: a moment of the detector is 32 ms. */
  leadMs: 24,
  /** The service heard somebody whom we do not hear: so long is waited for either to become sure. */
  serviceAloneMs: 400,
  /** What was judged as too little counts for so long. */
  forgottenMs: 1_000,
} as const

const noBurst: Burst = { fromMs: Infinity, speechMs: 0, lastSpeechMs: -Infinity }

export const noInterruption: InterruptionState = {
  rule: 'off',
  isKeyDown: false,
  isVoiceOn: false,
  doubt: { type: 'none' },
  before: noBurst,
}

type Step = readonly [state: InterruptionState, effects: readonly InterruptionEffect[]]

/** @param nowMs monotonic; it may stand still, never go back */
export function stepInterruption(state: InterruptionState, event: InterruptionEvent, nowMs: number): Step {
  switch (event.type) {
    case 'sound':
      return hear(state, event.speech, event.ms, nowMs)
    case 'tick':
      return judgeSilence(state, nowMs)
    case 'service':
      return serviceHears(state, nowMs)
    case 'words':
      return state.doubt.type === 'none' ? [state, []] : end(state)
    case 'stop':
      return end(state)
    case 'key':
      return event.down === state.isKeyDown ? [state, []] : pressKey({ ...state, isKeyDown: event.down })
    case 'voice':
      return turnVoice(state, event.on)
    case 'rule':
      return setRule(state, event.rule)
  }
}

/** The voice is to be quieter than usual, or silent, and nothing is decided. */
export function isInDoubt({ doubt }: InterruptionState): boolean {
  return doubt.type !== 'none'
}

function hear(state: InterruptionState, speech: number, ms: number, nowMs: number): Step {
  const { rule } = state
  if (rule === 'off' || !(state.isVoiceOn || isInDoubt(state))) return [state, []]
  const limit = limits[rule]
  if (speech >= limit.speech) return judgeSpeech(state, ms, limit, nowMs)
  return speech >= limit.notice && state.doubt.type === 'none'
    ? judgeSpeech(state, 0, limit, nowMs)
    : judgeSilence(state, nowMs)
}

function judgeSpeech(state: InterruptionState, ms: number, limit: InterruptionLimits, nowMs: number): Step {
  const { doubt } = state
  const earlier = doubt.type === 'none' ? recent(state.before, nowMs) : doubt
  const fromMs = doubt.type === 'none' ? Infinity : doubt.fromMs
  const burst: Burst = {
    fromMs: Math.min(fromMs, nowMs - interruptionRules.leadMs),
    speechMs: earlier.speechMs + ms,
    lastSpeechMs: nowMs,
  }
  if (burst.speechMs >= limit.endMs) return end(state)
  if (doubt.type === 'held') return [{ ...state, doubt: { ...doubt, ...burst, byService: false } }, []]
  if (nowMs - burst.fromMs >= limit.holdMs) return hold(state, burst, false, nowMs)
  const ducked: InterruptionState = { ...state, doubt: { type: 'ducked', ...burst } }
  return [ducked, doubt.type === 'none' && !state.isKeyDown ? ['duck'] : []]
}

function hold(state: InterruptionState, burst: Burst, byService: boolean, nowMs: number): Step {
  return [{ ...state, doubt: { type: 'held', sinceMs: nowMs, byService, ...burst } }, ['hold']]
}

/** Nobody speaks at the moment. */
function judgeSilence(state: InterruptionState, nowMs: number): Step {
  const { doubt } = state
  if (doubt.type === 'none') return [state, []]
  const sinceMs = doubt.type === 'held' && doubt.byService ? doubt.sinceMs : doubt.lastSpeechMs
  const waitMs = doubt.type === 'held' && doubt.byService ? interruptionRules.serviceAloneMs : interruptionRules.overMs
  if (nowMs - sinceMs < waitMs) return [state, []]
  return [{ ...state, doubt: { type: 'none' }, before: burstOf(doubt) }, ['resume', ...again(state)]]
}

/** Where nobody judges, its word is enough. */
function serviceHears(state: InterruptionState, nowMs: number): Step {
  const { doubt } = state
  if (state.rule === 'off') return end(state)
  if (doubt.type === 'held') return [state, []]
  // It tells late of what has been judged here.
  if (doubt.type === 'none' && recent(state.before, nowMs).speechMs > 0) return [state, []]
  // Nothing sounds that could be brought back; what is to come is not wanted.
  if (doubt.type === 'none' && !state.isVoiceOn) return end(state)
  return hold(state, doubt.type === 'ducked' ? burstOf(doubt) : noBurst, doubt.type === 'none', nowMs)
}

function end(state: InterruptionState): Step {
  return [{ ...state, isVoiceOn: false, doubt: { type: 'none' }, before: noBurst }, ['end']]
}

function pressKey(state: InterruptionState): Step {
  if (isInDoubt(state)) return [state, []]
  return [state, state.isKeyDown ? ['duck'] : ['resume']]
}

/** What plays behind a hold is over only by `end`. */
function turnVoice(state: InterruptionState, on: boolean): Step {
  if (on === state.isVoiceOn) return [state, []]
  const next: InterruptionState = { ...state, isVoiceOn: on }
  if (on) return [next, []]
  return [{ ...next, doubt: { type: 'none' }, before: noBurst }, isInDoubt(state) ? ['resume', ...again(state)] : []]
}

function setRule(state: InterruptionState, rule: InterruptionRule): Step {
  if (rule === state.rule) return [state, []]
  const next: InterruptionState = { ...state, rule, doubt: { type: 'none' }, before: noBurst }
  return [next, isInDoubt(state) ? ['resume', ...again(state)] : []]
}

/** While the key is down the voice comes back quiet. */
const again = ({ isKeyDown }: InterruptionState): InterruptionEffect[] => (isKeyDown ? ['duck'] : [])

const burstOf = ({ fromMs, speechMs, lastSpeechMs }: Burst): Burst => ({ fromMs, speechMs, lastSpeechMs })

function recent(before: Burst, nowMs: number): Burst {
  return nowMs - before.lastSpeechMs > interruptionRules.forgottenMs ? noBurst : before
}
