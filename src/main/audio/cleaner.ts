// What the microphone's sound goes through in the sound process before anybody gets it: high-pass, noise suppression, the
// voice's echo taken out, and, where that can't be done well enough, the door of half-duplex. The canceller is told what is
// written to the speaker before it is written. Deciding is core/audio's; devices and messages are the host's.
import { createEchoDelay } from '../../core/audio/echo-delay.ts'
import { chooseEchoMode } from '../../core/audio/echo-mode.ts'
import { usualCleaning, type CleaningChoice, type EchoMode, type EchoView } from '../../core/audio/echo-view.ts'
import { createHalfDuplex } from '../../core/audio/half-duplex.ts'
import { createLeakMeter } from '../../core/audio/leak.ts'
import { frameMs, levelDbfs, silenceDbfs } from '../../core/audio/pcm.ts'
import type { Canceller, CancellerParts, OpenCanceller } from './canceller.ts'

export interface Heard {
  /** The frame, cleaned. For who judges whether somebody speaks. */
  samples: Int16Array
  /** What is to be sent for it: the same, silence instead, or the same with what was held back before it. */
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

type TunedCanceller = Canceller & { parts: CancellerParts }

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
  let canceller: TunedCanceller | null = null
  let mode: EchoMode = { type: 'cancelling' }
  let told: EchoView | null = null
  /** Loudness of what was played, the newest first, in step with what is heard. */
  let playedLevels: number[] = []
  let newestPlayed = silenceDbfs
  let frames = 0

  function decide(): void {
    const next = chooseEchoMode(mode, { choice: choice.echo, speaker, hasLibrary, leak: leak.measured() })
    const isSame = next.type === mode.type && JSON.stringify(next) === JSON.stringify(mode)
    if (!isSame) mode = next
    const hadEcho = canceller?.parts.echo
    prepare()
    // What was measured while it cancelled says nothing of how it is without.
    if (hadEcho !== undefined && hadEcho !== canceller?.parts.echo) leak.forget()
    tell()
  }

  /** The canceller that fits; with another one it has to learn the room anew, so it is changed for a reason alone. */
  function prepare(): void {
    if (!hasLibrary) return
    const parts = { echo: mode.type !== 'off', noise: choice.noise }
    if (canceller?.parts.echo === parts.echo && canceller.parts.noise === parts.noise) return
    canceller?.close()
    canceller = null
    if (!parts.echo && !parts.noise) return
    try {
      open ??= opts.load()
      canceller = { ...open(parts), parts }
    } catch {
      fail()
    }
  }

  function fail(): void {
    hasLibrary = false
    canceller?.close()
    canceller = null
    decide()
  }

  function tell(): void {
    const view = viewNow()
    if (told !== null && JSON.stringify(told) === JSON.stringify(view)) return
    told = view
    opts.onView(view)
  }

  function viewNow(): EchoView {
    const measured = canceller?.parts.echo === true ? leak.measured() : null
    const erleDb = measured === null ? null : Math.round(measured.erleDb)
    return { mode, erleDb, delayMs: delay.ms(), noise: choice.noise && canceller !== null }
  }

  function attempt(act: (canceller: TunedCanceller) => void): void {
    if (canceller === null) return
    try {
      act(canceller)
    } catch {
      fail()
    }
  }

  function measure(frame: Int16Array, cleaned: Int16Array): void {
    for (let at = 0; at < frame.length; at += blockSamples) delay.heard(frame.subarray(at, at + blockSamples))
    playedLevels = [newestPlayed, ...playedLevels].slice(0, keptFrames)
    newestPlayed = silenceDbfs
    // What a person says over the voice is no leak, and must not be taken for what to expect of one.
    if (!door.isSpokenOver())
      leak.hear({ playedDbfs: playedNow(), rawDbfs: levelDbfs(frame), cleanDbfs: levelDbfs(cleaned) })
    frames += 1
    if (frames % decideEveryFrames !== 0) return
    const ms = delay.ms()
    if (ms !== null) attempt((one) => one.setDelay(ms))
    decide()
  }

  /** The voice that is in the microphone's sound now: at the measured delay, else at any that is likely. */
  function playedNow(): number {
    const ms = delay.ms()
    if (ms === null) return Math.max(silenceDbfs, ...playedLevels.slice(0, usualEchoFrames))
    const at = Math.round(ms / frameMs)
    return Math.max(silenceDbfs, ...playedLevels.slice(Math.max(0, at - 1), at + 2))
  }

  /** With the room's own echo of it: it is loud for a while after. */
  function voiceDbfsLately(): number {
    const ms = delay.ms()
    const from = ms === null ? 0 : Math.max(0, Math.round(ms / frameMs) - 1)
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
      playedLevels = []
      if (mode.type === 'half-duplex' && mode.why === 'leak') mode = { type: 'cancelling' }
      if (mode.type === 'off' && mode.why === 'no-echo') mode = { type: 'cancelling' }
      decide()
    },
    played(samples) {
      // Its own copy: the canceller may change what it is shown.
      attempt((one) => {
        if (one.parts.echo) one.played(samples.slice())
      })
      for (let at = 0; at < samples.length; at += blockSamples) delay.played(samples.subarray(at, at + blockSamples))
      newestPlayed = Math.max(newestPlayed, levelDbfs(samples))
    },
    heard(frame, isStill = false) {
      if (told === null) decide()
      const samples = frame.slice()
      if (!isStill) attempt((one) => one.clean(samples))
      measure(frame, samples)
      if (mode.type !== 'half-duplex') return { samples, sent: [samples] }
      const voice = voiceDbfsLately()
      const expected = voice + (leak.measured()?.couplingDb ?? -6)
      return { samples, sent: door.pass(samples, levelDbfs(samples), voice > voiceDbfs, expected) }
    },
    isHalfDuplex: () => mode.type === 'half-duplex',
    view: viewNow,
    close() {
      canceller?.close()
      canceller = null
      told = null
    },
  }
}
