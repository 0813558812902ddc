// Makes every real part and joins them, without deciding anything.
import { join } from 'node:path'
import { beginningLine } from '../core/local-time.ts'
import type { VoiceConfig } from '../core/realtime/commands.ts'
import type { Hearing } from './audio/hearing.ts'
import type { DialectStore } from './call/configuring.ts'
import { forkEntry } from './child.ts'
import { systemClock } from './clock.ts'
import { createCompanion, type Companion } from './companion.ts'
import { composeWork, type WorkOpts } from './compose-work.ts'
import { modelsFolder } from './folders.ts'
import type { Dialects } from './dialects.ts'
import type { NamedModel } from './local-model.ts'
import type { Naming } from './named-talk.ts'
import { createEmbeddedEngine, type EmbeddedEngine, type EmbeddedOpts, type StartEngine } from './net/embedded.ts'
import { voiceRequest, type Address } from './net/endpoint.ts'
import { openWebSocket } from './net/socket.ts'
import { ownAddresses, watchSurroundings } from './net/surroundings.ts'
import { newId } from './new-id.ts'
import type { ConversationRecord, Microphone, OpenSocket, Speaker, WayOut } from './ports.ts'
import { createVoiceSession } from './voice/session.ts'
import { zoneAt } from './zone.ts'

export interface ComposeOpts {
  /** The person's data folder. */
  folder: string
  record: ConversationRecord
  microphone: Microphone
  speaker: Speaker
  config: VoiceConfig
  /** Hands-free sends only speech; absent: all that the microphone hears. */
  onlySpeech?: boolean
  /** What knows the phrase, and how it is called; absent: it need not be. */
  hearing?: Hearing
  naming?: Naming | null
  /** Where to connect, asked for every attempt; null: the embedded engine. Rejects with EndpointError. */
  address: () => Promise<Address | null>
  wayOut: WayOut
  /** Shared by several companions, who then leave it running. */
  engine?: EmbeddedEngine
  /** Of an engine of its own: the model that the person named. */
  localModel?: () => NamedModel
  /** `address`: absent for the built-in voice. */
  endpoint: { name: string; model: string; address?: string }
  /** Where what is found of servers is kept. */
  dialects?: Pick<Dialects, 'of'>
  /** What the voice can have done; absent: it only talks. */
  work?: Pick<WorkOpts, 'wishes' | 'tools' | 'quick' | 'speaksResults' | 'refusal'>
  /** In place of a WebSocket. */
  openSocket?: OpenSocket
}

/** @param start the engine's process with this environment beside main's own. @param model the one that the person named */
export function composeEngine(
  folder: string,
  start: StartEngine = (env) => forkEntry('engine', env),
  model: { named?: () => NamedModel } & Pick<EmbeddedOpts, 'onModel' | 'onNoModel'> = {},
): EmbeddedEngine {
  const { named, ...heard } = model
  const localModel = (): Record<string, string> => {
    const { address, model: name } = named?.() ?? { address: '', model: '' }
    return address === '' ? {} : { PARLEY_LOCAL_MODEL: address, PARLEY_LOCAL_MODEL_NAME: name }
  }
  return createEmbeddedEngine({
    clock: systemClock,
    spawn: () =>
      start({ PARLEY_ENGINE_DATA: join(folder, 'engine'), PARLEY_ENGINE_MODELS: modelsFolder, ...localModel() }),
    ...heard,
  })
}

function dialectOf({ dialects, endpoint, config }: ComposeOpts): { dialect?: DialectStore } {
  const { address, model } = endpoint
  if (dialects === undefined || address === undefined) return {}
  return { dialect: dialects.of({ address, model }, config.knowsMeaning) }
}

export function composeCompanion(opts: ComposeOpts): Companion {
  const model = opts.localModel ? { named: opts.localModel } : {}
  const engine = opts.engine ?? composeEngine(opts.folder, undefined, model)
  const address = async (): Promise<Address> => (await opts.address()) ?? (await engine.address())
  const work = opts.work
    ? composeWork({ ...opts.work, folder: opts.folder, record: opts.record, address, wayOut: opts.wayOut })
    : null
  const session = createVoiceSession({
    clock: systemClock,
    random: Math.random,
    openSocket: opts.openSocket ?? openWebSocket,
    request: async () => opts.wayOut.by(voiceRequest(await address(), opts.endpoint.model)),
    record: opts.record,
    speaker: opts.speaker,
    config: opts.config,
    today: () => beginningLine(systemClock.nowMs(), zoneAt(systemClock.nowMs())),
    endpoint: opts.endpoint,
    ...dialectOf(opts),
    ...(work ? { functions: work.functions } : {}),
    newId,
  })
  const use = (): void =>
    engine.setInUse(
      session.phase().type !== 'off' || (work?.agent.tasks().some(({ endedMs }) => endedMs === null) ?? false),
    )
  session.on('phase', use)
  work?.agent.onTask(use)
  // While a person still speaks there is time to open what a task would need.
  session.on('hearing', (active) => {
    if (active) work?.agent.warm()
  })
  const companion = createCompanion({
    ...opts,
    onlySpeech: opts.onlySpeech ?? false,
    handsFree: opts.config.mode !== 'manual',
    ...(opts.hearing ? { named: { clock: systemClock, hearing: opts.hearing, naming: opts.naming ?? null } } : {}),
    session,
    work,
  })
  const unwatch = watchSurroundings({ clock: systemClock, addresses: ownAddresses, onChange: () => companion.prove() })
  return {
    ...companion,
    async stop() {
      unwatch()
      await companion.stop()
      if (opts.engine === undefined) await engine.stop()
    },
  }
}
