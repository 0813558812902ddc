// One press of the talk key. Every press ends in exactly one named outcome.

export type TalkKey = { type: 'up' } | { type: 'down'; sinceMs: number; frames: number }

export type PressOutcome =
  | 'committed'
  /** Under 100 ms of sound: the service would refuse it, and a response would answer what was said before. */
  | 'too-short'

/** The service refuses to commit less than 100 ms of sound; frames are 20 ms. */
export const fewestFrames = 5

export const keyUp: TalkKey = { type: 'up' }

/** A second press without a release (auto-repeat) changes nothing. */
export function pressed(key: TalkKey, nowMs: number): { key: TalkKey; began: boolean } {
  return key.type === 'down' ? { key, began: false } : { key: { type: 'down', sinceMs: nowMs, frames: 0 }, began: true }
}

export function frameTaken(key: TalkKey): TalkKey {
  return key.type === 'down' ? { ...key, frames: key.frames + 1 } : key
}

/** Null when the key was not down. */
export function released(key: TalkKey): PressOutcome | null {
  if (key.type === 'up') return null
  return key.frames >= fewestFrames ? 'committed' : 'too-short'
}
