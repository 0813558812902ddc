// What the talk control shows: its picture, what a press does, what is going on. Pure.
import type { AppState } from '../core/ipc.ts'
import type { Say } from '../core/language/messages.ts'

export interface TalkFace {
  icon: 'microphone' | 'muted'
  /** What it does now; of a switch, what it switches. */
  action: string
  /** Of a switch, whether it is on; null for a control that one holds. */
  pressed: boolean | null
  /** What is going on. */
  status: string
}

export function talkFace(state: AppState, say: Say): TalkFace {
  const { presence, mode, talking, microphone, muted } = state
  const face = { pressed: null, status: statusOf(state, say) }
  if (microphone.type === 'missing') return { ...face, icon: 'muted', action: say('talk.noMicrophone') }
  if (mode !== 'hold')
    return { ...face, icon: muted ? 'muted' : 'microphone', action: say('talk.mute'), pressed: muted }
  if (talking === 'held') return { ...face, icon: 'microphone', action: say('talk.letGo') }
  if (talking === 'latched') return { ...face, icon: 'microphone', action: say('talk.tapToSend') }
  return { ...face, icon: 'microphone', action: say(presence === 'speaking' ? 'talk.holdToInterrupt' : 'talk.hold') }
}

/** What is going on as far as this window can tell. */
export function statusWords({ reach, state }: { reach: string; state: AppState }, say: Say): string {
  return reach === 'lost' || reach === 'elsewhere' ? say('presence.offline') : statusOf(state, say)
}

function statusOf(state: AppState, say: Say): string {
  const { presence, named, microphone } = state
  if (presence !== 'idle' || named === undefined || microphone.type === 'missing') return say(plainStatus(state))
  return named.open ? say('presence.open') : say('presence.listensFor', { name: named.phrase })
}

function plainStatus({ presence, line, mode, microphone, sending }: AppState) {
  switch (presence) {
    case 'speaking':
      return 'presence.speaking'
    case 'listening':
      return 'presence.listening'
    case 'thinking':
      return 'presence.thinking'
    case 'muted':
      return 'presence.muted'
    case 'idle':
      if (microphone.type === 'missing') return 'presence.deaf'
      if (mode === 'hold') return 'presence.ready'
      if (sending === 'nothing') return 'presence.keeping'
      return sending === 'speech' ? 'presence.sending' : 'presence.waiting'
    case 'offline':
      return line.type === 'opening'
        ? 'presence.connecting'
        : line.type === 'waiting'
          ? 'presence.reconnecting'
          : 'presence.offline'
  }
}
