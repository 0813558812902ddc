// The ears and the mouth that conversations share: opened once, kept open while conversations change, and standing in for
// what is missing, so that one can type without a microphone and read without a loudspeaker. Knows how loud both are.
import { createEnvelope } from '../../core/audio/envelope.ts'
import { levelDbfs, silenceDbfs } from '../../core/audio/pcm.ts'
import { createEmitter } from '../../core/emitter.ts'
import type { DeviceView } from '../../core/ipc.ts'
import type { Microphone, PlayedItem, SoundTrouble, Speaker, Undo } from '../ports.ts'

export interface DeskSoundOpts {
  microphone: Microphone
  speaker: Speaker
  /** Plays to nobody in real time, where there is no loudspeaker. */
  silentSpeaker: Speaker
}

export interface DeskSoundEvents {
  microphone: DeviceView
  speaker: DeviceView
  position: PlayedItem & { receivedMs: number }
  ended: PlayedItem
  trouble: SoundTrouble
}

export interface DeskSound {
  on<Name extends keyof DeskSoundEvents>(name: Name, listen: (event: DeskSoundEvents[Name]) => void): Undo
  /** For a conversation: its opening and closing leave the devices as they are. */
  microphone: Microphone
  speaker: Speaker
  /** Opens what is not open; what is missing is told, never thrown. */
  openMicrophone(): Promise<DeviceView>
  openSpeaker(): Promise<DeviceView>
  closeMicrophone(): Promise<void>
  /** Peak since the last call of the microphone, and what is being played now, dBFS. */
  takeLevels(): { microphone: number; speaker: number }
  close(): Promise<void>
}

export function createDeskSound(opts: DeskSoundOpts): DeskSound {
  const { microphone, silentSpeaker } = opts
  const events = createEmitter<DeskSoundEvents>()
  const envelope = createEnvelope()
  /** Null until it is known whether there is a loudspeaker; what is said meanwhile waits. */
  let mouth: Speaker | null = null
  const waiting: { item: string; act: (speaker: Speaker) => void }[] = []
  let heard: DeviceView = { type: 'closed' }
  let said: DeviceView = { type: 'closed' }
  let openingMicrophone: Promise<DeviceView> | null = null
  let openingSpeaker: Promise<DeviceView> | null = null
  let peak = silenceDbfs
  let playing: PlayedItem | null = null

  microphone.onFrame((frame) => (peak = Math.max(peak, levelDbfs(frame))))
  for (const speaker of [opts.speaker, silentSpeaker]) {
    speaker.onPosition((at) => {
      playing = at
      events.emit('position', { ...at, receivedMs: envelope.receivedMs(at.item) })
    })
    speaker.onEnded((at) => end(at))
  }
  microphone.onTrouble((trouble) => tell(trouble))
  opts.speaker.onTrouble((trouble) => tell(trouble))

  function end(at: PlayedItem): void {
    if (playing?.item === at.item) playing = null
    events.emit('position', { ...at, receivedMs: envelope.receivedMs(at.item) })
    events.emit('ended', at)
  }

  function speak(item: string, act: (speaker: Speaker) => void): void {
    if (mouth === null) waiting.push({ item, act })
    else act(mouth)
  }

  function use(speaker: Speaker): void {
    mouth = speaker
    for (const { act } of waiting.splice(0)) act(speaker)
  }

  function tell(trouble: SoundTrouble): void {
    if (trouble.fatal && trouble.part !== 'speaker') setMicrophone({ type: 'missing', message: trouble.message })
    if (trouble.fatal && trouble.part !== 'microphone') void loseSpeaker(trouble.message)
    events.emit('trouble', trouble)
  }

  function setMicrophone(view: DeviceView): DeviceView {
    heard = view
    events.emit('microphone', view)
    return view
  }

  function setSpeaker(view: DeviceView): DeviceView {
    said = view
    events.emit('speaker', view)
    return view
  }

  async function openEars(): Promise<DeviceView> {
    try {
      await microphone.open()
      return setMicrophone({ type: 'open' })
    } catch (error) {
      return setMicrophone({ type: 'missing', message: messageOf(error) })
    }
  }

  async function openMouth(): Promise<DeviceView> {
    try {
      await opts.speaker.open()
      if (mouth === silentSpeaker) await silentSpeaker.close()
      use(opts.speaker)
      return setSpeaker({ type: 'open' })
    } catch (error) {
      return loseSpeaker(messageOf(error))
    }
  }

  /** What was under way is over, so that nobody waits for its end; what comes is played to nobody. */
  async function loseSpeaker(message: string): Promise<DeviceView> {
    if (mouth !== silentSpeaker) {
      const cut = mouth === null ? [] : await mouth.cut()
      await silentSpeaker.open()
      use(silentSpeaker)
      for (const at of cut) end(at)
    }
    return setSpeaker({ type: 'missing', message })
  }

  const stay = (): Promise<void> => Promise.resolve()
  return {
    on: (name, listen) => events.on(name, listen),
    microphone: { ...microphone, open: stay, close: stay },
    speaker: {
      open: stay,
      play(item, samples) {
        envelope.push(item, samples)
        speak(item, (speaker) => speaker.play(item, samples))
      },
      finish: (item) => speak(item, (speaker) => speaker.finish(item)),
      cut() {
        playing = null
        if (mouth !== null) return mouth.cut()
        const items = new Set(waiting.splice(0).map(({ item }) => item))
        return Promise.resolve([...items].map((item) => ({ item, playedMs: 0 })))
      },
      onPosition: (listen) => events.on('position', listen),
      onEnded: (listen) => events.on('ended', listen),
      onTrouble: (listen) => opts.speaker.onTrouble(listen),
      health: () => mouth?.health() ?? { queuedMs: 0, underruns: 0 },
      drained: () => mouth?.drained() ?? Promise.resolve(),
      close: stay,
    },
    openMicrophone() {
      if (heard.type === 'open') return Promise.resolve(heard)
      openingMicrophone ??= openEars().finally(() => (openingMicrophone = null))
      return openingMicrophone
    },
    openSpeaker() {
      if (said.type === 'open') return Promise.resolve(said)
      openingSpeaker ??= openMouth().finally(() => (openingSpeaker = null))
      return openingSpeaker
    },
    async closeMicrophone() {
      await openingMicrophone
      await microphone.close()
      setMicrophone({ type: 'closed' })
    },
    takeLevels() {
      const levels = {
        microphone: peak,
        speaker: playing === null ? silenceDbfs : envelope.at(playing.item, playing.playedMs),
      }
      peak = silenceDbfs
      return levels
    },
    async close() {
      await Promise.all([microphone.close(), opts.speaker.close(), silentSpeaker.close()])
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The sound device can’t be opened.'
}
