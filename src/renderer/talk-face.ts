// What the talk control shows: its picture, what a press does, what is going on. Pure.
import type { DeskState } from '../core/ipc.ts'

export interface TalkFace {
  icon: 'microphone' | 'muted'
  /** What it does now; of a switch, what it switches. */
  action: string
  /** Of a switch, whether it is on; null for a control that one holds. */
  pressed: boolean | null
  /** What is going on. */
  status: string
}

export function talkFace(state: DeskState): TalkFace {
  const { presence, mode, talking, microphone, muted } = state
  const face = { pressed: null, status: statusOf(state) }
  if (microphone.type === 'missing') return { ...face, icon: 'muted', action: 'No microphone' }
  if (mode === 'hands-free') return { ...face, icon: muted ? 'muted' : 'microphone', action: 'Mute', pressed: muted }
  if (talking === 'held') return { ...face, icon: 'microphone', action: 'Let go to send' }
  if (talking === 'latched') return { ...face, icon: 'microphone', action: 'Tap to send' }
  return { ...face, icon: 'microphone', action: presence === 'speaking' ? 'Hold to interrupt' : 'Hold to talk' }
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
