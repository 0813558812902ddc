// A judge of interruptions whose decisions a test makes.
import { createEmitter } from '../../src/core/emitter.ts'
import type { Floor } from '../../src/main/ports.ts'

export interface DrivenFloor extends Floor {
  decide(decision: 'ended' | 'kept'): void
  /** What it was told, in order. */
  told: string[]
  /** Nobody judges any more. */
  fail(): void
}

export function createDrivenFloor(): DrivenFloor {
  const events = createEmitter<{ decided: 'ended' | 'kept' }>()
  const told: string[] = []
  let isJudging = true
  return {
    told,
    listen: (on) => void told.push(on ? 'listen' : 'rest'),
    mute: (muted) => void told.push(muted ? 'mute' : 'unmute'),
    key: (down) => void told.push(down ? 'key down' : 'key up'),
    serviceHears() {
      told.push('service')
      return isJudging
    },
    wordsHeard: () => void told.push('words'),
    isJudging: () => isJudging,
    onDecided: (listen) => events.on('decided', listen),
    decide: (decision) => events.emit('decided', decision),
    fail: () => void (isJudging = false),
  }
}
