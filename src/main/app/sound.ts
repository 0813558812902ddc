// The microphone and the speaker that conversations share: kept open while conversations change, resting while nobody needs them,
// and standing in for what is missing, so that one can type without a microphone and read without a loudspeaker. Knows how
// loud both are.
import { createEnvelope } from '../../core/audio/envelope.ts'
import { levelDbfs, silenceDbfs } from '../../core/audio/pcm.ts'
import { restRules } from '../../core/audio/rest.ts'
import { createEmitter } from '../../core/emitter.ts'
import type { DeviceView } from '../../core/ipc.ts'
import type { Clock, Microphone, PlayedItem, SoundTrouble, Speaker, Undo } from '../ports.ts'
import { createRestingDevice } from './resting-device.ts'

/** What is quieter is shown as silence (state-broadcast.ts). */
const stirsDbfs = -70

export interface AppSoundOpts {
  clock: Clock
  microphone: Microphone
  speaker: Speaker
  /** Plays to nobody in real time, where there is no loudspeaker. */
  silentSpeaker: Speaker
  /** The person may speak at any moment without a sign before: the microphone does not rest. */
  listens: () => boolean
  rests?: typeof restRules
}

export interface AppSoundEvents {
  microphone: DeviceView
  speaker: DeviceView
  position: PlayedItem & { receivedMs: number }
  ended: PlayedItem
  trouble: SoundTrouble
  /** After silence something is heard. */
  stirred: undefined
}

export interface AppSound {
  on<Name extends keyof AppSoundEvents>(name: Name, listen: (event: AppSoundEvents[Name]) => void): Undo
  /** For a conversation: its opening and closing leave the devices as they are. */
  microphone: Microphone
  speaker: Speaker
  /** Opens what is not open; what is missing is told, never thrown. */
  openMicrophone(): Promise<DeviceView>
  openSpeaker(): Promise<DeviceView>
  /** Opens both unless they rest: they are opened when they are needed. */
  recover(): Promise<void>
  /** Somebody is about to speak: what rests is opened, and nothing rests soon. */
  rouse(): void
  /** While it is tried the microphone does not rest. */
  tryMicrophone(on: boolean): void
  closeMicrophone(): Promise<void>
  /** False while nothing is heard or played, and no level moves. */
  isAwake(): boolean
  /** Peak since the last call of the microphone, and what is being played now, dBFS. */
  takeLevels(): { microphone: number; speaker: number }
  close(): Promise<void>
}

export function createAppSound(opts: AppSoundOpts): AppSound {
  const { clock, microphone, silentSpeaker, rests = restRules } = opts
  const { floor } = opts.speaker
  const events = createEmitter<AppSoundEvents>()
  const envelope = createEnvelope()
  /** Null while it is not known whether there is a loudspeaker, or it rests; what is said meanwhile waits. */
  let inUse: Speaker | null = null
  const waiting: { item: string; act: (speaker: Speaker) => void }[] = []
  let isTrying = false
  let peak = silenceDbfs
  let isStirred = false
  let playing: PlayedItem | null = null

  const recorder = createRestingDevice({
    clock,
    restAfterMs: rests.microphoneMs,
    isInUse: () => isTrying || opts.listens(),
    open: () => microphone.open(),
    close: () => microphone.close(),
    onView: (view) => events.emit('microphone', view),
  })
  const loudspeaker = createRestingDevice({
    clock,
    restAfterMs: rests.speakerMs,
    isInUse: () => playing !== null || opts.speaker.health().queuedMs > 0,
    open: openLoudspeaker,
    close: () => opts.speaker.close(),
    onView(view) {
      if (view.type === 'resting') inUse = null
      events.emit('speaker', view)
    },
  })

  microphone.onFrame((frame) => {
    peak = Math.max(peak, levelDbfs(frame))
    if (isStirred || peak < stirsDbfs) return
    isStirred = true
    events.emit('stirred', undefined)
  })
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
    loudspeaker.used()
    if (playing?.item === at.item) playing = null
    events.emit('position', { ...at, receivedMs: envelope.receivedMs(at.item) })
    events.emit('ended', at)
  }

  function speak(item: string, act: (speaker: Speaker) => void): void {
    if (inUse !== null) return act(inUse)
    waiting.push({ item, act })
    loudspeaker.rouse()
  }

  function use(speaker: Speaker): void {
    inUse = speaker
    for (const { act } of waiting.splice(0)) act(speaker)
  }

  function tell(trouble: SoundTrouble): void {
    if (trouble.fatal && trouble.part !== 'speaker') recorder.lose(trouble.message)
    if (trouble.fatal && trouble.part !== 'microphone')
      void playToNobody().then(() => loudspeaker.lose(trouble.message))
    events.emit('trouble', trouble)
  }

  async function openLoudspeaker(): Promise<void> {
    try {
      await opts.speaker.open()
    } catch (error) {
      await playToNobody()
      throw error
    }
    if (inUse === silentSpeaker) await silentSpeaker.close()
    use(opts.speaker)
  }

  /** What was under way is over, so that nobody waits for its end; what comes is played to nobody. */
  async function playToNobody(): Promise<void> {
    if (inUse === silentSpeaker) return
    const cut = inUse === null ? [] : await inUse.cut()
    await silentSpeaker.open()
    use(silentSpeaker)
    for (const at of cut) end(at)
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
        loudspeaker.used()
        if (inUse !== null) return inUse.cut()
        const items = new Set(waiting.splice(0).map(({ item }) => item))
        return Promise.resolve([...items].map((item) => ({ item, playedMs: 0 })))
      },
      onPosition: (listen) => events.on('position', listen),
      onEnded: (listen) => events.on('ended', listen),
      onTrouble: (listen) => opts.speaker.onTrouble(listen),
      health: () => inUse?.health() ?? { queuedMs: 0, underruns: 0 },
      async drained() {
        if (inUse === null && waiting.length > 0) await loudspeaker.need()
        await inUse?.drained()
      },
      close: stay,
      ...(floor && { floor: { ...floor, serviceHears: () => inUse === opts.speaker && floor.serviceHears() } }),
      setVolume: (volume) => opts.speaker.setVolume?.(volume),
    },
    openMicrophone: () => recorder.need(),
    openSpeaker: () => loudspeaker.need(),
    async recover() {
      await Promise.all([recorder.recover(), loudspeaker.recover()])
    },
    rouse() {
      recorder.rouse()
      loudspeaker.rouse()
    },
    tryMicrophone: (on) => void (isTrying = on),
    closeMicrophone: () => recorder.close(),
    isAwake: () => isStirred || playing !== null,
    takeLevels() {
      const levels = {
        microphone: peak,
        speaker: playing === null ? silenceDbfs : envelope.at(playing.item, playing.playedMs),
      }
      isStirred = peak >= stirsDbfs
      peak = silenceDbfs
      return levels
    },
    async close() {
      await Promise.all([recorder.close(), loudspeaker.close(), silentSpeaker.close()])
    },
  }
}
