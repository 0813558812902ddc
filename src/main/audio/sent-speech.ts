// The microphone's way to the conversation: in hands-free only speech, where the person wants it so and somebody beside the
// microphone can tell (core/audio/speech-gate.ts); else all of it. Tells once where it was wanted and nobody can.
import { createEmitter } from '../../core/emitter.ts'
import { frameMs } from '../../core/audio/pcm.ts'
import { createSpeechGate } from '../../core/audio/speech-gate.ts'
import type { Sending } from '../../core/views.ts'
import type { Microphone, Undo } from '../ports.ts'

export interface SentSpeech {
  /** Whether only speech is wanted to be sent, and whether the person talks without a key. `byName`: somebody else asks what is speech. */
  choose(wish: { onlySpeech: boolean; handsFree: boolean; byName?: boolean }): void
  /** Nothing is for the conversation, until it is for it again. */
  shut(shut: boolean): void
  /** Somebody speaks already. */
  begin(): void
  mute(muted: boolean): void
  /** The service hears that somebody speaks, or hears no more. */
  serviceHears(on: boolean): void
  /** The service has made a turn of what it heard. */
  taken(): void
  sending(): Sending
  counts(): { sentMs: number; keptMs: number }
  /** What the state shows has changed. */
  onMoved(listen: (sending: Sending) => void): Undo
  onTrouble(listen: (message: string) => void): Undo
  stop(): void
}

export const noVoiceDetector =
  'There is no voice detector for this microphone, so that hands-free sends all that it hears. Use “Hold to talk” to send only what you mean to.'

/** Begins at once. @param send what is to be sent, 20 ms each */
export function createSentSpeech(opts: {
  microphone: Pick<Microphone, 'onFrame' | 'speech'>
  /** Null: nobody speaks any more, and nothing follows for now. */
  send: (frame: Int16Array | null) => void
}): SentSpeech {
  const { speech } = opts.microphone
  const gate = createSpeechGate()
  const events = createEmitter<{ moved: Sending; trouble: string }>()
  let isMuted = false
  let isShut = false
  let shutMs = 0
  let isWanted = false
  let isAskedFor = false
  let told: Sending = 'all'
  let isTroubleTold = false

  const sending = (): Sending => (isShut ? 'nothing' : gate.sending())

  function look(): void {
    const now = sending()
    if (now === told) return
    if (told === 'speech' && now === 'nothing') opts.send(null)
    told = now
    if (now === 'unjudged' && !isTroubleTold) {
      isTroubleTold = true
      events.emit('trouble', noVoiceDetector)
    }
    events.emit('moved', now)
  }

  function give(frames: readonly Int16Array[]): void {
    for (const frame of frames) opts.send(frame)
    look()
  }

  const follow = (): void => speech?.listen((isWanted || isAskedFor) && !isMuted)

  if (speech === undefined) gate.judged(null)
  const undos = [
    opts.microphone.onFrame((frame) => {
      if (isMuted) return
      if (isShut) shutMs += frameMs
      else give(gate.pass(frame))
    }),
    speech?.onJudged((judged) => {
      if (!isMuted && !isShut) give(gate.judged(judged))
    }),
  ]

  return {
    choose({ onlySpeech, handsFree, byName = false }) {
      isWanted = onlySpeech && handsFree
      isAskedFor = byName && handsFree
      gate.choose(isWanted)
      follow()
      look()
    },
    mute(muted) {
      isMuted = muted
      gate.forget()
      follow()
      look()
    },
    shut(shut) {
      if (shut === isShut) return
      isShut = shut
      gate.forget()
      look()
    },
    begin() {
      gate.begin()
      look()
    },
    serviceHears: gate.serviceHears,
    taken: gate.taken,
    sending,
    counts() {
      const { sentMs, keptMs } = gate.counts()
      return { sentMs, keptMs: keptMs + shutMs }
    },
    onMoved: (listen) => events.on('moved', listen),
    onTrouble: (listen) => events.on('trouble', listen),
    stop() {
      for (const undo of undos) undo?.()
      speech?.listen(false)
    },
  }
}
