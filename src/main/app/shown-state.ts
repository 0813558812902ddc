// The state that windows and the tray show, put together anew each time it is asked for. Holds what nobody else keeps: the
// talk key, whether the person is muted, how the devices stand. When it is told is state-broadcast.ts.
import type { AppState, DeviceView } from '../../core/ipc.ts'
import { noTalkKey, presenceOf, talkModeOf, type TalkKeyView } from '../../core/views.ts'
import type { Undo } from '../ports.ts'
import type { ActiveConversation } from './active-conversation.ts'
import type { AppOpts } from './app-opts.ts'
import type { Monitor } from './monitor.ts'
import type { AppSound } from './sound.ts'
import type { AppTalkControl } from './talk-control.ts'

export interface ShownState {
  view(): AppState
  setTalkKey(view: TalkKeyView): void
  setMuted(muted: boolean): void
  isMuted(): boolean
  stop(): void
}

export interface ShownStateOpts extends Pick<AppOpts, 'settings' | 'link' | 'localModel'> {
  active: ActiveConversation
  sound: AppSound
  monitor: Monitor
  talk: AppTalkControl
  /** Something of it is another by now. */
  onMoved: () => void
}

export function createShownState(opts: ShownStateOpts): ShownState {
  const { settings, active, monitor, talk, onMoved } = opts
  let talkKey = noTalkKey
  let muted = false
  let microphone: DeviceView = { type: 'closed' }
  let speaker: DeviceView = { type: 'closed' }
  const undos: Undo[] = [
    opts.sound.on('microphone', (view) => {
      microphone = view
      onMoved()
    }),
    opts.sound.on('speaker', (view) => {
      speaker = view
      onMoved()
    }),
  ]

  return {
    view() {
      const line = monitor.line()
      const mode = talkModeOf(settings.current())
      const talking = talk.talking()
      const isHeld = mode === 'hold' && talking !== 'up'
      // A pressed key is not yet an open microphone: whoever sees “listening” is heard.
      const hears = microphone.type === 'open'
      const presence = presenceOf({
        live: line.type === 'live' || line.type === 'resting',
        muted,
        hearing: active.isHearing() || (isHeld && hears),
        speaking: active.isSpeaking(),
        quiet: (isHeld && !hears) || (active.companion()?.isQuiet() ?? true),
      })
      const [unsaved, unanswered, floor] = [active.isUnsaved(), active.unanswered(), opts.link?.talker() ?? null]
      const sending = active.companion()?.sending() ?? 'all'
      const model = opts.localModel.view()
      const named = active.companion()?.named() ?? null
      const devices = { microphone, speaker, unsaved, unanswered, floor, sending, model }
      return { presence, line, mode, muted, talking, talkKey, ...devices, ...(named && { named }) }
    },
    setTalkKey(view) {
      talkKey = view
      onMoved()
    },
    setMuted(now) {
      muted = now
      onMoved()
    },
    isMuted: () => muted,
    stop() {
      for (const undo of undos) undo()
    },
  }
}
