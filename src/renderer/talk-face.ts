// What the big talk control shows: its picture, what a press does, what is going on. Pure.
import type { DeskState } from '../core/ipc.ts'

export interface TalkFace {
  icon: 'microphone' | 'muted' | 'stop'
  /** What it does now. */
  action: string
  /** What is going on. */
  status: string
}

export function talkFace(state: DeskState): TalkFace {
  const { presence, mode, talking, microphone } = state
  const status = statusOf(state)
  if (microphone.type === 'missing') return { icon: 'muted', action: 'No microphone', status }
  if (mode === 'hold') {
    if (talking === 'held') return { icon: 'microphone', action: 'Let go to send', status }
    if (talking === 'latched') return { icon: 'microphone', action: 'Tap to send', status }
    return { icon: 'microphone', action: presence === 'speaking' ? 'Hold to interrupt' : 'Hold to talk', status }
  }
  if (presence === 'speaking') return { icon: 'stop', action: 'Interrupt', status }
  return state.muted
    ? { icon: 'muted', action: 'Listen again', status }
    : { icon: 'microphone', action: 'Pause listening', status }
}

function statusOf({ presence, line, mode, microphone }: DeskState): string {
  switch (presence) {
    case 'speaking':
      return 'Speaking'
    case 'listening':
      return 'Listening'
    case 'thinking':
      return 'Thinking'
    case 'muted':
      return 'Muted'
    case 'idle':
      if (microphone.type === 'missing') return 'Ready for typed words'
      return mode === 'hold' ? 'Ready' : 'Listening for you'
    case 'offline':
      return line.type === 'opening' ? 'Connecting' : line.type === 'waiting' ? 'Reconnecting' : 'Not connected'
  }
}
