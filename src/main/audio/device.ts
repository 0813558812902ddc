// The only door to naudiodon: lists the sound devices and opens them as streams of 24 kHz mono PCM16.
// Takes the raw addon, since the package's own index.js needs a crash handler that Electron cannot load. One stream
// per direction at most; a device that disappears gives no error here, reads and writes just never return.
import { createRequire } from 'node:module'
import { bytesToSamples, frameMs, sampleRateHz, samplesToBytes } from '../../core/audio/pcm.ts'
import {
  chooseDevice,
  openingsOf,
  withOwnNames,
  type SoundDevice,
  type SoundPart,
} from '../../core/audio/device-choice.ts'
import { SoundError } from './errors.ts'
import { createResampler, type Resampler } from './resample.ts'

interface StreamOptions {
  deviceId: number
  sampleRate: number
  channelCount: number
  sampleFormat: 16
  framesPerBuffer: number
  maxQueue: number
  closeOnError: boolean
}

interface RawStream {
  start(): void
  /** Resolves when so many bytes are there; after `quit` with `finished`. */
  read(bytes: number): Promise<{ buf?: Uint8Array; finished?: boolean; err?: string }>
  /** Resolves when the queue has taken the bytes: undefined, or what the device complained of since the last time. */
  write(bytes: Uint8Array): Promise<string | undefined>
  quit(how: 'WAIT' | 'ABORT'): Promise<void>
}

interface RawDevice {
  id: number
  name: string
  maxInputChannels: number
  maxOutputChannels: number
  defaultSampleRate: number
}

export interface SoundAddon {
  getDevices(): RawDevice[]
  getHostAPIs(): { defaultHostAPI: number; HostAPIs: { defaultInput: number; defaultOutput: number }[] }
  create(options: { inOptions: StreamOptions } | { outOptions: StreamOptions }): RawStream
}

export interface OpenedDevice {
  name: string
  /** The wanted name is not there; this is the default device. */
  isInstead: boolean
  rateHz: number
}

export interface InputDevice extends OpenedDevice {
  /** About so many times 10 ms of sound (once by itself), or null when the stream is closed. */
  read(times?: number): Promise<Int16Array | null>
  close(): Promise<void>
}

export interface OutputDevice extends OpenedDevice {
  /**
   * Resolves when the device has taken the frame into its queue of one: this is what paces the player.
   * True when the device ran dry since the last time, which is heard as a gap.
   */
  write(frame: Int16Array): Promise<boolean>
  close(): Promise<void>
}

/** @throws SoundError when the addon is not there or does not load on this system */
export function loadSoundAddon(): SoundAddon {
  try {
    const require = createRequire(import.meta.url)
    return require('naudiodon/build/Release/naudiodon.node') as SoundAddon
  } catch (error) {
    throw new SoundError(
      'no-sound-system',
      'The sound library does not load on this computer. Run “npm rebuild naudiodon”, or use a file or text instead.',
      error,
    )
  }
}

/** Fresh when no stream is open in this process, stale otherwise. */
export function listDevices(addon: SoundAddon): SoundDevice[] {
  const apis = addon.getHostAPIs()
  const usual = apis.HostAPIs[apis.defaultHostAPI]
  const devices = addon.getDevices().map((device) => ({
    id: device.id,
    name: device.name,
    inputChannels: device.maxInputChannels,
    outputChannels: device.maxOutputChannels,
    rateHz: device.defaultSampleRate,
    isDefaultInput: device.id === usual?.defaultInput,
    isDefaultOutput: device.id === usual?.defaultOutput,
  }))
  return withOwnNames(devices)
}

/** @throws SoundError */
export async function openInput(addon: SoundAddon, wanted: string | null): Promise<InputDevice> {
  const { stream, channelCount, rateHz, opened } = openStream(addon, wanted, 'microphone')
  const resampler = await createResampler(rateHz, sampleRateHz)
  // Half a frame at a time, so that speech over the voice is noticed so much earlier.
  const bytes = framesOf(frameMs / 2, rateHz) * channelCount * 2
  return {
    ...opened,
    async read(times = 1) {
      const { buf, finished } = await stream.read(bytes * times)
      if (finished || !buf) return null
      return resampler.push(firstChannel(bytesToSamples(buf), channelCount))
    },
    close: () => stream.quit('ABORT'),
  }
}

/** @throws SoundError */
export async function openOutput(addon: SoundAddon, wanted: string | null): Promise<OutputDevice> {
  const { stream, channelCount, rateHz, opened } = openStream(addon, wanted, 'speaker')
  const resampler: Resampler = await createResampler(sampleRateHz, rateHz)
  return {
    ...opened,
    async write(frame) {
      const complaint = await stream.write(samplesToBytes(onChannels(resampler.push(frame), channelCount)))
      return complaint?.includes('output underflow') ?? false
    },
    close: () => stream.quit('ABORT'),
  }
}

function openStream(addon: SoundAddon, wanted: string | null, part: SoundPart) {
  const choice = chooseDevice(listDevices(addon), wanted, part)
  if (choice.type === 'none') {
    throw new SoundError('no-device', `There is no ${part} on this computer. Connect one and try again.`)
  }
  const { device } = choice
  const opened = { name: device.name, isInstead: choice.type === 'instead' }
  let refusal: unknown = null
  for (const { rateHz, channelCount } of openingsOf(device, sampleRateHz)) {
    const common = { deviceId: device.id, sampleRate: rateHz, channelCount, sampleFormat: 16 } as const
    const buffered = { ...common, framesPerBuffer: framesOf(frameMs / 2, rateHz) }
    try {
      const stream = addon.create(
        part === 'microphone'
          ? // `closeOnError: true` would drop the sound of every moment at which the device complained.
            { inOptions: { ...buffered, maxQueue: 100, closeOnError: false } }
          : { outOptions: { ...buffered, maxQueue: 1, closeOnError: true } },
      )
      stream.start()
      return { stream, channelCount, rateHz, opened: { ...opened, rateHz } }
    } catch (error) {
      refusal = error
    }
  }
  const why = refusal instanceof Error ? refusal.message : 'unknown'
  const next = 'Close other programs that use it, or choose another one in the settings.'
  throw new SoundError('device-refused', `The ${part} “${device.name}” can't be opened (${why}). ${next}`, refusal)
}

function framesOf(ms: number, rateHz: number): number {
  return Math.round((ms * rateHz) / 1000)
}

/** A microphone that only opens as a pair carries the same sound in both. */
function firstChannel(samples: Int16Array, channelCount: number): Int16Array {
  if (channelCount === 1) return samples
  return Int16Array.from({ length: samples.length / channelCount }, (_, at) => samples[at * channelCount] ?? 0)
}

function onChannels(samples: Int16Array, channelCount: number): Int16Array {
  if (channelCount === 1) return samples
  return Int16Array.from(
    { length: samples.length * channelCount },
    (_, at) => samples[Math.floor(at / channelCount)] ?? 0,
  )
}
