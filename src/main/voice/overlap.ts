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
  caption(text: string): void
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
  /** Somebody interrupts. */
  onEnded: () => void
  /** What was passed over is a turn, and is to be answered. */
  onTurn: (item: string) => void
}): Overlap {
  const { clock, floor } = opts
  let heard: string | null = null
  let keptMs = -Infinity
  let doubted: readonly string[] = []

  const undo = floor?.onDecided((decision) => {
    if (decision === 'ended') {
      doubted = []
      keptMs = -Infinity
      return opts.onEnded()
    }
    if (heard === null) keptMs = clock.monotonicMs()
    else doubted = [...doubted, heard]
  })

  return {
    serviceHears: () => !opts.isIdle() && (floor?.serviceHears() ?? false),
    hearing(item) {
      heard = item
      if (clock.monotonicMs() - keptMs < toldWithinMs) doubted = [...doubted, item]
      keptMs = -Infinity
    },
    caption(text) {
      if (!mayBecomeBackChannel(text)) floor?.wordsHeard()
    },
    isBackChannel(item) {
      if (heard === item) heard = null
      return doubted.includes(item)
    },
    words(item, text) {
      if (!isBackChannel(text)) floor?.wordsHeard()
      const wasDoubted = doubted.includes(item)
      doubted = doubted.filter((other) => other !== item)
      if (wasDoubted && !isBackChannel(text)) opts.onTurn(item)
    },
    stop: () => undo?.(),
  }
}
