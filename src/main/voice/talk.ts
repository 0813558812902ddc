// The person's side: which sound goes up, and what the talk key does with it. In manual mode a press is one turn; in the
// other modes the service hears everything and the key only interrupts.
import { frameMs, msToSamples } from '../../core/audio/pcm.ts'
import { createPreroll } from '../../core/audio/preroll.ts'
import { clearAudio, commitAudio, type TurnMode } from '../../core/realtime/commands.ts'
import {
  fewestFrames,
  frameTaken,
  keyUp,
  pressed,
  released,
  type PressOutcome,
  type TalkKey,
} from '../../core/turn/push-to-talk.ts'
import type { Clock } from '../ports.ts'
import type { Call } from '../call/call.ts'
import type { Uplink } from './uplink.ts'

export interface TalkOpts {
  clock: Clock
  uplink: Uplink
  /** The call that carries the conversation now. */
  current: () => Call | null
  mode: TurnMode
  newId: (prefix: string) => string
  /** A press is to become a turn, as soon as a line has taken all of its sound … */
  onCaptured: (press: string) => void
  /** … or too little was left of it. */
  onDropped: (press: string) => void
  /** The service was told to make a turn of the press. */
  onCommitted: (press: string, call: Call) => void
}

export interface Talk {
  hear(frame: Int16Array | null): void
  /** @returns false when the key was down already */
  press(): boolean
  release(): PressOutcome | null
  setMode(mode: TurnMode): void
  /** Nothing follows for long: what no turn was made of is forgotten. */
  rest(): void
  /** Sends a turn's sound once more, as a turn of its own; while the key is down, after that turn. */
  again(frames: readonly Int16Array[]): void
  /** The line before keeps what it has of the turn that is being spoken. */
  splitTurn(): void
  isHeld(): boolean
  /** The key is down, and makes a turn of what is said. */
  isPressing(): boolean
  /** Sound goes up without a sign from the person. */
  isStreaming(): boolean
}

/** Kept from before the key went down, so that a first syllable is not lost. */
const prerollMs = 300
/** Frames come every 20 ms; a stall of this process may hold them up, but not for so long. */
const staleAfterMs = 1_000
/** By this the service hears that a turn sent again has ended, whatever the microphone does. */
const closingFrames = 75

export function createTalk(opts: TalkOpts): Talk {
  const { clock, uplink, current, mode: firstMode, newId } = opts
  const preroll = createPreroll(prerollMs)
  let mode = firstMode
  let key: TalkKey = keyUp
  let press = ''
  /** Frames of each press that were sent, over the line that has it. */
  const framesOf = new Map<string, number>()
  let heardMs = -Infinity
  const waiting: (readonly Int16Array[])[] = []

  /** After a pause of the microphone (it rests, is muted, was replaced) the pre-roll is of another moment. */
  function dropStale(): void {
    if (clock.monotonicMs() - heardMs > staleAfterMs) preroll.drain()
  }

  function begin(): void {
    dropStale()
    // What is held behind the last turn belongs to none; turns that wait to be sent stay.
    uplink.clear()
    press = open()
    for (const frame of preroll.drain()) uplink.push(frame, press)
  }

  function open(): string {
    const id = newId('press')
    uplink.then(id, () => {
      current()?.send(clearAudio)
      keepPress(id)
    })
    return id
  }

  function keepPress(id: string): void {
    uplink.beginPress(id)
    framesOf.set(id, uplink.health().sentFrames)
  }

  function sendAgain(frames: readonly Int16Array[]): void {
    if (mode !== 'manual') {
      for (const frame of frames) uplink.push(frame)
      for (let at = 0; at < closingFrames; at++) uplink.push(new Int16Array(msToSamples(frameMs)))
      return
    }
    const id = open()
    for (const frame of frames) uplink.push(frame, id)
    commit(id)
  }

  function discard(id: string): void {
    uplink.clear()
    uplink.then(id, () => {
      current()?.send(clearAudio)
      uplink.drop(id)
    })
  }

  function commit(id: string): void {
    opts.onCaptured(id)
    uplink.then(id, () => {
      const call = current()
      const frames = uplink.health().sentFrames - (framesOf.get(id) ?? 0)
      framesOf.delete(id)
      // So much of an old turn may have been dropped that the service would refuse what is left.
      if (frames < fewestFrames || !call) {
        uplink.drop(id)
        return opts.onDropped(id)
      }
      uplink.endPress(id)
      call.send(commitAudio)
      opts.onCommitted(id, call)
    })
  }

  return {
    hear(frame) {
      if (frame === null) {
        uplink.then(null, uplink.rest)
        return
      }
      dropStale()
      heardMs = clock.monotonicMs()
      if (mode === 'manual' && key.type === 'up') {
        preroll.push(frame)
        return
      }
      key = frameTaken(key)
      uplink.push(frame, mode === 'manual' ? press : null)
    },
    press() {
      const { key: next, began } = pressed(key, clock.monotonicMs())
      key = next
      if (began && mode === 'manual') begin()
      return began
    },
    release() {
      const outcome = mode === 'manual' ? released(key) : null
      key = keyUp
      if (outcome === 'too-short') discard(press)
      if (outcome === 'committed') commit(press)
      for (const frames of waiting.splice(0)) sendAgain(frames)
      return outcome
    },
    rest() {
      uplink.clear('all')
      uplink.then(null, uplink.rest)
    },
    setMode(next) {
      // The service decides on turns again: it goes on with what it has of this one.
      if (mode === 'manual' && next !== 'manual' && key.type === 'down') uplink.drop(press)
      mode = next
    },
    again(frames) {
      if (mode === 'manual' && key.type === 'down') waiting.push(frames)
      else sendAgain(frames)
    },
    splitTurn() {
      if (mode === 'manual' && key.type === 'down') keepPress(press)
    },
    isHeld: () => key.type === 'down',
    isPressing: () => mode === 'manual' && key.type === 'down',
    isStreaming: () => mode !== 'manual' && clock.monotonicMs() - heardMs < staleAfterMs,
  }
}
