// The parts of the app that requests act on, each made once and joined. What each does is its own file's; what a request
// does with them is request-handlers.ts.
import { languageFor } from '../../core/language/language.ts'
import type { AppState, Notice } from '../../core/ipc.ts'
import { talkModeOf, type TalkKeyView } from '../../core/views.ts'
import { countStored } from '../spending.ts'
import { createActiveConversation, type ActiveConversation } from './active-conversation.ts'
import type { AppOpts } from './app-opts.ts'
import { createConversationList, type ConversationList } from './conversation-list.ts'
import { createConversationSwitch, type ConversationSwitch } from './conversation-switch.ts'
import { followEcho } from './echo.ts'
import { createMonitor, type Monitor } from './monitor.ts'
import { newCompanion } from './new-companion.ts'
import { followNotices } from './notices.ts'
import { createShownState } from './shown-state.ts'
import { createAppSound, type AppSound } from './sound.ts'
import { createStateBroadcast } from './state-broadcast.ts'
import { namedTone } from './tone.ts'
import { createTalkControl, type AppTalkControl } from './talk-control.ts'
import { endpointNameOf } from './voice-config.ts'

export interface AppParts extends Omit<ConversationSwitch, 'last'> {
  active: ActiveConversation
  conversations: ConversationList
  sound: AppSound
  monitor: Monitor
  talk: AppTalkControl
  tell: (notice: Notice) => void
  state(): AppState
  setTalkKey(view: TalkKeyView): void
  mute(muted: boolean): void
  retry(): Promise<void>
  /** The line may have died unnoticed, and devices may have come back. */
  prove(): Promise<void>
  stop(): Promise<void>
}

export function createAppParts(opts: AppOpts, tell: (notice: Notice) => void): AppParts {
  const { clock, settings, sound: devices } = opts
  const note = (message: string): void => tell({ type: 'notice', level: 'note', message })
  function onMoved(): void {
    // The microphone of another device is in somebody's hand.
    active.companion()?.holdOpen((opts.link?.talker() ?? null) !== null)
    broadcast.look()
  }
  let tones = 0
  const sound = createAppSound({
    ...opts,
    ...devices,
    listens: () => talkModeOf(settings.current()) !== 'hold' || talk.talking() !== 'up',
  })
  sound.speaker.setVolume?.(settings.current().outputVolume / 100)
  const echo = followEcho({ sound: devices, settings, tell: note, onMoved })
  const monitor = createMonitor({ ...opts, speaker: sound.speaker, echo: () => echo.view() })
  const active = createActiveConversation({
    clock,
    tell,
    compose: (record) => newCompanion({ ...opts, sound, monitor }, record),
    watch: (companion) => monitor.watch(companion),
    onStored({ change }) {
      const { endpoint } = settings.current()
      countStored(opts.spending, change, { name: endpointNameOf(endpoint), model: endpoint.model })
    },
    onNamedSound(what) {
      const item = `named ${++tones}`
      sound.speaker.play(item, namedTone(what))
      sound.speaker.finish(item)
    },
    onGrown(conversation) {
      conversations.follow(conversation)
      onMoved()
    },
    onMoved() {
      // The answer follows: by then the speaker is open.
      if (active.isHearing()) sound.rouse()
      onMoved()
    },
  })
  const conversations = createConversationList({
    clock,
    store: opts.store,
    isCurrent: (id) => active.id() === id,
    tell,
    language: () => languageFor(settings.current().windowLanguage, [Intl.DateTimeFormat().resolvedOptions().locale]),
  })
  const talk = createTalkControl({
    clock,
    latches: () => talkModeOf(settings.current()) === 'hold',
    press() {
      sound.rouse()
      active.companion()?.press()
    },
    release: () => void active.companion()?.release(),
    onMoved,
  })
  const shown = createShownState({ ...opts, active, sound, monitor, talk, onMoved })
  const broadcast = createStateBroadcast({
    clock,
    state: () => shown.view(),
    health: () => monitor.view(),
    levels: () => sound.takeLevels(),
    moves: () => sound.isAwake() || active.companion()?.isQuiet() === false,
    tell,
  })
  const { last, ...changes } = createConversationSwitch({
    ...opts,
    active,
    conversations,
    sound,
    talk,
    shown,
    chooseDevices: (chosen) => devices.choose(chosen),
    onMoved,
  })
  const undos = [
    () => echo.close(),
    sound.on('stirred', onMoved),
    followNotices({ ...opts, active, sound, tell, note, onMoved }),
    opts.store.onGone((id) => conversations.forget(id)),
    () => conversations.stop(),
    () => shown.stop(),
  ]

  return {
    ...changes,
    active,
    conversations,
    sound,
    monitor,
    talk,
    tell,
    state: () => shown.view(),
    setTalkKey: (view) => shown.setTalkKey(view),
    mute(now) {
      shown.setMuted(now)
      active.companion()?.mute(now)
      onMoved()
    },
    async retry() {
      await Promise.all([sound.openMicrophone(), sound.openSpeaker()])
      active.companion()?.retry()
    },
    async prove() {
      active.companion()?.prove()
      if (settings.current().isSetUp) await sound.recover()
    },
    stop: () =>
      last(async () => {
        broadcast.stop()
        for (const undo of undos) undo()
        await active.stop()
        await monitor.stop()
        await sound.close()
      }),
  }
}
