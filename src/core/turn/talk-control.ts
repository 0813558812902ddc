// The talk control as a hand uses it, the same for a button and for a key: hold it to talk, or tap it to latch and tap
// again to end. What a press does to the conversation is push-to-talk.ts and the session.

export type TalkControl =
  | { type: 'up' }
  | { type: 'held'; since: EdgeTime }
  /** A tap began it; it listens until the next one. */
  | { type: 'latched' }
  /** The tap that ended it is still down. */
  | { type: 'ending' }

export type TalkEdge = 'down' | 'up' | 'lost'

/** When an edge came to be known, and when the hand made it by the clock of whatever felt it, whose zero may be anywhere. */
export interface EdgeTime {
  atMs: number
  handMs: number | null
}

export type TalkAct = 'press' | 'release' | 'nothing'

export const controlUp: TalkControl = { type: 'up' }

/** Shorter than this is a tap. */
export const tapWithinMs = 300
/** Held this long without a sign, the key was let go unheard; auto-repeat, several times a second, is a sign. */
export const lostAfterMs = 30_000

/** @param latches false where the voice listens anyway and a tap only interrupts */
export function stepTalkControl(
  control: TalkControl,
  edge: TalkEdge,
  time: EdgeTime,
  latches: boolean,
): { control: TalkControl; act: TalkAct } {
  if (edge === 'lost') return { control: controlUp, act: isTalking(control) ? 'release' : 'nothing' }
  switch (control.type) {
    case 'up':
      return edge === 'down' ? { control: { type: 'held', since: time }, act: 'press' } : { control, act: 'nothing' }
    case 'held':
      // Auto-repeat sends `down` again and again.
      if (edge === 'down') return { control, act: 'nothing' }
      if (latches && heldForMs(control.since, time) < tapWithinMs)
        return { control: { type: 'latched' }, act: 'nothing' }
      return { control: controlUp, act: 'release' }
    case 'latched':
      return edge === 'down' ? { control: { type: 'ending' }, act: 'release' } : { control, act: 'nothing' }
    case 'ending':
      return edge === 'up' ? { control: controlUp, act: 'nothing' } : { control, act: 'nothing' }
  }
}

/**
 * The hand's own clock counts: a busy machine tells both edges of a long press at once, or the second one late. One that
 * does not move between them, as of whoever tells no time, says nothing.
 */
function heldForMs(from: EdgeTime, to: EdgeTime): number {
  if (from.handMs !== null && to.handMs !== null && to.handMs > from.handMs) return to.handMs - from.handMs
  return to.atMs - from.atMs
}

function isTalking(control: TalkControl): boolean {
  return control.type === 'held' || control.type === 'latched'
}
