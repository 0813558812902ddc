// An app on real files, real sockets and the scripted server, with a microphone that plays what it is told and a speaker
// without a device: everything but the engine and the hardware. For tests opened-app.ts ends it.
import { devNull } from 'node:os'
import type { AppState, Notice, RequestName, ArgumentOf, Answers, Reply } from '../../src/core/ipc.ts'
import type { Settings } from '../../src/core/settings.ts'
import { createFileMicrophone, type FileMicrophone } from '../../src/main/audio/file-microphone.ts'
import { createFileSpeaker } from '../../src/main/audio/file-speaker.ts'
import { SoundError } from '../../src/main/audio/errors.ts'
import type { Sound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import { composeApp, type ComposeAppOpts } from '../../src/main/compose-app.ts'
import { createSessionSecrets } from '../../src/main/app/session-secrets.ts'
import { keyNameOf } from '../../src/main/app/voice-config.ts'
import type { App } from '../../src/main/app/app.ts'
import type { Microphone, Speaker } from '../../src/main/ports.ts'
import { openSettings } from '../../src/main/store/settings.ts'
import type { JudgedMicrophone } from './judged-microphone.ts'
import { createScriptedServer, type Script, type ScriptedConnection, type ScriptedServer } from './scripted-server.ts'

export interface BegunApp {
  app: App
  server: ScriptedServer
  microphone: FileMicrophone
  folder: string
  /** What windows were told so far. */
  told: readonly Notice[]
  /** Resolves with the first notice of that type that matches, also with one told before. */
  notice: <Type extends Notice['type']>(
    type: Type,
    matches?: (notice: Extract<Notice, { type: Type }>) => boolean,
  ) => Promise<Extract<Notice, { type: Type }>>
  /** Resolves when the state is so. */
  state: (matches: (state: AppState) => boolean) => Promise<void>
  /** @throws when it was refused */
  ask: <Name extends RequestName>(name: Name, argument: ArgumentOf<Name>) => Promise<Answers[Name]>
  /** The server's side of the first connection, once the app is live on it. */
  live: () => Promise<ScriptedConnection>
  stop: () => Promise<void>
}

export interface BeginAppOpts {
  settings?: Partial<Settings>
  script?: Script
  version?: string
  /** Called before the app is made, with the server's `host:port`. */
  before?: (host: string) => Promise<void>
  /** These parts can't be opened. */
  missing?: readonly ('microphone' | 'speaker')[]
  /** The environment at the start, in place of the test's own. */
  env?: NodeJS.ProcessEnv
  /** Of the server that the settings name. */
  key?: string
  /** The devices rest as soon as nobody needs them. */
  restsSoon?: boolean
  /** In place of one that plays files. */
  judged?: JudgedMicrophone
  /** The door for other devices, where the settings open it. */
  windowFolder?: string
  linkParts?: ComposeAppOpts['linkParts']
  /** Where a model is looked for. */
  modelPlaces?: ComposeAppOpts['modelPlaces']
  /** In place of the real engine. */
  startEngine?: ComposeAppOpts['startEngine']
  /** In place of the process that knows the phrase. */
  startHearing?: ComposeAppOpts['startHearing']
  /** In place of the microphone from a file and the speaker without a device. */
  sound?: Sound
  /** Each time when sound is given to the speaker. */
  onPlay?: () => void
}

export async function beginApp(folder: string, start: BeginAppOpts = {}): Promise<BegunApp> {
  const server = await createScriptedServer(start.script)
  const before = await openSettings({ folder, random: Math.random })
  await before.change({
    endpoint: { kind: 'compatible', baseUrl: server.url, model: 'scripted' },
    isSetUp: true,
    ...start.settings,
  })
  await start.before?.(new URL(server.url).host)
  const secrets = createSessionSecrets({})
  const name = keyNameOf(before.current().endpoint)
  if (start.key !== undefined && name !== null) await secrets.set(name, start.key, false)
  const microphone = createFileMicrophone({ clock: systemClock, file: null })
  const app = await composeApp({
    folder,
    version: start.version ?? '0.0.0-test',
    shell: 'browser',
    secrets,
    env: start.env ?? process.env,
    ...(start.windowFolder === undefined ? {} : { windowFolder: start.windowFolder }),
    // Whatever runs on the machine of the tests is left alone.
    modelPlaces: start.modelPlaces ?? [],
    ...(start.startEngine ? { startEngine: start.startEngine } : {}),
    ...(start.startHearing ? { startHearing: start.startHearing } : {}),
    linkParts: { announce: () => Promise.resolve(() => undefined), ...start.linkParts },
    sound: start.sound ?? soundOf(microphone, start),
    ...(start.restsSoon ? { rests: { microphoneMs: 1, speakerMs: 1 } } : {}),
  })
  const told: Notice[] = []
  const waiters = new Set<() => void>()
  app.hear((notice) => {
    told.push(notice)
    for (const wake of [...waiters]) wake()
  })

  async function notice<Type extends Notice['type']>(
    type: Type,
    matches: (notice: Extract<Notice, { type: Type }>) => boolean = () => true,
  ): Promise<Extract<Notice, { type: Type }>> {
    for (;;) {
      const found = told.find(
        (one): one is Extract<Notice, { type: Type }> =>
          one.type === type && matches(one as Extract<Notice, { type: Type }>),
      )
      if (found) return found
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiters.delete(wake)
          resolve()
        }
        waiters.add(wake)
      })
    }
  }

  async function state(matches: (state: AppState) => boolean): Promise<void> {
    if (!matches(app.state())) await notice('state', (told) => matches(told.state))
  }

  return {
    app,
    server,
    microphone,
    folder,
    told,
    notice,
    async ask(name, argument) {
      const reply = (await app.answer(name, argument)) as Reply<Answers[typeof name]>
      if (!reply.ok) throw new Error(reply.error.message)
      return reply.value
    },
    state,
    async live() {
      const connection = await server.connection()
      await state(({ line }) => line.type === 'live')
      return connection
    },
    async stop() {
      await app.stop()
      await server.close()
    },
  }
}

function soundOf(files: FileMicrophone, { missing = [], onPlay, judged }: BeginAppOpts): Sound {
  const nothing = (): Promise<void> => Promise.resolve()
  const microphone: Microphone = judged ? { ...files, ...judged, open: nothing, close: nothing } : files
  const refuse = (part: string) => () =>
    Promise.reject(new SoundError('no-device', `There is no ${part} on this computer. Connect one and try again.`))
  const silent = createFileSpeaker({ clock: systemClock, file: devNull, trimStart: true })
  const speaker: Speaker = {
    ...silent,
    play(item, samples) {
      onPlay?.()
      silent.play(item, samples)
    },
  }
  return {
    microphone: missing.includes('microphone') ? { ...microphone, open: refuse('microphone') } : microphone,
    speaker: missing.includes('speaker') ? { ...speaker, open: refuse('speaker') } : speaker,
    devices: () =>
      Promise.resolve([
        {
          id: 0,
          name: 'App microphone',
          inputChannels: 1,
          outputChannels: 0,
          rateHz: 48_000,
          isDefaultInput: true,
          isDefaultOutput: false,
        },
        {
          id: 1,
          name: 'App speaker',
          inputChannels: 0,
          outputChannels: 2,
          rateHz: 48_000,
          isDefaultInput: false,
          isDefaultOutput: true,
        },
      ]),
    choose: () => undefined,
    clean: () => undefined,
    onEcho: () => () => undefined,
  }
}
