// What the tray shows, from the app's state: a word for it and a menu of plain values, each entry with what it asks for.
import type { AppState } from '../../core/ipc.ts'
import type { Say } from '../../core/language/messages.ts'
import type { ConversationEntry } from '../../core/shown-parts.ts'
import type { TalkMode } from '../../core/views.ts'

export type TrayAct =
  | { type: 'talk' }
  | { type: 'hush' }
  | { type: 'mute'; muted: boolean }
  | { type: 'mode'; mode: TalkMode }
  | { type: 'begin' }
  | { type: 'open'; id: string }
  | { type: 'close-devices' }
  | { type: 'show' }
  | { type: 'quit' }

export type TrayEntry =
  | { type: 'line' }
  | { type: 'act'; label: string; act: TrayAct; enabled: boolean }
  | { type: 'choice'; label: string; act: TrayAct; chosen: boolean; kind: 'checkbox' | 'radio' }
  | { type: 'menu'; label: string; entries: TrayEntry[] }

const mostConversations = 8
const line: TrayEntry = { type: 'line' }

export function trayTip({ presence, named }: Pick<AppState, 'presence' | 'named'>, say: Say): string {
  if (presence === 'idle' && named?.open === false) return say('tray.tip.listensFor', { name: named.phrase })
  return say(`tray.tip.${presence}`)
}

/** @param current id of the conversation that is talked in */
export function trayMenu(
  state: AppState,
  conversations: readonly ConversationEntry[],
  current: string,
  say: Say,
  /** How many other devices are here; null while the door for them is closed. */
  devices: number | null = null,
): TrayEntry[] {
  const act = (label: string, what: TrayAct, enabled = true): TrayEntry => ({ type: 'act', label, act: what, enabled })
  return [
    act(say(state.talking === 'up' ? 'tray.talk' : 'tray.stopTalking'), { type: 'talk' }),
    act(say('tray.silence'), { type: 'hush' }, state.presence === 'speaking'),
    {
      type: 'choice',
      kind: 'checkbox',
      label: say('tray.mute'),
      chosen: state.muted,
      act: { type: 'mute', muted: !state.muted },
    },
    line,
    mode(say('talk.hold'), 'hold', state),
    mode(say('talk.handsFree'), 'hands-free', state),
    mode(say('talk.byName'), 'by-name', state),
    line,
    {
      type: 'menu',
      label: say('tray.conversation'),
      entries: [
        act(say('tray.new'), { type: 'begin' }),
        line,
        ...newest(conversations).map((entry) => named(entry, current, say)),
      ],
    },
    line,
    ...(devices === null
      ? []
      : [
          act(say('tray.devices', { count: devices }), { type: 'show' }, false),
          act(say('tray.closeDevices'), { type: 'close-devices' }),
          line,
        ]),
    act(say('tray.show'), { type: 'show' }),
    act(say('tray.quit'), { type: 'quit' }),
  ]
}

function mode(label: string, wanted: TalkMode, state: AppState): TrayEntry {
  return { type: 'choice', kind: 'radio', label, chosen: state.mode === wanted, act: { type: 'mode', mode: wanted } }
}

function newest(conversations: readonly ConversationEntry[]): ConversationEntry[] {
  return [...conversations].sort((a, b) => b.changedMs - a.changedMs).slice(0, mostConversations)
}

function named({ id, title }: ConversationEntry, current: string, say: Say): TrayEntry {
  const label = title === '' ? say('history.untitled') : title
  return { type: 'choice', kind: 'radio', label, chosen: id === current, act: { type: 'open', id } }
}
