// The sound process: owns PortAudio, so that a native crash or a device that hangs takes nothing else along.
// It obeys main's messages (messages.ts) and knows nothing of conversations; main watches and replaces it.
import { constants, setPriority } from 'node:os'
import type { SoundDevice, SoundPart } from '../../core/audio/device-choice.ts'
import { createFramer } from '../../core/audio/framer.ts'
import { createLoudness } from '../../core/audio/loudness.ts'
import { levelDbfs, peakOf } from '../../core/audio/pcm.ts'
import { createPlayout, type Played } from '../../core/audio/playout.ts'
import { openChannel, type Channel } from '../channel.ts'
import { loadCanceller } from './canceller.ts'
import { createCleaner } from './cleaner.ts'
import { listDevices, loadSoundAddon, openInput, openOutput, type InputDevice, type OutputDevice } from './device.ts'
import { modelsFolder } from '../folders.ts'
import { SoundError } from './errors.ts'
import { createInterruptions } from './interruptions.ts'
import { createSpeechWatch, silentDbfs } from './speech-watch.ts'
import type { FromHost, KeyPlayed, ToHost } from './messages.ts'
import { pumpFrames } from './pump.ts'
import type { VoiceDetector } from './voice-detector.ts'

const channel = openChannel<FromHost, ToHost>()
if (channel) {
  hurry()
  serve(channel)
}

/** So long after its last sample the voice may still be in the microphone. */
const echoMs = 1_000

/** So long after it nothing of it is in the room any more. */
const aloneAfterMs = 5_000
/** While nobody speaks, sound is taken and told in pieces of 60 ms: what opens the line is sent with half a second from before. */
const calmTimes = 6

interface OpenPart {
  device: { close(): Promise<void> }
  isOpen: boolean
  /** Ends by itself within 20 ms once `isOpen` is false. */
  loop: Promise<void>
}

function serve(channel: Channel<FromHost, ToHost>): void {
  const playout = createPlayout()
  const loudness = createLoudness()
  const interruptions = createInterruptions({
    playout,
    loudness,
    nowMs: () => performance.now(),
    // Its runtime takes time and memory that are spent only where somebody may speak at any moment.
    loadDetector: () => loadDetector(4),
    onDecided: (decision) => channel.post({ type: 'floor', decision }),
    onAble: (able) => channel.post({ type: 'judging', able }),
  })
  const speechWatch = createSpeechWatch({
    // It runs for hours, and what came before its word is sent all the same: it need not be the quickest.
    loadDetector: () => loadDetector(1),
    onUnable: () => channel.post({ type: 'no-speech-watch' }),
  })
  const cleaner = createCleaner({
    load: loadCanceller,
    onView(view) {
      interruptions.setHalfDuplex(view.mode.type === 'half-duplex')
      channel.post({ type: 'echo', view })
    },
  })
  // Loading takes a tenth of a second, which is over before a spare process is needed.
  setImmediate(() => cleaner.warm())
  let soundedMs = -Infinity
  const parts = new Map<SoundPart, OpenPart>()
  // PortAudio is not safe against opening and closing at the same time: one after the other.
  let turn: Promise<void> = Promise.resolve()

  async function openPart(part: SoundPart, wanted: string | null): Promise<void> {
    try {
      const addon = loadSoundAddon()
      const device = part === 'microphone' ? await openInput(addon, wanted) : await openOutput(addon, wanted)
      channel.post({ type: 'opened', part, device: device.name, isInstead: device.isInstead, rateHz: device.rateHz })
      const open: OpenPart = { device, isOpen: true, loop: Promise.resolve() }
      parts.set(part, open)
      if (part === 'speaker') cleaner.speaker(device.name)
      open.loop = 'read' in device ? capture(device, open) : play(device, open)
    } catch (error) {
      const kind = error instanceof SoundError ? error.kind : 'device-refused'
      const message = error instanceof Error ? error.message : String(error)
      channel.post({ type: 'refused', part, kind, message })
    }
  }

  async function closePart(part: SoundPart): Promise<void> {
    const open = parts.get(part)
    parts.delete(part)
    if (open) {
      open.isOpen = false
      await open.loop
      await open.device.close()
    }
    if (part === 'speaker') cleaner.speaker(null)
    channel.post({ type: 'closed', part })
  }

  async function capture(device: InputDevice, open: OpenPart): Promise<void> {
    const framer = createFramer()
    while (open.isOpen) {
      const samples = await device.read(isCalm() ? calmTimes : 1)
      if (!samples) return
      const frames = framer.push(samples).flatMap(hear)
      const [first] = frames
      if (frames.length > 1) channel.post({ type: 'frames', frames })
      else if (first !== undefined) channel.post(first)
    }
  }

  const isCalm = (): boolean =>
    speechWatch.isCalm() && !playout.isSounding() && performance.now() - soundedMs > aloneAfterMs

  /** @returns what is told of it */
  function hear(frame: Int16Array): (FromHost & { type: 'frame' })[] {
    const rawPeak = peakOf(frame)
    const { samples, sent } = cleaner.heard(frame, isCalm() && levelDbfs(frame) < silentDbfs)
    void interruptions.hear(samples)
    // What the suppression of noise leaves of music rings like a voice; only the voice's own echo has to be taken out first.
    if (playout.isSounding()) soundedMs = performance.now()
    void speechWatch.hear(performance.now() - soundedMs < echoMs ? samples : frame)
    return sent.map((one) => ({ type: 'frame', samples: one, rawPeak, speech: speechWatch.take() }))
  }

  function play(device: OutputDevice, open: OpenPart): Promise<void> {
    return pumpFrames({
      playout,
      loudness,
      onMoved: () => interruptions.moved(),
      write(frame) {
        cleaner.played(frame)
        return device.write(frame)
      },
      isOpen: () => open.isOpen,
      onProgress: ({ at, ended, ...counts }) =>
        channel.post({ type: 'progress', at: at && keyed(at), ended: ended.map(keyed), ...counts }),
    })
  }

  function obey(message: ToHost): void {
    switch (message.type) {
      case 'open':
        turn = turn.then(() => openPart(message.part, message.device))
        return
      case 'close':
        turn = turn.then(() => closePart(message.part))
        return
      case 'play':
        playout.push(message.key, message.samples)
        return
      case 'finish':
        playout.finish(message.key)
        return
      case 'cut':
        channel.post({ type: 'cut', cut: message.cut, items: playout.cut().map(keyed) })
        interruptions.stopped()
        return
      case 'clean':
        return cleaner.choose(message.choice)
      case 'list':
        turn = turn.then(() => channel.post({ type: 'devices', ...currentDevices() }))
        return
      case 'volume':
        return loudness.setVolume(message.volume)
      case 'listen':
        return interruptions.listen(message.on)
      case 'half-duplex':
        return interruptions.setHalfDuplex(message.on)
      case 'interruption':
        return interruptions.tell(message.event)
      case 'watch-speech':
        return speechWatch.listen(message.on)
    }
  }

  channel.onMessage(obey)
  // An orderly exit can hang in PortAudio when the device is gone; the system cleans up after a kill just as well.
  channel.onClosed(() => process.kill(process.pid, 'SIGKILL'))
}

async function loadDetector(phases: 1 | 4): Promise<VoiceDetector> {
  return (await import('./voice-detector.ts')).loadVoiceDetector(modelsFolder, phases)
}

/** Recognition may keep every core busy, and 60 ms without a turn are heard as a gap. Not every system allows it. */
function hurry(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGH)
  } catch {
    // An ordinary user's process on Linux and macOS stays as it is.
  }
}

function currentDevices(): { devices: SoundDevice[]; tookMs: number } {
  const sinceMs = performance.now()
  try {
    const devices = listDevices(loadSoundAddon())
    return { devices, tookMs: performance.now() - sinceMs }
  } catch {
    // Opening says why; a list is just empty.
    return { devices: [], tookMs: 0 }
  }
}

function keyed({ item, playedSamples }: Played): KeyPlayed {
  return { key: item, playedSamples }
}
