// Holds the sound process and a spare beside it, so that a replacement need not be loaded first. When to start, watch
// and replace is decided by core/audio/keeper.ts; what is played and heard is the business of speaker.ts and microphone.ts.
import { createEmitter, type Undo } from '../../core/emitter.ts'
import { areOthersBetter, lookAgainAfterMs, type DeviceNames } from '../../core/audio/device-following.ts'
import {
  keeperRules,
  noSoundWanted,
  stepKeeper,
  type KeeperEffect,
  type KeeperEvent,
  type KeeperState,
} from '../../core/audio/keeper.ts'
import type { Clock, SoundTrouble } from '../ports.ts'
import { SoundError, type SoundErrorKind } from './errors.ts'
import type { HostProcess, StartHost } from './host-process.ts'
import type { FromHost, SoundDevice, SoundPart, ToHost } from './messages.ts'

export interface SoundProcess {
  /** Resolves when the part does its work. @throws SoundError when it can't be opened */
  open(part: SoundPart): Promise<void>
  close(part: SoundPart): Promise<void>
  /** A part will be opened soon: its process is started beforehand. */
  prepare(): void
  /** False when there is no process to hear it. */
  post(message: ToHost): boolean
  on<Name extends keyof SoundProcessEvents>(name: Name, listen: (event: SoundProcessEvents[Name]) => void): Undo
  /** What is connected now, the freshly plugged in included. */
  devices(): Promise<SoundDevice[]>
  /** Other devices from now on (null: the default one). What is being played goes on there. */
  choose(devices: Record<SoundPart, string | null>): void
}

export interface SoundProcessEvents {
  message: FromHost
  /** A process has taken over that knows nothing yet. */
  started: undefined
  /** The process is gone and answers nothing any more. */
  lost: undefined
  trouble: SoundTrouble
}

type DeviceList = Pick<FromHost & { type: 'devices' }, 'devices' | 'tookMs'>
const noList: DeviceList = { devices: [], tookMs: 0 }

const closeWithinMs = 1_000
const listWithinMs = 5_000
/** A microphone that gives zeros for so long is open all the same: it is muted, and that is told elsewhere. */
const zerosWithinMs = 250

export function createSoundProcess(opts: {
  clock: Clock
  startHost: StartHost
  devices: Record<SoundPart, string | null>
}): SoundProcess {
  const { clock, startHost } = opts
  const events = createEmitter<SoundProcessEvents>()
  const waiters = new Map<SoundPart, { resolve: () => void; reject: (error: SoundError) => void }>()
  const toldMissing = new Map<SoundPart, string>()
  let names = opts.devices
  let state: KeeperState = noSoundWanted
  let host: { process: HostProcess; undo: Undo } | null = null
  let spare: HostProcess | null = null
  let stopTicking: Undo | null = null
  let inUse: DeviceNames = { microphone: null, speaker: null }
  let stopLooking: Undo | null = null
  let zerosSinceMs: number | null = null

  function tell(event: KeeperEvent): void {
    const [next, ...effects] = stepKeeper(state, event, clock.monotonicMs())
    state = next
    for (const effect of effects) act(effect)
    if (state.process.type !== 'off' && !stopTicking) tickLater()
  }

  function tickLater(): void {
    stopTicking = clock.after(keeperRules.tickMs, () => {
      stopTicking = null
      tell({ type: 'tick' })
    })
  }

  function act(effect: KeeperEffect): void {
    switch (effect.type) {
      case 'start':
        return startProcess()
      case 'kill':
        return killProcess()
      case 'open':
        host?.process.post({ type: 'open', part: effect.part, device: names[effect.part] })
        return
      case 'opened':
        waiters.get(effect.part)?.resolve()
        // Loaded only now, so that it does not compete with the one that somebody is waiting for.
        keepSpare()
        return
      case 'failed':
        waiters.get(effect.part)?.reject(new SoundError(effect.kind as SoundErrorKind, effect.message))
        return
      case 'probe':
        void list().then((found) => tell({ type: 'probed', devices: found.devices }))
        return
      case 'trouble':
        return events.emit('trouble', { part: effect.part, message: effect.message, fatal: effect.fatal })
    }
  }

  function startProcess(): void {
    const process = spare ?? startHost()
    spare = null
    const undos = [process.onMessage(hear), process.onExit((how) => tell({ type: 'died', how }))]
    host = { process, undo: () => undos.forEach((undo) => undo()) }
    events.emit('started', undefined)
  }

  function killProcess(): void {
    // Without its listeners first: what it still says, and that it dies, is nobody's business any more.
    host?.undo()
    host?.process.kill()
    host = null
    inUse = { microphone: null, speaker: null }
    events.emit('lost', undefined)
    if (state.process.type === 'off') {
      spare?.kill()
      spare = null
      stopTicking?.()
      stopTicking = null
      stopLooking?.()
      stopLooking = null
    }
  }

  function keepSpare(): void {
    if (state.process.type !== 'off') makeSpare()
  }

  function makeSpare(): void {
    if (spare) return
    const kept = startHost()
    spare = kept
    kept.onExit(() => {
      if (spare === kept) spare = null
    })
  }

  function hear(message: FromHost): void {
    switch (message.type) {
      case 'frames':
        for (const frame of message.frames) hear(frame)
        return
      case 'frame':
        if (isSound(message.rawPeak)) tell({ type: 'sign', part: 'microphone' })
        break
      case 'progress':
        tell({ type: 'sign', part: 'speaker' })
        break
      case 'refused':
        tell(message)
        break
      case 'opened':
        tell({ type: 'taken', part: message.part })
        noteDevice(message)
        break
      case 'closed':
        inUse = { ...inUse, [message.part]: null }
        break
      case 'cut':
      case 'devices':
      case 'judging':
      case 'floor':
      case 'echo':
      case 'no-speech-watch':
        break
    }
    events.emit('message', message)
  }

  /** Whoever waits for the microphone begins to speak at its word, and some devices begin with zeros that nobody is heard in. */
  function isSound(rawPeak: number): boolean {
    if (rawPeak > 0 || !waiters.has('microphone')) return true
    zerosSinceMs ??= clock.monotonicMs()
    return clock.monotonicMs() - zerosSinceMs >= zerosWithinMs
  }

  function noteDevice({ part, device, isInstead }: FromHost & { type: 'opened' }): void {
    inUse = { ...inUse, [part]: device }
    lookLater(lookAgainAfterMs(0))
    const wanted = names[part]
    if (!isInstead || wanted === null) {
      toldMissing.delete(part)
      return
    }
    if (toldMissing.get(part) === wanted) return
    toldMissing.set(part, wanted)
    const message = `The ${part} “${wanted}” is not there; using “${device}” instead.`
    events.emit('trouble', { part, message, fatal: false })
  }

  /** While anything is open: is what is connected now better than what is used? Nothing tells of a device that came. */
  function lookLater(afterMs: number): void {
    stopLooking ??= clock.after(afterMs, () => void look())
  }

  async function look(): Promise<void> {
    // Only a process without open streams sees what came since, and starting one for this alone would cost too much.
    const found = spare === null ? noList : await list()
    stopLooking = null
    if (state.process.type === 'off') return
    if (areOthersBetter(found.devices, inUse, names)) tell({ type: 'chosen' })
    // Not what the answer took: a spare that has just been started has to be loaded first.
    lookLater(lookAgainAfterMs(found.tookMs))
  }

  /** Asked of a process without open streams: PortAudio's list stands still while one is open. */
  function list(): Promise<DeviceList> {
    const asked = spare ?? startHost()
    const isOwn = asked !== spare
    return new Promise((resolve) => {
      const undos: Undo[] = []
      const answer = (found: DeviceList): void => {
        undos.forEach((undo) => undo())
        if (isOwn) asked.kill()
        resolve(found)
      }
      undos.push(
        asked.onMessage((message) => message.type === 'devices' && answer(message)),
        asked.onExit(() => answer(noList)),
        clock.after(listWithinMs, () => answer(noList)),
      )
      asked.post({ type: 'list' })
    })
  }

  async function closeOrderly(part: SoundPart): Promise<boolean> {
    if (!host) return true
    const { process } = host
    return new Promise((resolve) => {
      const undos: Undo[] = []
      const end = (orderly: boolean): void => {
        undos.forEach((undo) => undo())
        resolve(orderly)
      }
      undos.push(
        process.onMessage((message) => message.type === 'closed' && message.part === part && end(true)),
        process.onExit(() => end(true)),
        clock.after(closeWithinMs, () => end(false)),
      )
      process.post({ type: 'close', part })
    })
  }

  return {
    async open(part) {
      if (state.wanted[part] !== 'no') throw new SoundError('device-refused', `The ${part} is open already.`)
      const opened = new Promise<void>((resolve, reject) => waiters.set(part, { resolve, reject }))
      if (part === 'microphone') zerosSinceMs = null
      tell({ type: 'wanted', part })
      await opened.finally(() => waiters.delete(part))
    },
    async close(part) {
      if (state.wanted[part] === 'no') return
      tell({ type: 'unwanted', part })
      waiters.get(part)?.reject(new SoundError('closed', `The ${part} was closed before it was open.`))
      const orderly = await closeOrderly(part)
      tell({ type: 'let-go', hung: !orderly })
    },
    prepare() {
      if (host === null) makeSpare()
    },
    post(message) {
      host?.process.post(message)
      return host !== null
    },
    on: (name, listen) => events.on(name, listen),
    devices: async () => (await list()).devices,
    choose(chosen) {
      names = chosen
      tell({ type: 'chosen' })
    },
  }
}
