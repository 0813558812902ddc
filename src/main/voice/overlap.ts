// Words over the voice, where that is judged beside the player (core/turn/interruption.ts): what was too little is no turn, so that
// the answer goes on and nothing answers an “mm-hm”; should its words turn out to say something, it is one after all.
import { isBackChannel, mayBecomeBackChannel } from '../../core/turn/back-channel.ts'
import type { Clock, Floor } from '../ports.ts'

export interface Overlap {
  /** The service hears somebody. False: the voice is to be ended now. */
  serviceHears(): boolean
  /** What somebody says is to become this item. */
  hearing(item: string): void
  /** Words of it that are not final. */
  caption(item: string, text: string): void
  /** It became an item. @returns true for one that was judged as too little to be a turn */
  isBackChannel(item: string): boolean
  /** Its words, empty for none. */
  words(item: string, text: string): void
  stop(): void
}

/** The service tells so much later that it heard somebody. */
const toldWithinMs = 1_500

export function createOverlap(opts: {
  clock: Clock
  floor: Floor | undefined
  /** Nothing is on its way to the ear: there is nothing to judge. */
  isIdle: () => boolean
  /** Somebody interrupts, which is to be told. */
  interrupt: () => void
  /** What was passed over is a turn, and is to be answered once the voice is interrupted. */
  onTurn: (item: string) => void
}): Overlap {
  const { clock, floor } = opts
  /** What somebody is heard to say. */
  let heard: string | null = null
  /** What was begun over the voice. */
  let over: string | null = null
  let keptMs = -Infinity
  let doubted: readonly string[] = []

  const undo = floor?.onDecided((decision) => {
    if (decision === 'ended') {
      doubted = []
      keptMs = -Infinity
      return opts.interrupt()
    }
    if (heard === null) keptMs = clock.monotonicMs()
    else doubted = [...doubted, heard]
  })

  return {
    serviceHears: () => !opts.isIdle() && (floor?.serviceHears() ?? false),
    hearing(item) {
      heard = item
      over = opts.isIdle() ? null : item
      if (clock.monotonicMs() - keptMs < toldWithinMs) doubted = [...doubted, item]
      keptMs = -Infinity
    },
    caption(item, text) {
      if (item === over && !mayBecomeBackChannel(text)) floor?.wordsHeard()
    },
    isBackChannel(item) {
      if (heard === item) heard = null
      return doubted.includes(item)
    },
    words(item, text) {
      if (item === over && !isBackChannel(text)) floor?.wordsHeard()
      const wasDoubted = doubted.includes(item)
      doubted = doubted.filter((other) => other !== item)
      if (!wasDoubted || isBackChannel(text)) return
      opts.interrupt()
      opts.onTurn(item)
    },
    stop: () => undo?.(),
  }
}
