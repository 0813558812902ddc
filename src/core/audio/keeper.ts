// Decides about the sound process: when it is started, watched, replaced and given up. It is told what happened and
// when, and answers with what to do; processes, timers and devices are its caller's.
import type { SoundDevice, SoundPart } from './device-choice.ts'

export type PartState =
  | { type: 'closed' }
  | { type: 'opening'; untilMs: number }
  /** It does its work; the last frame taken or given was at `lastSignMs`. */
  | { type: 'working'; lastSignMs: number }
  /** It worked before and can't be opened any more. */
  | { type: 'refused'; kind: string; retryMs: number }

type Parts<T> = Record<SoundPart, T>

export type ProcessState =
  | { type: 'off' }
  | { type: 'running'; startedMs: number; tickMs: number; parts: Parts<PartState> }
  | { type: 'waiting'; untilMs: number }

export interface KeeperState {
  process: ProcessState
  /** `first`: somebody is waiting for it to open and is told when it can't be. */
  wanted: Parts<'no' | 'first' | 'always'>
  /** Deaths in a row. */
  failures: number
  /** When it died within the last `keeperRules.rememberedMs`, monotonic. */
  lossesMs: readonly number[]
  /** Refusals in a row, for the wait between attempts and so that a trouble is told once. */
  refusals: Parts<number>
}

export type KeeperEvent =
  | { type: 'wanted'; part: SoundPart }
  /** Is being closed and no longer watched. */
  | { type: 'unwanted'; part: SoundPart }
  /** The closing is over; `hung`: it did not come to its end. */
  | { type: 'let-go'; hung: boolean }
  /** The device is open; its sound has yet to come. */
  | { type: 'taken'; part: SoundPart }
  /** Sound was taken from or given to the device. */
  | { type: 'sign'; part: SoundPart }
  | { type: 'refused'; part: SoundPart; kind: string; message: string }
  | { type: 'died'; how: string }
  /** The answer to a `probe`. */
  | { type: 'probed'; devices: readonly SoundDevice[] }
  /** Other devices were chosen. */
  | { type: 'chosen' }
  /** Every `keeperRules.tickMs` while the process is not off. */
  | { type: 'tick' }

export type KeeperEffect =
  | { type: 'start' }
  | { type: 'kill' }
  | { type: 'open'; part: SoundPart }
  | { type: 'opened'; part: SoundPart }
  | { type: 'failed'; part: SoundPart; kind: string; message: string }
  /** Ask what is connected now. */
  | { type: 'probe' }
  | { type: 'trouble'; part: SoundPart | 'process'; message: string; fatal: boolean }

type Step = [KeeperState, ...KeeperEffect[]]

export const keeperRules = {
  tickMs: 100,
  /** A device that works takes or gives 20 ms of sound every 20 ms; half a second without is no jitter any more. */
  silenceMs: 500,
  /** Bluetooth microphones and cold drivers take seconds. */
  openWithinMs: 10_000,
  /** One that is open gives sound at once, unless it was pulled out in between. */
  soundWithinMs: 3_000,
  /** A process that lived this long did not die of how it was started. */
  stableAfterMs: 5_000,
  /** So many deaths within `rememberedMs` are made good at once; after the next ones longer is waited each time. */
  lossesAtOnce: 3,
  rememberedMs: 300_000,
  /** Deaths in a row before it is given up: about half a minute of trying. */
  mostFailures: 8,
}

const parts: readonly SoundPart[] = ['microphone', 'speaker']

export const noSoundWanted: KeeperState = {
  process: { type: 'off' },
  wanted: { microphone: 'no', speaker: 'no' },
  failures: 0,
  lossesMs: [],
  refusals: { microphone: 0, speaker: 0 },
}

/** How long to wait before a device that was refused is tried again, by how often in a row it has been. */
function retryAfterMs(refusals: number): number {
  return [1_000, 1_000, 1_000, 1_000, 2_000][refusals] ?? 5_000
}

/** How long to wait before another process is started, by how many were lost lately. */
export function restartAfterMs(losses: number): number {
  if (losses <= keeperRules.lossesAtOnce) return 0
  return [1_000, 2_000][losses - keeperRules.lossesAtOnce - 1] ?? 5_000
}

/** @param nowMs monotonic */
export function stepKeeper(state: KeeperState, event: KeeperEvent, nowMs: number): Step {
  switch (event.type) {
    case 'wanted':
      return want(state, event.part, nowMs)
    case 'unwanted':
      return [withPart({ ...state, wanted: { ...state.wanted, [event.part]: 'no' } }, event.part, { type: 'closed' })]
    case 'let-go':
      return letGo(state, event.hung, nowMs)
    case 'taken':
      return taken(state, event.part, nowMs)
    case 'sign':
      return sign(state, event.part, nowMs)
    case 'refused':
      return refused(state, event, nowMs)
    case 'died':
      return lost(state, { part: 'process', message: `The sound stopped (${event.how}) and is started again.` }, nowMs)
    case 'probed':
      return probed(state, event.devices, nowMs)
    case 'chosen':
      // With other devices what failed before says nothing any more.
      return state.process.type === 'running' ? replace({ ...state, failures: 0 }, nowMs) : [state]
    case 'tick':
      return tick(state, nowMs)
  }
}

function want(state: KeeperState, part: SoundPart, nowMs: number): Step {
  const next: KeeperState = { ...state, wanted: { ...state.wanted, [part]: 'first' } }
  switch (state.process.type) {
    case 'off':
      return start({ ...next, failures: 0 }, nowMs)
    case 'waiting':
      return [next]
    case 'running':
      return [withPart(next, part, opening(nowMs)), { type: 'open', part }]
  }
}

function start(state: KeeperState, nowMs: number): Step {
  const wanted = parts.filter((part) => state.wanted[part] !== 'no')
  const of = (part: SoundPart): PartState => (wanted.includes(part) ? opening(nowMs) : { type: 'closed' })
  const process: ProcessState = {
    type: 'running',
    startedMs: nowMs,
    tickMs: nowMs,
    parts: { microphone: of('microphone'), speaker: of('speaker') },
  }
  return [{ ...state, process }, { type: 'start' }, ...wanted.map((part) => ({ type: 'open', part }) as const)]
}

function replace(state: KeeperState, nowMs: number): Step {
  const [next, ...effects] = start(state, nowMs)
  return [next, { type: 'kill' }, ...effects]
}

function letGo(state: KeeperState, hung: boolean, nowMs: number): Step {
  if (parts.some((part) => state.wanted[part] !== 'no')) return hung ? replace(state, nowMs) : [state]
  return [noSoundWanted, { type: 'kill' }]
}

function taken(state: KeeperState, part: SoundPart, nowMs: number): Step {
  if (state.process.type !== 'running' || state.process.parts[part].type !== 'opening') return [state]
  return [withPart(state, part, { type: 'opening', untilMs: nowMs + keeperRules.soundWithinMs })]
}

function sign(state: KeeperState, part: SoundPart, nowMs: number): Step {
  if (state.process.type !== 'running') return [state]
  const working: PartState = { type: 'working', lastSignMs: nowMs }
  switch (state.process.parts[part].type) {
    case 'closed':
    case 'refused':
      return [state]
    case 'working':
      return [withPart(state, part, working)]
    case 'opening': {
      const known = {
        wanted: { ...state.wanted, [part]: 'always' },
        refusals: { ...state.refusals, [part]: 0 },
      } as const
      return [withPart({ ...state, ...known }, part, working), { type: 'opened', part }]
    }
  }
}

function refused(state: KeeperState, { part, kind, message }: KeeperEvent & { type: 'refused' }, nowMs: number): Step {
  if (state.wanted[part] === 'no') return [state]
  if (state.wanted[part] === 'first') {
    const [without] = stepKeeper(state, { type: 'unwanted', part }, nowMs)
    const [next, ...effects] = letGo(without, false, nowMs)
    return [next, ...effects, { type: 'failed', part, kind, message }]
  }
  const refusals = { ...state.refusals, [part]: state.refusals[part] + 1 }
  const retryMs = nowMs + retryAfterMs(refusals[part])
  const next = withPart({ ...state, refusals }, part, { type: 'refused', kind, retryMs })
  return refusals[part] === 1 ? [next, { type: 'trouble', part, message, fatal: false }] : [next]
}

function lost(state: KeeperState, why: { part: SoundPart | 'process'; message: string }, nowMs: number): Step {
  if (state.process.type !== 'running') return [state]
  // It died while the last part was being closed: that is what was wanted.
  if (parts.every((part) => state.wanted[part] === 'no')) return [noSoundWanted, { type: 'kill' }]
  const failures = nowMs - state.process.startedMs > keeperRules.stableAfterMs ? 1 : state.failures + 1
  if (failures > keeperRules.mostFailures) return giveUp(state)
  const trouble: KeeperEffect = { type: 'trouble', ...why, fatal: false }
  const lossesMs = [...state.lossesMs.filter((lossMs) => nowMs - lossMs < keeperRules.rememberedMs), nowMs]
  const lost = { ...state, failures, lossesMs }
  const waitMs = restartAfterMs(lossesMs.length)
  if (waitMs > 0) {
    return [{ ...lost, process: { type: 'waiting', untilMs: nowMs + waitMs } }, { type: 'kill' }, trouble]
  }
  const [next, ...effects] = replace(lost, nowMs)
  return [next, ...effects, trouble]
}

function giveUp(state: KeeperState): Step {
  const message = 'The sound keeps failing on this computer. Restart Parley, or go on by typing.'
  const waiting = parts.filter((part) => state.wanted[part] === 'first')
  const failed = waiting.map((part): KeeperEffect => ({ type: 'failed', part, kind: 'no-sound-system', message }))
  return [noSoundWanted, { type: 'kill' }, ...failed, { type: 'trouble', part: 'process', message, fatal: true }]
}

function probed(state: KeeperState, devices: readonly SoundDevice[], nowMs: number): Step {
  if (state.process.type !== 'running') return [state]
  const { process } = state
  const isBack = parts.some((part) => {
    const isThere = devices.some((device) => (part === 'microphone' ? device.inputChannels : device.outputChannels) > 0)
    return process.parts[part].type === 'refused' && isThere
  })
  // The running process keeps the list of devices from its own start: only a new one finds what came since.
  return isBack ? replace(state, nowMs) : [state]
}

function tick(state: KeeperState, nowMs: number): Step {
  const { process } = state
  if (process.type === 'off') return [state]
  if (process.type === 'waiting') return nowMs >= process.untilMs ? start(state, nowMs) : [state]
  const awake = withStandstill(process, nowMs)
  let next: KeeperState = { ...state, process: awake }
  const effects: KeeperEffect[] = []
  for (const part of parts) {
    const is = awake.parts[part]
    if (is.type === 'opening' && nowMs > is.untilMs) {
      return lost(next, { part, message: `The ${part} does not open; trying again.` }, nowMs)
    }
    if (is.type === 'working' && nowMs - is.lastSignMs > keeperRules.silenceMs) {
      return lost(next, { part, message: `The ${part} stopped working and is started again.` }, nowMs)
    }
    if (is.type === 'refused' && nowMs >= is.retryMs) {
      const [later, effect] = retry(next, part, is.kind, nowMs)
      next = later
      effects.push(effect)
    }
  }
  return [next, ...effects]
}

function retry(state: KeeperState, part: SoundPart, kind: string, nowMs: number): [KeeperState, KeeperEffect] {
  if (kind !== 'no-device') return [withPart(state, part, opening(nowMs)), { type: 'open', part }]
  const retryMs = nowMs + retryAfterMs(state.refusals[part])
  const refusals = { ...state.refusals, [part]: state.refusals[part] + 1 }
  return [withPart({ ...state, refusals }, part, { type: 'refused', kind, retryMs }), { type: 'probe' }]
}

/** When the ticks themselves came late (a busy loop, a sleeping machine), signs of life are waiting that were not read yet. */
function withStandstill(
  process: ProcessState & { type: 'running' },
  nowMs: number,
): ProcessState & { type: 'running' } {
  const lateMs = nowMs - process.tickMs - keeperRules.tickMs
  if (lateMs <= keeperRules.tickMs) return { ...process, tickMs: nowMs }
  const shift = (part: PartState): PartState => {
    if (part.type === 'opening') return { ...part, untilMs: part.untilMs + lateMs }
    return part.type === 'working' ? { ...part, lastSignMs: part.lastSignMs + lateMs } : part
  }
  const shifted = { microphone: shift(process.parts.microphone), speaker: shift(process.parts.speaker) }
  return { ...process, tickMs: nowMs, parts: shifted }
}

function opening(nowMs: number): PartState {
  return { type: 'opening', untilMs: nowMs + keeperRules.openWithinMs }
}

function withPart(state: KeeperState, part: SoundPart, is: PartState): KeeperState {
  if (state.process.type !== 'running') return state
  return { ...state, process: { ...state.process, parts: { ...state.process.parts, [part]: is } } }
}
