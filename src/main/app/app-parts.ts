// The parts of the app that requests act on, joined, and the state that windows and the tray show. Decides
// which conversation follows another; the requests themselves are answers.ts.
import type { Settings } from '../../core/settings.ts'
import { voiceConfigOf } from '../../core/voice-wishes.ts'
import { noTalkKey, presenceOf, talkModeOf, type TalkKeyView } from '../../core/views.ts'
import type { AppState, Notice } from '../../core/ipc.ts'
import type { Companion } from '../companion.ts'
import { tellReminder } from '../agent/reminder.ts'
import { EndpointError } from '../net/endpoint.ts'
import type { Undo } from '../ports.ts'
import type { StoredConversation } from '../store/conversation.ts'
import { countStored } from '../spending.ts'
import { addressOf } from './address.ts'
import type { AppOpts } from './app-opts.ts'
import { createActiveConversation, putFirst, type ActiveConversation } from './active-conversation.ts'
import { followEcho } from './echo.ts'
import { createMonitor, type Monitor } from './monitor.ts'
import { createStateBroadcast } from './state-broadcast.ts'
import { languageFor } from '../../core/language/language.ts'
import { createConversationList, type ConversationList } from './conversation-list.ts'
import { createAppSound, type AppSound } from './sound.ts'
import { createTalkControl, type AppTalkControl } from './talk-control.ts'
import { agentWishesOf, endpointNameOf, needsNewSession, quickTools, sendsOnlySpeech } from './voice-config.ts'

export interface AppParts {
  current: ActiveConversation
  conversations: ConversationList
  sound: AppSound
  monitor: Monitor
  talk: AppTalkControl
  tell: (notice: Notice) => void
  state(): AppState
  setTalkKey(view: TalkKeyView): void
  mute(muted: boolean): void
  begin(): Promise<void>
  /** Goes on with that conversation, or with a new one for null. One change at a time. */
  goTo(id: string | null): Promise<void>
  /** After the current one was removed: the newest other one, or a new one. */
  goOn(): Promise<void>
  applySettings(before: Settings, after: Settings): Promise<void>
  /** The endpoint has another key. */
  reconnect(): Promise<void>
  retry(): Promise<void>
  /** The line may have died unnoticed, and devices may have come back. */
  prove(): Promise<void>
  stop(): Promise<void>
}

export function createAppParts(opts: AppOpts, tell: (notice: Notice) => void): AppParts {
  const { clock, settings, sound: devices } = opts
  const sound = createAppSound({
    ...opts,
    ...devices,
    listens: () => talkModeOf(settings.current().turnMode) !== 'hold' || talk.talking() !== 'up',
  })
  sound.speaker.setVolume?.(settings.current().outputVolume / 100)
  const echo = followEcho({ sound: devices, settings, tell: note, onMoved: () => broadcast.look() })
  const monitor = createMonitor({ ...opts, speaker: sound.speaker, echo: () => echo.view() })
  let talkKey = noTalkKey
  let muted = false
  let microphone: AppState['microphone'] = { type: 'closed' }
  let speaker: AppState['speaker'] = { type: 'closed' }
  let last: Promise<unknown> = Promise.resolve()

  const current = createActiveConversation({
    clock,
    tell,
    compose: (record) => compose(record),
    watch: (companion) => monitor.watch(companion),
    onStored({ change }) {
      const { endpoint } = settings.current()
      countStored(opts.spending, change, { name: endpointNameOf(endpoint), model: endpoint.model })
    },
    onGrown(conversation) {
      conversations.follow(conversation)
      broadcast.look()
    },
    onMoved() {
      // The answer follows: by then the speaker is open.
      if (current.isHearing()) sound.rouse()
      broadcast.look()
    },
  })
  const conversations = createConversationList({
    clock,
    store: opts.store,
    isCurrent: (id) => current.id() === id,
    tell,
    language: () => languageFor(settings.current().windowLanguage, [Intl.DateTimeFormat().resolvedOptions().locale]),
  })
  const talk = createTalkControl({
    clock,
    latches: () => talkModeOf(settings.current().turnMode) === 'hold',
    press() {
      sound.rouse()
      current.companion()?.press()
    },
    release: () => void current.companion()?.release(),
    onMoved: () => broadcast.look(),
  })
  const broadcast = createStateBroadcast({
    clock,
    state,
    health: () => monitor.view(),
    levels: () => sound.takeLevels(),
    moves: () => sound.isAwake() || current.companion()?.isQuiet() === false,
    tell,
  })
  const noteSpoken = (message: string): void => tell({ type: 'notice', level: 'note', message, spoken: true })
  const undos: Undo[] = [
    () => echo.close(),
    opts.workshop.onChanged(() => tell({ type: 'tools', tools: opts.workshop.views() })),
    opts.spending.onView((spending) => tell({ type: 'spending', spending })),
    opts.spending.onWarning((message) => {
      tell({ type: 'notice', level: 'note', message, spoken: true })
      current.companion()?.tell({ name: 'spending_warning', arguments: '{}', output: message, aloud: true })
    }),
    opts.workshop.onTrouble(note),
    opts.store.onGone((id) => conversations.forget(id)),
    () => conversations.stop(),
    opts.link?.onView((link) => {
      tell({ type: 'link', link })
      broadcast.look()
    }) ?? (() => undefined),
    opts.link?.onPlace(note) ?? (() => undefined),
    opts.troubles.onTold((message) => tell({ type: 'notice', level: 'error', message })),
    opts.workshop.onDue((alarm) => opts.troubles.isHeard() && tellReminder(alarm, current.companion(), noteSpoken)),
    opts.onModel?.(note) ?? (() => undefined),
    // Whether it may go on is decided where the address is asked for.
    opts.spending.onStopped(() => current.companion()?.reopen()),
    sound.on('position', (at) => tell({ type: 'position', ...at })),
    sound.on('trouble', ({ message, fatal }) => tell({ type: 'notice', level: fatal ? 'error' : 'note', message })),
    sound.on('microphone', (view) => {
      microphone = view
      broadcast.look()
    }),
    sound.on('speaker', (view) => {
      speaker = view
      broadcast.look()
    }),
  ]

  function note(message: string): void {
    tell({ type: 'notice', level: 'note', message })
  }

  function compose(record: StoredConversation): Companion {
    const now = settings.current()
    const costs = now.endpoint.kind !== 'embedded'
    return opts.compose({
      record,
      microphone: sound.microphone,
      speaker: sound.speaker,
      config: voiceConfigOf(now),
      onlySpeech: sendsOnlySpeech(now),
      address: () => {
        const refusal = costs ? opts.spending.refusal('voice') : null
        if (refusal !== null) throw new EndpointError(refusal, 'limit')
        return addressOf(now.endpoint, opts.secrets)
      },
      endpoint: { name: endpointNameOf(now.endpoint), model: now.endpoint.model },
      openSocket: monitor.openSocket,
      work: {
        wishes: agentWishesOf(now),
        tools: () => opts.workshop.tools(),
        // The built-in voice does these by itself.
        quick: now.endpoint.kind === 'embedded' ? [] : quickTools,
        speaksResults: () => settings.current().results === 'speak',
        refusal: () => (costs ? opts.spending.refusal('agent') : null),
      },
    })
  }

  function state(): AppState {
    const line = monitor.line()
    const companion = current.companion()
    const mode = talkModeOf(settings.current().turnMode)
    const talking = talk.talking()
    const isHeld = mode === 'hold' && talking !== 'up'
    // A pressed key is not yet an open ear: whoever sees “listening” is heard.
    const hears = microphone.type === 'open'
    const presence = presenceOf({
      live: line.type === 'live' || line.type === 'resting',
      muted,
      hearing: current.isHearing() || (isHeld && hears),
      speaking: current.isSpeaking(),
      quiet: (isHeld && !hears) || (companion?.isQuiet() ?? true),
    })
    const { isUnsaved, unanswered } = current
    const devices = {
      microphone,
      speaker,
      unsaved: isUnsaved(),
      unanswered: unanswered(),
      floor: opts.link?.talker() ?? null,
      sending: companion?.sending() ?? 'all',
    }
    return { presence, line, mode, muted, talking, talkKey, ...devices }
  }

  /** Changes of the conversation wait for one another; what failed does not keep the next from being tried. */
  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }

  async function put(id: string): Promise<void> {
    talk.edge('lost')
    await current.put(() => conversations.open(id))
    current.companion()?.mute(muted)
    if (settings.current().isSetUp) await wake()
  }

  async function wake(): Promise<void> {
    // Neither a missing microphone nor a missing loudspeaker keeps one from typing and reading.
    await Promise.all([current.companion()?.wake(), sound.recover()])
  }

  const goOn = (): Promise<void> =>
    putFirst(
      [...conversations.entries(), { id: opts.newId('c'), title: 'A new conversation' }],
      put,
      opts.troubles.tell,
    )

  return {
    current,
    conversations,
    sound,
    monitor,
    talk,
    tell,
    state,
    setTalkKey(view) {
      talkKey = view
      broadcast.look()
    },
    mute(now) {
      muted = now
      current.companion()?.mute(now)
      broadcast.look()
    },
    begin: () =>
      inTurn(async () => {
        await conversations.load()
        await goOn()
      }),
    goTo: (id) =>
      inTurn(async () => {
        // A conversation in which nothing was said is as good as a new one.
        if (id === current.id() || (id === null && current.conversation()?.turns.length === 0)) return
        await put(id ?? opts.newId('c')).catch(async (error: unknown) => {
          await goOn()
          throw error
        })
      }),
    goOn: () => inTurn(goOn),
    applySettings: (before, after) =>
      inTurn(async () => {
        if (before.inputDevice !== after.inputDevice || before.outputDevice !== after.outputDevice)
          devices.choose({ microphone: after.inputDevice, speaker: after.outputDevice })
        sound.speaker.setVolume?.(after.outputVolume / 100)
        opts.spending.look()
        const id = current.id()
        if (needsNewSession(before, after) && id !== null) return put(id)
        if (before.turnMode !== after.turnMode || before.eagerness !== after.eagerness) {
          talk.edge('lost')
          current.companion()?.setTurnMode(after.turnMode, after.eagerness)
          sound.rouse()
        }
        current.companion()?.setOnlySpeech(sendsOnlySpeech(after))
        if (after.isSetUp && !before.isSetUp) await wake()
        broadcast.look()
      }),
    reconnect: () =>
      inTurn(async () => {
        const id = current.id()
        if (id !== null) await put(id)
      }),
    async retry() {
      await Promise.all([sound.openMicrophone(), sound.openSpeaker()])
      current.companion()?.retry()
    },
    async prove() {
      current.companion()?.prove()
      if (settings.current().isSetUp) await sound.recover()
    },
    stop: () =>
      inTurn(async () => {
        broadcast.stop()
        for (const undo of undos) undo()
        await current.stop()
        await monitor.stop()
        await sound.close()
      }),
  }
}
