// Interruptions where the voice is played: what the microphone gives goes to the detector, and what core/turn/interruption.ts
// makes of it is done to the player at once, without waiting for main, which is told. It listens only while the voice speaks.
import type { Loudness } from '../../core/audio/loudness.ts'
import type { Playout } from '../../core/audio/playout.ts'
import {
  isInDoubt,
  noInterruption,
  stepInterruption,
  type InterruptionEffect,
  type InterruptionEvent,
  type InterruptionRule,
} from '../../core/turn/interruption.ts'
import type { VoiceDetector } from './voice-detector.ts'

/** `ended`: somebody interrupts, main is to take it from here. `kept`: it was too little, the voice goes on. */
export type FloorDecision = 'ended' | 'kept'

export interface Interruptions {
  /** The next of the microphone's sound, cleaned where that is done. 24 kHz mono. Resolves when it has been judged. */
  hear(samples: Int16Array): Promise<void>
  /** The person may speak at any moment. Loads the detector. */
  listen(on: boolean): void
  /** The microphone may hear the voice itself: a stricter rule (`strict`). */
  setHalfDuplex(on: boolean): void
  tell(event: Extract<InterruptionEvent, { type: 'service' | 'words' | 'key' }>): void
  /** A frame was given to the device. */
  moved(): void
  /** The voice was ended by main: by key, click, Esc, typing, or after `ended`. */
  stopped(): void
}

/** By then main has answered an `ended`; it may have gone away. */
const answeredWithinMs = 1_000

export function createInterruptions(opts: {
  playout: Pick<Playout, 'hold' | 'release' | 'isSounding'>
  loudness: Pick<Loudness, 'setDucked'>
  /** Monotonic. */
  nowMs: () => number
  loadDetector: () => Promise<VoiceDetector>
  onDecided: (decision: FloorDecision) => void
  /** Whether there is a detector. */
  onAble: (able: boolean) => void
}): Interruptions {
  const { playout, loudness } = opts
  let state = noInterruption
  let detector: VoiceDetector | null = null
  let loading: Promise<void> | null = null
  let isListening = false
  let isHalfDuplex = false
  let isAttentive = false
  /** Since when main's answer to an `ended` is awaited. */
  let endedMs: number | null = null
  let queue: Promise<void> = Promise.resolve()

  function happen(event: InterruptionEvent): void {
    const [next, effects] = stepInterruption(state, event, opts.nowMs())
    state = next
    for (const effect of effects) perform(effect)
    if (effects.includes('resume') && (event.type === 'sound' || event.type === 'tick')) opts.onDecided('kept')
  }

  function perform(effect: InterruptionEffect): void {
    switch (effect) {
      case 'duck':
        return loudness.setDucked(true)
      case 'hold':
        return playout.hold()
      case 'resume':
        loudness.setDucked(false)
        return playout.release()
      case 'end':
        endedMs = opts.nowMs()
        playout.hold()
        return opts.onDecided('ended')
    }
  }

  function follow(): void {
    const rule: InterruptionRule = !isListening || detector === null ? 'off' : isHalfDuplex ? 'strict' : 'usual'
    happen({ type: 'rule', rule })
    opts.onAble(rule !== 'off')
  }

  async function load(): Promise<void> {
    try {
      detector = await opts.loadDetector()
    } catch {
      // Without it the service's word is enough, as told by `onAble`.
      detector = null
    }
    follow()
  }

  async function judge(samples: Int16Array): Promise<void> {
    if (!state.isVoiceOn && !isInDoubt(state)) {
      isAttentive = false
      return
    }
    if (!isAttentive) detector?.forget()
    isAttentive = true
    for (const { speech, ms } of (await detector?.hear(samples)) ?? []) happen({ type: 'sound', speech, ms })
  }

  return {
    hear(samples) {
      if (state.rule === 'off') return queue
      queue = queue.then(() => judge(samples)).catch(() => undefined)
      return queue
    },
    listen(on) {
      if (on === isListening) return
      isListening = on
      if (on) loading ??= load()
      follow()
    },
    setHalfDuplex(on) {
      isHalfDuplex = on
      follow()
    },
    tell: happen,
    moved() {
      if (endedMs !== null) {
        if (opts.nowMs() - endedMs < answeredWithinMs) return
        endedMs = null
        playout.release()
      }
      happen({ type: 'voice', on: playout.isSounding() })
      if (isInDoubt(state)) happen({ type: 'tick' })
    },
    stopped() {
      ;[state] = stepInterruption(state, { type: 'stop' }, opts.nowMs())
      endedMs = null
      loudness.setDucked(state.isKeyDown)
    },
  }
}
