// The noise around the person is taken out of what is sent, and left in while the voice sounds: what suppresses noise would take
// the person's words over the voice for noise, too. It listens on meanwhile, so that it need not learn the room anew.
import { createCrossfade } from '../../core/audio/crossfade.ts'
import type { OpenCanceller } from './canceller.ts'

export interface NoiseSuppression {
  /**
   * @param samples 24 kHz mono, a multiple of 10 ms; stays as it is
   * @returns as much, 7.25 ms later
   * @throws what the library says
   */
  pass(samples: Int16Array, isVoiceOn: boolean): Int16Array
  close(): void
}

/** What the library holds back at 24 kHz: 6 ms to look at, and its own change of rate. */
export const suppressionLagSamples = 174

/** @throws what the library says when it does not open */
export function openNoiseSuppression(open: OpenCanceller): NoiseSuppression {
  const suppressor = open({ echo: false, noise: true })
  const crossfade = createCrossfade(suppressionLagSamples)
  return {
    pass(samples, isVoiceOn) {
      const quiet = samples.slice()
      suppressor.clean(quiet)
      return crossfade.mix(samples, quiet, isVoiceOn)
    },
    close: () => suppressor.close(),
  }
}
