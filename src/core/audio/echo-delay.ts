// How long the voice takes from the write to the speaker until the microphone gives it back: the lag at which the loudness of
// the one follows that of the other best. PortAudio's own clocks do not come through the addon (it keeps whole seconds of
// them), so the delay is measured, and measured on, since a device may change it at any moment.
import { correlation } from './correlation.ts'
import { levelDbfs } from './pcm.ts'

export interface EchoDelay {
  /** 10 ms that are written to the speaker. */
  played(block: Int16Array): void
  /** 10 ms that were captured. Looks anew once a second. */
  heard(block: Int16Array): void
  /** Null when the voice is not found in the microphone, or has not spoken lately. */
  ms(): number | null
}

const blockMs = 10
/** Four seconds are compared, at lags up to 400 ms. */
const compared = 400
const lags = 40
const everyBlocks = 100
/** Of the compared ones; with less of a voice there is nothing to find. */
const leastVoiced = 100
const voicedDbfs = -50
const leastCorrelation = 0.5
/** What is quieter is as good as silence: noise would blur the likeness. */
const floorDbfs = -70

export function createEchoDelay(): EchoDelay {
  let reference: number[] = []
  let captured: number[] = []
  /** Played and not yet matched by what was captured: both run at the same rate but not in step. */
  const waiting: number[] = []
  let sinceLook = 0
  let found: number | null = null

  function look(): void {
    sinceLook = 0
    if (captured.length < compared + lags) return
    const now = captured.slice(lags)
    if (reference.slice(lags).filter((level) => level > voicedDbfs).length < leastVoiced) return
    let best = { lag: 0, alike: -1 }
    for (let lag = 0; lag <= lags; lag++) {
      const alike = correlation(reference.slice(lags - lag, reference.length - lag), now)
      if (alike > best.alike) best = { lag, alike }
    }
    found = best.alike >= leastCorrelation ? best.lag * blockMs : null
  }

  return {
    played(block) {
      waiting.push(level(block))
      // More than that is not waiting but left over: nothing is captured at the moment.
      if (waiting.length > lags) waiting.shift()
    },
    heard(block) {
      reference.push(waiting.shift() ?? floorDbfs)
      captured.push(level(block))
      if (captured.length > compared + lags) {
        reference = reference.slice(-(compared + lags))
        captured = captured.slice(-(compared + lags))
      }
      sinceLook += 1
      if (sinceLook >= everyBlocks) look()
    },
    ms: () => found,
  }
}

const level = (block: Int16Array): number => Math.max(floorDbfs, levelDbfs(block))
