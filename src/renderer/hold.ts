// Holding the talk control with a finger or a key: down once, up once, and a sign of life while it is held, since main lets
// go of a control from which nothing is heard for half a minute.
import type { App } from './actions.ts'

export interface Hold {
  down: () => void
  /** `lost`: it is no longer known whether it is held. */
  up: (edge: 'up' | 'lost') => void
}

const signEveryMs = 10_000

export function createHold(app: App): Hold {
  let signs: ReturnType<typeof setInterval> | null = null
  const tell = (edge: 'down' | 'up' | 'lost'): void => void app.ask('talk', { edge, handMs: performance.now() })
  return {
    down() {
      if (signs !== null) return
      tell('down')
      signs = setInterval(() => tell('down'), signEveryMs)
    },
    up(edge) {
      if (signs === null) return
      clearInterval(signs)
      signs = null
      tell(edge)
    },
  }
}
