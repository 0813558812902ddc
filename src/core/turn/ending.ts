// How a response to a turn ended: what core/realtime tells the ledger of turns.

/** How a response ended. */
export type Ending =
  /** `calls`: functions were asked for, whose outputs want a response of their own. `notice`: what the person must know of it. */
  | { type: 'answered'; spoke: boolean; wrote: boolean; calls: boolean; notice: string | null }
  /** The person interrupted. */
  | { type: 'silenced' }
  /** `spoils`: what came of it is no state to go on from. */
  | { type: 'failed'; reason: string; spoils: boolean }
