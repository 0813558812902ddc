// What a person should know about their files, each sentence told once: kept until somebody is there to read it, told at once
// from then on. Who is there, and how it is shown, is for others to say.
import { createEmitter } from '../../core/emitter.ts'
import type { Undo } from '../ports.ts'

export interface Troubles {
  /** The same sentence counts once. */
  tell(message: string): void
  /** What nobody has read so far. Whoever takes it is there to read: from now on every sentence is told at once. */
  take(): string[]
  /** Somebody is there. */
  isHeard(): boolean
  onTold(listen: (message: string) => void): Undo
}

export function createTroubles(): Troubles {
  const events = createEmitter<{ told: string }>(() => undefined)
  const known = new Set<string>()
  let waiting: string[] = []
  let heard = false
  return {
    tell(message) {
      if (known.has(message)) return
      known.add(message)
      if (heard) events.emit('told', message)
      else waiting.push(message)
    },
    take() {
      const taken = waiting
      waiting = []
      heard = true
      return taken
    },
    isHeard: () => heard,
    onTold: (listen) => events.on('told', listen),
  }
}
