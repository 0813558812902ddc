// What the modelled service does with the person's sound. A frame is known by the number that fills it; 0 is silence. Where
// voice activity decides, turns follow from the frames that really arrived.
import { frameMs, frameSamples } from '../../../src/core/audio/pcm.ts'

export interface Hearing {
  append(samples: Int16Array): void
  /** @returns the numbered frames of the turn; null when there are less than 100 ms of sound */
  commit(): readonly number[] | null
  clear(): void
  setMode(byVoice: boolean): void
  /** All numbered frames that arrived, in order. */
  readonly received: readonly number[]
}

export interface HearingOpts {
  silenceMs: () => number
  onStarted: (startMs: number) => void
  /** The end of speech; the turn is committed next. */
  onStopped: (endMs: number) => void
  onTurn: (frames: readonly number[]) => void
}

const prefixMs = 300
const fewestMs = 100

export function createHearing(opts: HearingOpts): Hearing {
  const received: number[] = []
  let samplesSoFar = 0
  let buffer: number[] = []
  let bufferFromMs = 0
  let speech: { silentMs: number } | null = null
  let byVoice = true

  const nowMs = (): number => Math.floor(samplesSoFar / frameSamples) * frameMs

  function restart(): void {
    buffer = []
    bufferFromMs = nowMs()
    speech = null
  }

  function take(value: number): void {
    if (value !== 0) received.push(value)
    buffer.push(value)
    if (!byVoice) return
    if (value !== 0 && speech === null) {
      speech = { silentMs: 0 }
      // What is older than the prefix is no part of the turn.
      buffer = buffer.slice(-prefixMs / frameMs - 1)
      opts.onStarted(Math.max(bufferFromMs, nowMs() - frameMs - prefixMs))
    } else if (speech !== null) {
      speech.silentMs = value === 0 ? speech.silentMs + frameMs : 0
      if (speech.silentMs < opts.silenceMs()) return
      opts.onStopped(nowMs())
      const frames = buffer.filter((one) => one !== 0)
      restart()
      opts.onTurn(frames)
    }
  }

  return {
    received,
    append(samples) {
      for (let at = 0; at < samples.length; at++) {
        samplesSoFar++
        if (samplesSoFar % frameSamples === 0) take(samples[at] ?? 0)
      }
    },
    commit() {
      if (buffer.length * frameMs < fewestMs) return null
      const frames = buffer.filter((one) => one !== 0)
      restart()
      return frames
    },
    clear: restart,
    setMode(now) {
      if (byVoice === now) return
      byVoice = now
      speech = null
    },
  }
}
