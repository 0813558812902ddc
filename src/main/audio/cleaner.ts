// What the microphone's sound goes through in the sound process before anybody gets it: high-pass, the voice's echo taken out,
// noise suppressed where the voice does not sound, and, where the echo stays, the door of half-duplex. The canceller is told what
// is written to the speaker before it is written. Deciding is core/audio's; devices and messages are the host's.
import { createEchoDelay } from '../../core/audio/echo-delay.ts'
import { chooseEchoMode } from '../../core/audio/echo-mode.ts'
import { usualCleaning, type CleaningChoice, type EchoMode, type EchoView } from '../../core/audio/echo-view.ts'
import { createHalfDuplex } from '../../core/audio/half-duplex.ts'
import { createLeakMeter } from '../../core/audio/leak.ts'
import { frameMs, levelDbfs, silenceDbfs } from '../../core/audio/pcm.ts'
import type { Canceller, OpenCanceller } from './canceller.ts'
import { openNoiseSuppression, type NoiseSuppression } from './noise-suppression.ts'

export interface Heard {
  /** The frame without the voice's echo. For who judges whether somebody speaks: nothing waits, and no noise is suppressed. */
  samples: Int16Array
  /** What is to be sent for it: without noise where the voice does not sound, silence instead, or what was held back before it, too. */
  sent: Int16Array[]
}

export interface Cleaner {
  /** Loads the library now, so that nobody waits for it later. */
  warm(): void
  choose(choice: CleaningChoice): void
  /** The speaker that is open now; null when none is: then nothing can come back. */
  speaker(name: string | null): void
  /** A multiple of 10 ms that is about to be written to the speaker. */
  played(samples: Int16Array): void
  /** 20 ms that were captured. The frame stays as it is. @param isStill nothing in it that would have to be taken out */
  heard(frame: Int16Array, isStill?: boolean): Heard
  isHalfDuplex(): boolean
  view(): EchoView
  close(): void
}

/** 20 ms each: how far back the voice that is in the microphone now was written, where it was not measured. */
const usualEchoFrames = 15
const keptFrames = 40
const voiceDbfs = -50
const decideEveryFrames = 20
const blockSamples = 240

/** So long after its last sound noise is let through: between two words the room does not begin to breathe. */
const voiceLingersFrames = 35

export function createCleaner(opts: {
  /** May throw: then there is no cancellation, and the view says so. */
  load: () => OpenCanceller
  onView: (view: EchoView) => void
}): Cleaner {
  let delay = createEchoDelay()
  const door = createHalfDuplex()
  const leak = createLeakMeter()
  let choice = usualCleaning
  let speaker: string | null = null
  let open: OpenCanceller | null = null
  let hasLibrary = true
  let canceller: Canceller | null = null
  let suppression: NoiseSuppression | null = null
  let mode: EchoMode = { type: 'cancelling' }
  let told: EchoView | null = null
  /** Loudness of what was played, the newest first, in step with what is heard. */
  let playedLevels: number[] = []
  let newestPlayed = silenceDbfs
  let frames = 0
  let sinceVoiceFrames = Infinity
  /** As it was found last: where somebody talks over the voice it is not found anew. */
  let delayMs: number | null = null

  function decide(): void {
    const next = chooseEchoMode(mode, { choice: choice.echo, speaker, hasLibrary, leak: leak.measured() })
    const isSame = next.type === mode.type && JSON.stringify(next) === JSON.stringify(mode)
    if (!isSame) mode = next
    const wasCancelling = canceller !== null
    prepare()
    // What was measured while it cancelled says nothing of how it is without.
    if (wasCancelling !== (canceller !== null)) leak.forget()
    tell()
  }

  /** With another canceller it has to learn the room anew, so it is opened and closed for a reason alone. */
  function prepare(): void {
    if (!hasLibrary) return
    if (mode.type === 'off') closeCanceller()
    if (!choice.noise) closeSuppression()
    try {
      if (mode.type !== 'off') canceller ??= opener()({ echo: true, noise: false })
      if (choice.noise) suppression ??= openNoiseSuppression(opener())
    } catch {
      fail()
    }
  }

  function opener(): OpenCanceller {
    open ??= opts.load()
    return open
  }

  function closeCanceller(): void {
    canceller?.close()
    canceller = null
  }

  function closeSuppression(): void {
    suppression?.close()
    suppression = null
  }

  function fail(): void {
    hasLibrary = false
    closeCanceller()
    closeSuppression()
    decide()
  }

  function tell(): void {
    const view = viewNow()
    if (told !== null && JSON.stringify(told) === JSON.stringify(view)) return
    told = view
    opts.onView(view)
  }

  function viewNow(): EchoView {
    const measured = canceller === null ? null : leak.measured()
    const erleDb = measured === null ? null : Math.round(measured.erleDb)
    return { mode, erleDb, delayMs: delay.ms(), noise: suppression !== null }
  }

  function attempt(act: () => void): void {
    try {
      act()
    } catch {
      fail()
    }
  }

  function withoutNoise(samples: Int16Array): Int16Array {
    sinceVoiceFrames = canceller !== null && voiceDbfsLately() > voiceDbfs ? 0 : sinceVoiceFrames + 1
    let quiet = samples
    attempt(() => (quiet = suppression?.pass(samples, sinceVoiceFrames < voiceLingersFrames) ?? samples))
    return quiet
  }

  function measure(frame: Int16Array, cleaned: Int16Array): void {
    for (let at = 0; at < frame.length; at += blockSamples) delay.heard(frame.subarray(at, at + blockSamples))
    playedLevels = [newestPlayed, ...playedLevels].slice(0, keptFrames)
    newestPlayed = silenceDbfs
    // What a person says over the voice is no leak, and must not be taken for what to expect of one.
    if (!door.isSpokenOver())
      leak.hear({
        playedDbfs: playedNow(),
        rawDbfs: levelDbfs(frame),
        cleanDbfs: levelDbfs(cleaned),
        isAligned: delayMs !== null,
      })
    frames += 1
    if (frames % decideEveryFrames !== 0) return
    const ms = delay.ms()
    delayMs = ms ?? delayMs
    if (ms !== null) attempt(() => canceller?.setDelay(ms))
    decide()
  }

  /** The voice that is in the microphone's sound now: at the measured delay, else at any that is likely. */
  function playedNow(): number {
    if (delayMs === null) return Math.max(silenceDbfs, ...playedLevels.slice(0, usualEchoFrames))
    const at = Math.round(delayMs / frameMs)
    return Math.max(silenceDbfs, ...playedLevels.slice(Math.max(0, at - 1), at + 2))
  }

  /** With the room's own echo of it: it is loud for a while after. */
  function voiceDbfsLately(): number {
    const from = delayMs === null ? 0 : Math.max(0, Math.round(delayMs / frameMs) - 1)
    return Math.max(silenceDbfs, ...playedLevels.slice(0, from + usualEchoFrames))
  }

  return {
    warm: decide,
    choose(chosen) {
      choice = chosen
      // Whoever chooses wants to know how it stands, also when that is as before.
      told = null
      decide()
    },
    speaker(name) {
      if (name === speaker) return
      speaker = name
      leak.forget()
      delay = createEchoDelay()
      delayMs = null
      playedLevels = []
      if (mode.type === 'half-duplex' && mode.why === 'leak') mode = { type: 'cancelling' }
      if (mode.type === 'off' && mode.why === 'no-echo') mode = { type: 'cancelling' }
      decide()
    },
    played(samples) {
      // Its own copy: the canceller may change what it is shown.
      attempt(() => canceller?.played(samples.slice()))
      for (let at = 0; at < samples.length; at += blockSamples) delay.played(samples.subarray(at, at + blockSamples))
      newestPlayed = Math.max(newestPlayed, levelDbfs(samples))
    },
    heard(frame, isStill = false) {
      if (told === null) decide()
      const samples = frame.slice()
      if (!isStill) attempt(() => canceller?.clean(samples))
      measure(frame, samples)
      const quiet = isStill ? samples : withoutNoise(samples)
      if (mode.type !== 'half-duplex') return { samples, sent: [quiet] }
      const voice = voiceDbfsLately()
      const expected = voice + (leak.measured()?.couplingDb ?? -6)
      return { samples, sent: door.pass(quiet, levelDbfs(samples), voice > voiceDbfs, expected) }
    },
    isHalfDuplex: () => mode.type === 'half-duplex',
    view: viewNow,
    close() {
      closeCanceller()
      closeSuppression()
      told = null
    },
  }
}
