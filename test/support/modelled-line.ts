// A voice session on the modelled service: the session's own parts, a clock that the test moves, a record in memory. Nothing in
// it takes real time, and everything that becomes due is worked off in its order.
import { frameMs, frameSamples } from '../../src/core/audio/pcm.ts'
import type { Change } from '../../src/core/conversation/change.ts'
import { planRestore, voiceRestoreBudget } from '../../src/core/conversation/rehydrate.ts'
import type { Turn } from '../../src/core/conversation/reduce.ts'
import type { VoiceConfig } from '../../src/core/realtime/commands.ts'
import { voiceRequest } from '../../src/main/net/endpoint.ts'
import type { VoiceEvents } from '../../src/main/voice/events.ts'
import { createVoiceSession, type VoiceSession, type VoiceSessionOpts } from '../../src/main/voice/session.ts'
import { createMemoryRecord, type MemoryRecord } from './memory-record.ts'
import { createServiceModel, type ServiceModel } from './service-model.ts'
import { createModelFunctions, type ModelFunctions } from './service/functions.ts'
import type { Habits } from './service/habits.ts'
import type { ModelSession } from './service/session.ts'
import { createStillClock, type StillClock } from './still-clock.ts'
import { createTimedSpeaker, type TimedSpeaker } from './timed-speaker.ts'
import { voiceConfig } from './voice-line.ts'

/** What the person said by voice. */
export interface Utterance {
  words: string
  /** Numbers of its frames, in order. */
  frames: number[]
}

export interface ModelledLine {
  service: ServiceModel
  clock: StillClock
  speaker: TimedSpeaker
  record: MemoryRecord
  functions: ModelFunctions
  session: VoiceSession
  /** Time passes; the microphone rests. */
  pass(ms: number): Promise<void>
  /** Time passes until it is so. @throws after `withinMs` of it */
  until(what: string, isSo: () => boolean, withinMs?: number): Promise<void>
  /** Starts and resolves when it is live. */
  live(): Promise<ModelSession>
  /** Resolves when another session than those before is live. */
  nextLive(withinMs?: number): Promise<ModelSession>
  /** The person says this, a frame each 20 ms. */
  speak(words: string, ms?: number): Promise<Utterance>
  /** The microphone hears silence. */
  quiet(ms: number): Promise<void>
  /** Spoken hands-free with the silence that ends the turn. */
  turn(words: string, ms?: number): Promise<Utterance>
  /** Spoken with the key held. */
  pressTurn(words: string, ms?: number): Promise<Utterance>
  heard<Name extends keyof VoiceEvents>(name: Name): VoiceEvents[Name][]
  /** When that event was told last, by the monotonic clock; null: never. */
  notices(): { atMs: number; message: string }[]
  turns(): Turn[]
  /** The person can have a turn answered that was not: as a draft, or by one key. */
  isOffered(words: string): boolean
  /** What a session should hold by the record, as `held` has it. */
  desired(): string[]
  stop(): Promise<void>
}

export type CreateSession = (opts: VoiceSessionOpts) => VoiceSession

export interface ModelledLineOpts {
  mode?: VoiceConfig['mode']
  habits?: Partial<Habits>
  config?: Partial<VoiceConfig>
  /** What is known of the server from before. */
  dialect?: VoiceSessionOpts['dialect']
  before?: readonly Change[]
  chance?: () => number
  /** In place of the real one: the real one with something changed. */
  create?: CreateSession
}

const names = ['phase', 'hearing', 'speaking', 'answered', 'restored', 'notice', 'fatal', 'unanswered'] as const

/** Lets everything that waits for nothing but its turn run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function frameOf(number: number): Int16Array {
  return new Int16Array(frameSamples).fill(number)
}

export function createModelledLine(opts: ModelledLineOpts = {}): ModelledLine {
  const clock = createStillClock()
  const spoken: Utterance[] = []
  const service = createServiceModel(clock, {
    words: (frames) =>
      spoken
        .filter((one) => one.frames.some((frame) => frames.includes(frame)))
        .map(({ words }) => words)
        .join(' '),
    ...opts.habits,
  })
  const speaker = createTimedSpeaker(clock)
  const record = createMemoryRecord(opts.before)
  const functions = createModelFunctions(record)
  const told: { name: keyof VoiceEvents; event: unknown; atMs: number }[] = []
  let serial = 0
  let lastFrame = 0
  const session = (opts.create ?? createVoiceSession)({
    clock,
    random: opts.chance ?? (() => 0.5),
    openSocket: service.openSocket,
    request: async () => voiceRequest({ baseUrl: 'ws://127.0.0.1:1/v1', key: 'test' }, 'gpt-realtime'),
    record,
    speaker,
    config: { ...voiceConfig, mode: opts.mode ?? 'semantic', ...opts.config },
    endpoint: { name: 'modelled', model: 'gpt-realtime' },
    ...(opts.dialect ? { dialect: opts.dialect } : {}),
    functions,
    newId: (prefix) => `${prefix}_${++serial}`,
  })
  for (const name of names) session.on(name, (event) => void told.push({ name, event, atMs: clock.monotonicMs() }))

  async function pass(ms: number): Promise<void> {
    const endMs = clock.monotonicMs() + ms
    for (;;) {
      await settled()
      const leftMs = endMs - clock.monotonicMs()
      const next = clock.waitsMs()[0]
      if (next === undefined || next > leftMs) {
        clock.pass(leftMs)
        return settled()
      }
      clock.pass(next)
    }
  }

  async function until(what: string, isSo: () => boolean, withinMs = 20_000): Promise<void> {
    const endMs = clock.monotonicMs() + withinMs
    while (!isSo()) {
      if (clock.monotonicMs() >= endMs) throw new Error(`Within ${withinMs} ms it did not come to this: ${what}`)
      await pass(10)
    }
  }

  async function hear(numbers: readonly number[]): Promise<void> {
    for (const number of numbers) {
      session.hear(frameOf(number))
      await pass(frameMs)
    }
  }

  const isLive = (): boolean => session.phase().type === 'live'

  const line: ModelledLine = {
    service,
    clock,
    speaker,
    record,
    functions,
    session,
    pass,
    until,
    async live() {
      session.start()
      await until('the line is live', isLive)
      return service.session()
    },
    async nextLive(withinMs) {
      const before = service.sessions.length
      const { number } = service.sessions.at(-1) ?? { number: before }
      await until('the next line is live', () => isLive() && service.session().number > number, withinMs)
      return service.session()
    },
    async speak(words, ms = 600) {
      const frames = Array.from({ length: ms / frameMs }, () => ++lastFrame)
      const utterance = { words, frames }
      spoken.push(utterance)
      await hear(frames)
      return utterance
    },
    quiet: (ms) => hear(Array.from({ length: ms / frameMs }, () => 0)),
    async turn(words, ms) {
      const utterance = await line.speak(words, ms)
      await line.quiet(service.habits.silenceMs + 100)
      return utterance
    },
    async pressTurn(words, ms) {
      session.press()
      const utterance = await line.speak(words, ms)
      session.release()
      return utterance
    },
    heard: <Name extends keyof VoiceEvents>(name: Name) =>
      told.filter((one) => one.name === name).map(({ event }) => event as VoiceEvents[Name]),
    notices: () =>
      told
        .filter(({ name }) => name === 'notice')
        .map(({ event, atMs }) => ({ atMs, message: (event as VoiceEvents['notice']).message })),
    turns: () => [...record.conversation().turns],
    isOffered(words) {
      const isUnanswered = (line.heard('unanswered').at(-1) ?? null) !== null
      return isUnanswered || (record.conversation().draft ?? '').includes(words)
    },
    desired: () =>
      planRestore(record.conversation(), voiceRestoreBudget).items.map((item) => {
        if (item.type === 'function_call') return `call ${item.call_id ?? ''}`
        if (item.type === 'function_call_output') return `output ${item.call_id}: ${item.output}`
        if (item.type !== 'message') return item.type
        const parts = item.content as readonly { text?: string }[]
        return `${item.role}: ${parts.map(({ text }) => text ?? '').join('')}`
      }),
    async stop() {
      const stopped = session.stop()
      await pass(2_000)
      await stopped
    },
  }
  return line
}
