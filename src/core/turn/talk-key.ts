// The key that one talks with, as fingers use it: held while talking, or tapped once to begin and once to end. Pure; the
// runner tells its edges and the time. What a press does to the conversation is the voice session's business.

export type TalkKeyState =
  | { type: 'up' }
  /** `signMs`: when the key last gave a sign of being down; auto-repeat is such a sign. */
  | { type: 'held'; sinceMs: number; signMs: number }
  | { type: 'latched' }
  /** Down again to end what a tap began; that it goes up again ends nothing more. */
  | { type: 'ending' }

/** `lost`: whatever is held or latched ends, because its end will not be heard (screen locked, machine asleep). */
export type TalkKeyEvent = 'down' | 'up' | 'lost'

export type TalkKeyAct = 'press' | 'release'

export interface TalkKeyStep {
  state: TalkKeyState
  act: TalkKeyAct | null
}

export const talkKeyRules = {
  /** A press shorter than this is a tap. */
  tapMs: 300,
  /** A key held this long without a sign was let go unheard. Held keys repeat several times a second. */
  lostAfterMs: 30_000,
}

export const talkKeyUp: TalkKeyState = { type: 'up' }

/** @param nowMs of a steady clock */
export function stepTalkKey(state: TalkKeyState, event: TalkKeyEvent, nowMs: number): TalkKeyStep {
  switch (event) {
    case 'down':
      return down(state, nowMs)
    case 'up':
      return up(state, nowMs)
    case 'lost':
      return { state: talkKeyUp, act: state.type === 'held' || state.type === 'latched' ? 'release' : null }
  }
}

function down(state: TalkKeyState, nowMs: number): TalkKeyStep {
  switch (state.type) {
    case 'up':
      return { state: { type: 'held', sinceMs: nowMs, signMs: nowMs }, act: 'press' }
    case 'held':
      return { state: { ...state, signMs: nowMs }, act: null }
    case 'latched':
      return { state: { type: 'ending' }, act: 'release' }
    case 'ending':
      return { state, act: null }
  }
}

function up(state: TalkKeyState, nowMs: number): TalkKeyStep {
  switch (state.type) {
    case 'held':
      return nowMs - state.sinceMs < talkKeyRules.tapMs
        ? { state: { type: 'latched' }, act: null }
        : { state: talkKeyUp, act: 'release' }
    case 'ending':
      return { state: talkKeyUp, act: null }
    case 'up':
    case 'latched':
      return { state, act: null }
  }
}

/** When a held key counts as lost unless it gives a sign before; null when none is held. */
export function lostAtMs(state: TalkKeyState): number | null {
  return state.type === 'held' ? state.signMs + talkKeyRules.lostAfterMs : null
}
