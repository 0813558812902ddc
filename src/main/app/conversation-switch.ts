// Which conversation follows another, and when the one that is open needs another session. One change at a time: each waits
// for the one before, also when that failed.
import type { Settings } from '../../core/settings.ts'
import { putFirst, type ActiveConversation } from './active-conversation.ts'
import type { AppOpts } from './app-opts.ts'
import type { ConversationList } from './conversation-list.ts'
import type { ShownState } from './shown-state.ts'
import type { AppSound } from './sound.ts'
import type { AppTalkControl } from './talk-control.ts'
import { namingOf, needsNewSession, sendsOnlySpeech } from './voice-config.ts'

export interface ConversationSwitch {
  /** Opens the newest conversation that can be opened. Its line and the devices open after that, behind which all else waits. */
  begin(): Promise<void>
  /** Goes on with that conversation, or with a new one for null. */
  goTo(id: string | null): Promise<void>
  /** After the current one was removed: the newest other one, or a new one. */
  goOn(): Promise<void>
  applySettings(before: Settings, after: Settings): Promise<void>
  /** The endpoint has another key. */
  reconnect(): Promise<void>
  /** Behind all that goes on; rejects as `act` does. */
  last(act: () => Promise<void>): Promise<void>
}

export interface ConversationSwitchOpts extends Pick<AppOpts, 'settings' | 'spending' | 'newId' | 'troubles'> {
  active: ActiveConversation
  conversations: ConversationList
  sound: AppSound
  talk: AppTalkControl
  shown: ShownState
  chooseDevices: (devices: { microphone: string | null; speaker: string | null }) => void
  /** Something that the state shows may have changed. */
  onMoved: () => void
}

export function createConversationSwitch(opts: ConversationSwitchOpts): ConversationSwitch {
  const { settings, active, conversations, sound, talk } = opts
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }

  async function place(id: string): Promise<void> {
    talk.edge('lost')
    await active.put(() => conversations.open(id))
    active.companion()?.mute(opts.shown.isMuted())
  }

  async function put(id: string): Promise<void> {
    await place(id)
    await wake()
  }

  async function wake(): Promise<void> {
    if (!settings.current().isSetUp) return
    // Neither a missing microphone nor a missing loudspeaker keeps one from typing and reading.
    await Promise.all([active.companion()?.wake(), sound.recover()])
  }

  const goOn = (by = put): Promise<void> =>
    putFirst([...conversations.entries(), { id: opts.newId('c'), title: 'A new conversation' }], by, opts.troubles.tell)

  async function goTo(id: string | null): Promise<void> {
    // A conversation in which nothing was said is as good as a new one.
    if (id === active.id() || (id === null && active.conversation()?.turns.length === 0)) return
    await put(id ?? opts.newId('c')).catch(async (error: unknown) => {
      await goOn()
      throw error
    })
  }

  async function applySettings(before: Settings, after: Settings): Promise<void> {
    if (before.inputDevice !== after.inputDevice || before.outputDevice !== after.outputDevice)
      opts.chooseDevices({ microphone: after.inputDevice, speaker: after.outputDevice })
    sound.speaker.setVolume?.(after.outputVolume / 100)
    opts.spending.look()
    const id = active.id()
    if (needsNewSession(before, after) && id !== null) return put(id)
    if (before.turnMode !== after.turnMode || before.eagerness !== after.eagerness) {
      talk.edge('lost')
      active.companion()?.setTurnMode(after.turnMode, after.eagerness)
      sound.rouse()
    }
    active.companion()?.setOnlySpeech(sendsOnlySpeech(after))
    if (JSON.stringify(namingOf(before)) !== JSON.stringify(namingOf(after))) {
      active.companion()?.setNaming(namingOf(after))
      sound.rouse()
    }
    if (after.isSetUp && !before.isSetUp) await wake()
    opts.onMoved()
  }

  return {
    async begin() {
      await inTurn(async () => {
        await conversations.load()
        await goOn(place)
      })
      inTurn(wake).catch(() => undefined)
    },
    goTo: (id) => inTurn(() => goTo(id)),
    goOn: () => inTurn(() => goOn()),
    applySettings: (before, after) => inTurn(() => applySettings(before, after)),
    reconnect: () =>
      inTurn(async () => {
        const id = active.id()
        if (id !== null) await put(id)
      }),
    last: inTurn,
  }
}
