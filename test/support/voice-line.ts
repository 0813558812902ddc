// A voice session on a scripted server: real sockets, the session's own parts, a clock that the test moves, a speaker drained by it and
// a record in memory.
import { onTestFinished } from 'vitest'
import type { Change } from '../../src/core/conversation/change.ts'
import type { VoiceConfig } from '../../src/core/realtime/commands.ts'
import { voiceRequest } from '../../src/main/net/endpoint.ts'
import { openWebSocket } from '../../src/main/net/socket.ts'
import type { Floor, OpenSocket } from '../../src/main/ports.ts'
import type { VoiceFunctions } from '../../src/main/voice/functions.ts'
import type { VoiceEvents } from '../../src/main/voice/events.ts'
import { createVoiceSession, type VoiceSession } from '../../src/main/voice/session.ts'
import { createClockedSpeaker, type ClockedSpeaker } from './clocked-speaker.ts'
import { createMemoryRecord, type MemoryRecord } from './memory-record.ts'
import { createStillClock, type StillClock } from './still-clock.ts'
import { createScriptedServer, type ScriptedConnection, type ScriptedServer, type Script } from './scripted-server.ts'

export interface VoiceLine {
  server: ScriptedServer
  clock: StillClock
  speaker: ClockedSpeaker
  record: MemoryRecord
  session: VoiceSession
  /** Starts the session and resolves when it is live. */
  live(): Promise<ScriptedConnection>
  /** Resolves with the next event of that name that matches. */
  told<Name extends keyof VoiceEvents>(
    name: Name,
    matches?: (event: VoiceEvents[Name]) => boolean,
  ): Promise<VoiceEvents[Name]>
  /** All events of that name from the beginning. */
  heard<Name extends keyof VoiceEvents>(name: Name): VoiceEvents[Name][]
  /** Moves time while the line stays alive: the client has worked everything off every `stepMs`. */
  pass(connection: ScriptedConnection, ms: number, stepMs?: number): Promise<void>
}

export interface VoiceLineOpts {
  script?: Script
  before?: readonly Change[]
  config?: Partial<VoiceConfig>
  chance?: () => number
  /** In place of one of its own; closed with the line all the same. */
  server?: ScriptedServer
  clock?: StillClock
  /** Where to connect, asked for every attempt, if not to the server itself. */
  baseUrl?: () => string
  openSocket?: OpenSocket
  functions?: (record: MemoryRecord) => VoiceFunctions
  /** Interruptions are judged beside the speaker. */
  floor?: Floor
}

export const voiceConfig: VoiceConfig = {
  instructions: 'Be kind.',
  voice: 'marin',
  speed: 1,
  transcription: { model: 'whisper-1' },
  mode: 'semantic',
  eagerness: 'auto',
  knowsMeaning: true,
  noiseReduction: null,
  effort: null,
  parallelCalls: null,
  retention: null,
  tools: [],
}

/** For so long after a turn that nobody answers the line is watched closely: a ping must be answered between two steps. */
const watchedMs = 12_000

export async function createVoiceLine(opts: VoiceLineOpts = {}): Promise<VoiceLine> {
  const server = opts.server ?? (await createScriptedServer(opts.script))
  const clock = opts.clock ?? createStillClock()
  const speaker = createClockedSpeaker(clock)
  const record = createMemoryRecord(opts.before)
  let serial = 0
  const session = createVoiceSession({
    clock,
    random: opts.chance ?? (() => 0.5),
    openSocket: opts.openSocket ?? openWebSocket,
    request: async () => voiceRequest({ baseUrl: opts.baseUrl?.() ?? server.url, key: 'test' }, 'gpt-realtime'),
    record,
    speaker: opts.floor ? { ...speaker, floor: opts.floor } : speaker,
    config: { ...voiceConfig, ...opts.config },
    endpoint: { name: 'scripted', model: 'gpt-realtime' },
    ...(opts.functions ? { functions: opts.functions(record) } : {}),
    newId: (prefix) => `${prefix}_${++serial}`,
  })
  onTestFinished(async () => {
    const stopped = session.stop()
    clock.pass(2_000)
    await stopped
    await server.close()
  })

  const names = [
    'phase',
    'caption',
    'hearing',
    'speaking',
    'answered',
    'restored',
    'notice',
    'fatal',
    'unanswered',
  ] as const
  const log: { name: keyof VoiceEvents; event: unknown }[] = []
  for (const name of names) session.on(name, (event) => void log.push({ name, event }))

  const line: VoiceLine = {
    server,
    clock,
    speaker,
    record,
    session,
    async live() {
      const isLive = line.told('phase', ({ type }) => type === 'live')
      session.start()
      const connection = await server.connection()
      await isLive
      return connection
    },
    told(name, matches = () => true) {
      return new Promise((resolve) => {
        const undo = session.on(name, (event) => {
          if (!matches(event)) return
          undo()
          resolve(event)
        })
      })
    },
    heard: <Name extends keyof VoiceEvents>(name: Name) =>
      log.filter((entry) => entry.name === name).map((entry) => entry.event as VoiceEvents[Name]),
    async pass(connection, ms, stepMs = 200) {
      for (let passedMs = 0; passedMs < ms;) {
        const step = Math.min(passedMs < watchedMs ? 1_000 : stepMs, stepMs, ms - passedMs)
        clock.pass(step)
        passedMs += step
        await connection.settled()
      }
    },
  }
  return line
}

/** A frame that can be told from others by its first sample. */
export function numberedFrame(number: number): Int16Array {
  return new Int16Array(480).fill(number)
}
