// Somebody speaks over the voice in a computed room, through all that the sound process does: player, loudness, cleaner, detector and
// decision; the clock is moved by the samples. The wiring is host.ts's, and main ends the voice where it is told to.
import type { CleaningChoice } from '../../src/core/audio/echo-view.ts'
import { createLoudness } from '../../src/core/audio/loudness.ts'
import { frameMs, frameSamples } from '../../src/core/audio/pcm.ts'
import { createPlayout } from '../../src/core/audio/playout.ts'
import { loadCanceller } from '../../src/main/audio/canceller.ts'
import { createCleaner } from '../../src/main/audio/cleaner.ts'
import { createInterruptions } from '../../src/main/audio/interruptions.ts'
import type { VoiceDetector } from '../../src/main/audio/voice-detector.ts'
import { createRoom, type Room } from './room.ts'

export interface SpokenOver {
  /** What is sent, from the voice's beginning. */
  sent: Int16Array
  /** When the voice gave way, in ms after the person began; null: it did not. */
  loweredMs: number | null
  silencedMs: number | null
  /** The person has the floor. */
  isEnded: boolean
}

/** @param near begins at the sample `from`; it is as loud as it is to be in the microphone */
export async function speakOver(
  far: Int16Array,
  near: Int16Array,
  from: number,
  room: Room,
  detector: VoiceDetector,
  choice: CleaningChoice = { echo: 'on', noise: true },
): Promise<SpokenOver> {
  let nowMs = 0
  const made: SpokenOver = { sent: new Int16Array(far.length), loweredMs: null, silencedMs: null, isEnded: false }
  const playout = createPlayout()
  const loudness = createLoudness()
  const sinceMs = (): number => Math.round(nowMs - from / 24)
  const interruptions = createInterruptions({
    playout: {
      hold() {
        made.silencedMs ??= sinceMs()
        playout.hold()
      },
      release: () => playout.release(),
      isSounding: () => playout.isSounding(),
    },
    loudness: {
      setDucked(ducked) {
        if (ducked) made.loweredMs ??= sinceMs()
        loudness.setDucked(ducked)
      },
    },
    nowMs: () => nowMs,
    loadDetector: () => Promise.resolve(detector),
    onDecided(decision) {
      if (decision === 'ended') made.isEnded = true
    },
    onAble: () => undefined,
  })
  const cleaner = createCleaner({
    load: loadCanceller,
    onView: ({ mode }) => interruptions.setHalfDuplex(mode.type === 'half-duplex'),
  })
  cleaner.speaker('computed')
  cleaner.choose(choice)
  interruptions.listen(true)
  await new Promise((resolve) => setImmediate(resolve))
  const hearRoom = createRoom(room)
  playout.push('voice', far)
  playout.finish('voice')
  for (let at = 0; at + frameSamples <= far.length; at += frameSamples) {
    nowMs += frameMs
    const { frame, edges } = playout.take(frameSamples)
    loudness.apply(frame, edges)
    cleaner.played(frame)
    interruptions.moved()
    const captured = hearRoom(frame).map((sample, within) => {
      const both = sample + (near[at + within - from] ?? 0)
      return Math.max(-32_768, Math.min(32_767, both))
    })
    const { samples, sent } = cleaner.heard(captured)
    made.sent.set(sent.at(-1) ?? [], at)
    await interruptions.hear(samples)
    // By then main has answered.
    if (made.isEnded && playout.isSounding()) {
      playout.cut()
      interruptions.stopped()
    }
  }
  cleaner.close()
  return made
}
