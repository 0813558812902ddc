// The only door to WebRTC's audio processing (AEC3, noise suppression, high-pass), which the bindings reach by messages and
// not by a class. Nothing is decided here. Their library lives in the sound process; an odd length would end that whole process,
// so it is refused before it gets there.
import { createRequire } from 'node:module'
import type * as bindingTypes from '@livekit/rtc-ffi-bindings'
import { sampleRateHz } from '../../core/audio/pcm.ts'

type Bindings = typeof bindingTypes

/** 24 kHz mono, a multiple of 10 ms (240 samples) each time, changed in place. */
export interface Canceller {
  /** What is about to be played: no later than it is written to the device. */
  played(samples: Int16Array): void
  /** What was captured; afterwards it is clean. */
  clean(samples: Int16Array): void
  /** How long after `played` the sound comes back through the microphone. A hint; the canceller looks around it. */
  setDelay(ms: number): void
  close(): void
}

export interface CancellerParts {
  echo: boolean
  noise: boolean
}

export type OpenCanceller = (parts: CancellerParts) => Canceller

const blockSamples = sampleRateHz / 100

/**
 * Loads the library on the first call and keeps it.
 * @throws whatever says that it does not load on this system
 */
export function loadCanceller(): OpenCanceller {
  const require = createRequire(import.meta.url)
  const bindings = require('@livekit/rtc-ffi-bindings') as Bindings
  bindings.livekitInitialize(() => undefined, false, '0')
  return (parts) => openCanceller(bindings, parts)
}

function openCanceller(bindings: Bindings, parts: CancellerParts): Canceller {
  const { FfiRequest, FfiResponse, FfiHandle } = bindings
  type Message = NonNullable<NonNullable<ConstructorParameters<typeof FfiRequest>[0]>['message']>

  function ask(message: Message) {
    const bytes = bindings.livekitFfiRequest(new FfiRequest({ message }).toBinary())
    return FfiResponse.fromBinary(bytes).message
  }

  const made = ask({
    case: 'newApm',
    value: {
      echoCancellerEnabled: parts.echo,
      // It raised what is left of the echo by up to 15 dB.
      gainControllerEnabled: false,
      highPassFilterEnabled: true,
      noiseSuppressionEnabled: parts.noise,
    },
  })
  const id = made.case === 'newApm' ? made.value.apm?.handle?.id : undefined
  if (id === undefined) throw new Error('the library made no audio processing')
  const handle = new FfiHandle(id)

  function through(which: 'apmProcessStream' | 'apmProcessReverseStream', samples: Int16Array): void {
    if (samples.length === 0 || samples.length % blockSamples !== 0)
      throw new RangeError(`${samples.length} samples are no multiple of 10 ms`)
    for (let at = 0; at < samples.length; at += blockSamples) {
      const block = samples.subarray(at, at + blockSamples)
      const bytes = new Uint8Array(block.buffer, block.byteOffset, block.byteLength)
      const value = {
        apmHandle: handle.handle,
        dataPtr: bindings.livekitRetrievePtr(bytes),
        size: bytes.length,
        sampleRate: sampleRateHz,
        numChannels: 1,
      }
      const answer = ask({ case: which, value })
      const error = answer.case === which ? answer.value.error : `answered with ${answer.case ?? 'nothing'}`
      if (error) throw new Error(error)
    }
  }

  return {
    played: (samples) => through('apmProcessReverseStream', samples),
    clean: (samples) => through('apmProcessStream', samples),
    setDelay: (ms) => void ask({ case: 'apmSetStreamDelay', value: { apmHandle: handle.handle, delayMs: ms } }),
    close: () => handle.dispose(),
  }
}
