// Makes the real parts of the app and joins them, without deciding anything. Electron's start and the headless one differ
// in what they bring along: where keys are kept, which sound, who shows the window.
import { devNull } from 'node:os'
import { join } from 'node:path'
import { withoutKeys } from '../core/conversation/hide-keys.ts'
import type { restRules } from '../core/audio/rest.ts'
import type { Settings } from '../core/settings.ts'
import { createFileSpeaker } from './audio/file-speaker.ts'
import { createHearing, type StartHearing } from './audio/hearing.ts'
import { forkHost, type StartHost } from './audio/host-process.ts'
import type { MicrophonePermission } from './audio/silence-cause.ts'
import { createSound, type Sound } from './audio/sound.ts'
import type { Surroundings } from './agent/ports.ts'
import type { StartWork } from './agent/work/process.ts'
import { openWorkshop } from './agent/workshop.ts'
import { systemClock } from './clock.ts'
import { composeCompanion, composeEngine } from './compose.ts'
import { createLocalModel } from './local-model.ts'
import type { Place } from './net/local-models.ts'
import { newId } from './new-id.ts'
import { createApp, type App } from './app/app.ts'
import { createHealthJournal } from './health/journal.ts'
import { readWindow, windowFolder } from './link/files.ts'
import { createFloor } from './link/floor.ts'
import { createLink, type LinkOpts } from './link/link.ts'
import type { StartEngine } from './net/embedded.ts'
import { openWebSocket } from './net/socket.ts'
import { isOwnProcess, quietenOthers } from './others/follow.ts'
import { createQuieter } from './others/quieter.ts'
import { createWayOut, type WayOutOpts } from './net/way-out.ts'
import { proxyKeyName } from './app/voice-config.ts'
import type { CrashGuard } from './crash/guard.ts'
import type { Clock, Secrets, Undo } from './ports.ts'
import type { Screens } from './app/app-opts.ts'
import { limitOf } from './app/voice-config.ts'
import { openDialects } from './dialects.ts'
import { openSpending } from './spending.ts'
import { openConversations } from './store/conversations.ts'
import { openSettings } from './store/settings.ts'
import { faultOf } from './store/store-error.ts'
import { forgetInNotebook } from './store/forget-notebook.ts'
import { createTroubles, type Troubles } from './store/troubles.ts'

export interface ComposeAppOpts {
  /** The person's data folder. */
  folder: string
  version: string
  shell: 'electron' | 'browser'
  secrets: Secrets
  /** The environment as it was at the start, keys included: tool servers are given some of it by name. */
  env: NodeJS.ProcessEnv
  /** Flushes the record when an error ends the process. */
  guard?: CrashGuard
  /** Already holding what was found before; absent: begun here. */
  troubles?: Troubles
  /** Which proxy the system has for an address. */
  systemProxy?: WayOutOpts['system']
  /** What the shell lends to the tools; absent: nothing. */
  surroundings?: Surroundings
  /** The system's dialog for a folder; absent: there is none. */
  pickFolder?: () => Promise<string | null>
  /** What pictures can be taken of; absent where the browser asks. */
  screens?: Screens
  /** Where the built window lies, in place of the usual place. */
  windowFolder?: string
  /** Of the door for other devices, in place of this computer's own. */
  linkParts?: Partial<Pick<LinkOpts, 'places' | 'announce' | 'clock' | 'limits' | 'pace'>>
  /** In place of this computer's own. */
  sound?: Sound
  /** In place of how long the devices are kept open for nothing. */
  rests?: typeof restRules
  /** In place of plain Node's child processes. */
  startHost?: StartHost
  /** Whether the system lets this program use the microphone; absent: there is none to ask. */
  permission?: MicrophonePermission
  /** What knows the phrase that Parley is called by. */
  startHearing?: StartHearing
  startEngine?: StartEngine
  /** Where a model is looked for, in place of the usual ports. */
  modelPlaces?: readonly Place[]
  startWork?: StartWork
}

/** Throws StoreError: `in-use` when another Parley has the folder, `refused` when the disk won't. */
export async function composeApp(opts: ComposeAppOpts): Promise<App> {
  const { folder, troubles = createTroubles() } = opts
  const tell = (message: string): void => troubles.tell(message)
  let hidesKeys = (): boolean => true
  const store = await openConversations({
    folder,
    clock: systemClock,
    random: Math.random,
    alter: (change) => (hidesKeys() ? withoutKeys(change) : change),
    forgetElsewhere: forgetInNotebook({ folder, random: Math.random, stopEngine: () => engine.stop() }),
  })
  opts.guard?.onCrash(() => store.close())
  store.onNotice(({ message }) => tell(message))
  for (const { message } of store.notices()) tell(message)
  const localModel = createLocalModel({ env: opts.env, places: opts.modelPlaces })
  const engine = composeEngine(folder, opts.startEngine, {
    named: localModel.named,
    onModel: localModel.answers,
    onNoModel: localModel.falls,
  })
  try {
    const settings = await openSettings({ folder, random: Math.random, tell })
    hidesKeys = () => settings.current().hideKeys
    const startEngine = (): void => {
      if (settings.current().endpoint.kind === 'embedded') engine.address().catch(() => undefined)
    }
    // A second of a start passes until it is opened.
    const { inputDevice, outputDevice } = settings.current()
    const ownSound =
      opts.sound ??
      createSound({
        clock: systemClock,
        devices: { microphone: inputDevice, speaker: outputDevice },
        startHost: opts.startHost ?? forkHost,
        ...(opts.permission ? { permission: opts.permission } : {}),
      })
    if (settings.current().isSetUp) ownSound.prepare?.()
    localModel.follow(settings.current())
    settings.onChanged((now) => {
      // Started with the model that is named now, so that it is told whether that answers.
      if (localModel.follow(now)) void engine.stop().then(startEngine)
    })
    const spending = await openSpending({
      folder,
      clock: systemClock,
      random: Math.random,
      limit: () => limitOf(settings.current()),
      tell,
    })
    const dialects = await openDialects({ folder, clock: systemClock, random: Math.random })
    const wayOut = createWayOut({
      choice: () => settings.current().proxy,
      env: opts.env,
      system: opts.systemProxy,
      async password(address) {
        const name = proxyKeyName(address)
        return name === null ? null : opts.secrets.get(name)
      },
    })
    const workshop = await openWorkshop({
      clock: systemClock,
      random: Math.random,
      newId,
      folder,
      settings,
      surroundings: opts.surroundings ?? { clipboard: null, opener: null },
      env: opts.env,
      tell,
      wayOut,
      secrets: opts.secrets,
      ...(opts.startWork ? { startWork: opts.startWork } : {}),
    })
    // Its models take seconds to load: whoever reads the first steps, or waits for the devices, need not wait for them too.
    startEngine()
    const expire = (): Promise<void> =>
      store
        .expire(settings.current().keepsConversations)
        .catch((error: unknown) => tell(`What is over could not be deleted: ${faultOf(error)}.`))
    await expire()
    const undoDaily = daily(systemClock, () => void expire())
    const floor = createFloor(ownSound)
    const hearing = createHearing({ clock: systemClock, ...(opts.startHearing ? { start: opts.startHearing } : {}) })
    const link = await createLink({
      floor,
      folder,
      clock: systemClock,
      random: Math.random,
      newId,
      tell,
      files: () => readWindow(opts.windowFolder ?? windowFolder),
      ...opts.linkParts,
    })
    const app = await createApp({
      ...opts,
      link,
      clock: systemClock,
      store,
      settings,
      spending,
      workshop,
      troubles,
      sound: { ...ownSound, microphone: floor.microphone, speaker: floor.speaker },
      silentSpeaker: createFileSpeaker({ clock: systemClock, file: devNull, trimStart: true }),
      openSocket: openWebSocket,
      wayOut,
      journal: createHealthJournal({ folder: join(folder, 'health') }),
      hearing,
      compose: (parts) => composeCompanion({ ...parts, folder, engine, wayOut, dialects, hearing }),
      localModel,
      newId,
      builtIn: () => engine.address(),
    })
    link.attach(app)
    const followDoor = ({ otherDevices }: Settings): void => {
      if (otherDevices !== isDoorOpen) void link.setOpen((isDoorOpen = otherDevices))
    }
    let isDoorOpen = false
    followDoor(settings.current())
    settings.onChanged(followDoor)
    const quieter = createQuieter({ folder, clock: systemClock, random: Math.random, isOwn: isOwnProcess })
    const undoQuiet = quietenOthers(app, quieter, settings.current())
    return {
      ...app,
      prove() {
        workshop.reach()
        app.prove()
      },
      async stop() {
        undoDaily()
        undoQuiet()
        await quieter.stop()
        await link.stop()
        await app.stop()
        hearing.stop()
        if (settings.current().keepsConversations === 'session') await expire()
        await workshop.close()
        await spending.stop()
        await dialects.settled()
        await engine.stop()
        await store.close()
      },
    }
  } catch (error) {
    await engine.stop()
    await store.close()
    throw error
  }
}

const dayMs = 24 * 3_600_000

/** Once a day from now on, also where the computer slept meanwhile: timers are no clock. */
function daily(clock: Clock, act: () => void): Undo {
  let lastMs = clock.monotonicMs()
  let undo: Undo = () => undefined
  const wait = (): void => {
    undo = clock.after(dayMs / 24, () => {
      if (clock.monotonicMs() - lastMs >= dayMs) {
        lastMs = clock.monotonicMs()
        act()
      }
      wait()
    })
  }
  wait()
  return () => undo()
}
